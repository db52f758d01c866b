#include "assets.h"

#include <algorithm>
#include <cmath>

#include "failure.h"

namespace graphics {

Assets::Assets(Context &context) : context(context) { countHandle(1); }

Assets::~Assets() {
  for (Mesh &mesh : meshes) {
    gl.DeleteVertexArrays(1, &mesh.vertexArray);
    gl.DeleteBuffers(2, mesh.buffers);
  }
  gl.DeleteTextures(1, &texels);
  gl.DeleteBuffers(1, &texelBuffer);
  countHandle(-1);
}

void Assets::addMesh(
    const float *vertices, size_t vertexCount, const float *normals, const float *coordinates, const uint32_t *corners,
    size_t indexCount) {
  // What a 32-bit driver can address, and what its rasterizer is known to take in one draw.
  const size_t limit = size_t(1) << 28;
  if (indexCount > limit)
    throw Failure(
        CGL_TOO_LARGE, std::to_string(indexCount / 3) + " triangles, at most " + std::to_string(limit / 3) + " are drawn");
  for (size_t i = 0; i < indexCount; i++)
    if (corners[i] >= vertexCount) throw Failure(CGL_FAILED, "a triangle names vertex " + std::to_string(corners[i]));
  Mesh mesh;
  mesh.hasCoordinates = coordinates != nullptr;
  mesh.lower = {INFINITY, INFINITY, INFINITY};
  mesh.upper = {-INFINITY, -INFINITY, -INFINITY};
  mesh.indices.assign(corners, corners + indexCount);
  for (size_t i = 0; i < vertexCount; i++) {
    Vector p = {vertices[4 * i], vertices[4 * i + 1], vertices[4 * i + 2]};
    mesh.lower = {std::min(mesh.lower.x, p.x), std::min(mesh.lower.y, p.y), std::min(mesh.lower.z, p.z)};
    mesh.upper = {std::max(mesh.upper.x, p.x), std::max(mesh.upper.y, p.y), std::max(mesh.upper.z, p.z)};
    mesh.vertices.push_back(p);
  }
  // Faces without normals are flat: each gets corners of its own. Otherwise vertices are shared.
  std::vector<float> packed;
  std::vector<uint32_t> indices = mesh.indices;
  auto append = [&](uint32_t vertex, Vector n) {
    Vector p = mesh.vertices[vertex];
    float u = coordinates ? coordinates[2 * vertex] : 0, v = coordinates ? coordinates[2 * vertex + 1] : 0;
    packed.insert(packed.end(), {p.x, p.y, p.z, n.x, n.y, n.z, u, v});
  };
  if (normals) {
    for (uint32_t i = 0; i < vertexCount; i++) append(i, {normals[4 * i], normals[4 * i + 1], normals[4 * i + 2]});
  } else {
    for (size_t i = 0; i + 2 < indexCount; i += 3) {
      Vector a = mesh.vertices[corners[i]];
      Vector n = normalized(cross(mesh.vertices[corners[i + 1]] - a, mesh.vertices[corners[i + 2]] - a));
      for (size_t corner = i; corner < i + 3; corner++) {
        append(corners[corner], n);
        indices[corner] = uint32_t(corner);
      }
    }
  }
  mesh.indexCount = GLsizei(indexCount / 3 * 3);
  gl.GenVertexArrays(1, &mesh.vertexArray);
  gl.GenBuffers(2, mesh.buffers);
  meshes.push_back(std::move(mesh));
  Mesh &kept = meshes.back();
  gl.BindVertexArray(kept.vertexArray);
  gl.BindBuffer(GL_ARRAY_BUFFER, kept.buffers[0]);
  gl.BufferData(GL_ARRAY_BUFFER, GLsizeiptr(packed.size() * sizeof(float)), packed.data(), GL_STATIC_DRAW);
  gl.BindBuffer(GL_ELEMENT_ARRAY_BUFFER, kept.buffers[1]);
  gl.BufferData(GL_ELEMENT_ARRAY_BUFFER, GLsizeiptr(indices.size() * 4), indices.data(), GL_STATIC_DRAW);
  const GLint counts[3] = {3, 3, 2};
  for (uintptr_t attribute = 0, offset = 0; attribute < 3; offset += size_t(counts[attribute++]) * sizeof(float)) {
    gl.EnableVertexAttribArray(GLuint(attribute));
    gl.VertexAttribPointer(
        GLuint(attribute), counts[attribute], GL_FLOAT, GL_FALSE, 8 * sizeof(float), reinterpret_cast<void *>(offset));
  }
  gl.BindVertexArray(0);
  context.check("uploading it");
}

void Assets::addImage(int width, int height, const uint8_t *rgb) {
  // Decoded here, with 16 bits that keep the darkest of 8-bit sRGB apart: the shader then blends linear light.
  static const std::vector<uint16_t> decoded = [] {
    std::vector<uint16_t> table;
    for (int i = 0; i < 256; i++) {
      double v = i / 255.0;
      table.push_back(uint16_t(std::lround(65535 * (v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4)))));
    }
    return table;
  }();
  images.push_back({int(linear.size() / 4), width, height});
  size_t count = size_t(width) * size_t(height);
  // Their places are kept as float numbers.
  if (linear.size() / 4 + count > size_t(std::min(context.maxBufferTexels, 1 << 24)))
    throw Failure(CGL_TOO_LARGE, "the images have " + std::to_string(linear.size() / 4 + count) + " pixels in all");
  for (size_t i = 0; i < count; i++)
    linear.insert(linear.end(), {decoded[rgb[3 * i]], decoded[rgb[3 * i + 1]], decoded[rgb[3 * i + 2]], 0xFFFF});
}

void Assets::finish() {
  if (linear.empty()) return;
  gl.GenBuffers(1, &texelBuffer);
  gl.BindBuffer(GL_TEXTURE_BUFFER, texelBuffer);
  gl.BufferData(GL_TEXTURE_BUFFER, GLsizeiptr(linear.size() * 2), linear.data(), GL_STATIC_DRAW);
  gl.GenTextures(1, &texels);
  gl.BindTexture(GL_TEXTURE_BUFFER, texels);
  gl.TexBuffer(GL_TEXTURE_BUFFER, GL_RGBA16, texelBuffer);
  context.check("uploading images");
  linear = {};
}

/// Whether the ray from `p` along `d` crosses the triangle (Möller and Trumbore, 1997).
static bool isCrossed(Vector p, Vector d, Vector a, Vector b, Vector c) {
  Vector ab = b - a, ac = c - a, h = cross(d, ac), s = p - a, q = cross(s, ab);
  float determinant = dot(ab, h);
  if (determinant == 0) return false;
  float u = dot(s, h) / determinant, v = dot(d, q) / determinant;
  return u >= 0 && v >= 0 && u + v <= 1 && dot(ac, q) / determinant > 0;
}

bool Mesh::contains(Vector p) const {
  if (p.x < lower.x || p.y < lower.y || p.z < lower.z || p.x > upper.x || p.y > upper.y || p.z > upper.z) return false;
  for (Vector direction : {Vector{0.36f, 0.48f, 0.8f}, Vector{-0.48f, 0.6f, -0.64f}}) {
    int crossings = 0;
    for (size_t i = 0; i + 2 < indices.size(); i += 3)
      crossings += isCrossed(p, direction, vertices[indices[i]], vertices[indices[i + 1]], vertices[indices[i + 2]]);
    if (crossings % 2 == 0) return false;
  }
  return true;
}

}  // namespace graphics
