#include <assimp/config.h>
#include <assimp/mesh.h>
#include <assimp/postprocess.h>
#include <assimp/scene.h>

#include <algorithm>
#include <assimp/Importer.hpp>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "cmesh.h"
#include "internal.h"

std::atomic<int64_t> cmesh::live_handles{0};

int64_t cmesh_live_handle_count(void) { return cmesh::live_handles.load(); }

namespace {

constexpr size_t most_triangles = 4'000'000;
// Edges sharper than this stay sharp.
constexpr float crease_degrees = 40;

struct Mesh {
  std::vector<float> vertices;
  std::vector<float> normals;
  std::vector<float> texture_coordinates;
  std::vector<uint32_t> triangles;
};

bool ends_with(const std::string &path, const char *lower, const char *upper) {
  const std::string end = path.size() < 4 ? path : path.substr(path.size() - 4);
  return end == lower || end == upper;
}

void configure(Assimp::Importer &importer, bool is_stl) {
  importer.SetPropertyFloat(AI_CONFIG_PP_GSN_MAX_SMOOTHING_ANGLE, crease_degrees);
  importer.SetPropertyInteger(AI_CONFIG_PP_SBP_REMOVE, aiPrimitiveType_POINT | aiPrimitiveType_LINE);
  // URDF means the file's own axes; assimp would turn them to y up.
  importer.SetPropertyBool(AI_CONFIG_IMPORT_COLLADA_IGNORE_UP_DIRECTION, true);
  int unwanted = aiComponent_COLORS | aiComponent_TANGENTS_AND_BITANGENTS | aiComponent_BONEWEIGHTS |
                 aiComponent_ANIMATIONS | aiComponent_TEXTURES | aiComponent_LIGHTS | aiComponent_CAMERAS;
  // An STL's normals are those of its facets and say nothing about smoothness.
  if (is_stl) unwanted |= aiComponent_NORMALS;
  importer.SetPropertyInteger(AI_CONFIG_PP_RVC_FLAGS, unwanted);
}

void append(Mesh &mesh, const aiMesh &part) {
  const size_t base = mesh.vertices.size() / 3;
  if (mesh.triangles.size() / 3 + part.mNumFaces > most_triangles) {
    throw std::runtime_error("more than 4 million triangles");
  }
  if (!part.HasNormals()) throw std::runtime_error("its normals cannot be computed");
  for (unsigned i = 0; i < part.mNumVertices; i++) {
    const aiVector3D &v = part.mVertices[i];
    if (!std::isfinite(v.x) || !std::isfinite(v.y) || !std::isfinite(v.z)) {
      throw std::runtime_error("a vertex is not a finite number");
    }
    mesh.vertices.insert(mesh.vertices.end(), {v.x, v.y, v.z});
    const aiVector3D &n = part.mNormals[i];
    const bool usable = std::isfinite(n.x) && std::isfinite(n.y) && std::isfinite(n.z);
    mesh.normals.insert(mesh.normals.end(), {usable ? n.x : 0, usable ? n.y : 0, usable ? n.z : 1});
    const aiVector3D uv = part.HasTextureCoords(0) ? part.mTextureCoords[0][i] : aiVector3D();
    mesh.texture_coordinates.insert(mesh.texture_coordinates.end(), {uv.x, uv.y});
  }
  for (unsigned i = 0; i < part.mNumFaces; i++) {
    const aiFace &face = part.mFaces[i];
    if (face.mNumIndices != 3) continue;
    for (unsigned k = 0; k < 3; k++) {
      if (face.mIndices[k] >= part.mNumVertices) throw std::runtime_error("a face names a vertex that is not there");
      mesh.triangles.push_back(static_cast<uint32_t>(base + face.mIndices[k]));
    }
  }
}

Mesh &get(cmesh_mesh mesh) { return *static_cast<Mesh *>(mesh.opaque); }

}  // namespace

int cmesh_mesh_read(const char *path, cmesh_mesh *result, char *error, size_t capacity) {
  return cmesh::guarded(error, capacity, [&] {
    Assimp::Importer importer;
    configure(importer, ends_with(path, ".stl", ".STL"));
    const aiScene *scene = importer.ReadFile(
        path, aiProcess_Triangulate | aiProcess_RemoveComponent | aiProcess_PreTransformVertices |
                  aiProcess_GenSmoothNormals | aiProcess_JoinIdenticalVertices | aiProcess_SortByPType |
                  aiProcess_ValidateDataStructure);
    if (scene == nullptr) throw std::runtime_error(importer.GetErrorString());
    auto mesh = std::make_unique<Mesh>();
    bool textured = scene->mNumMeshes > 0;
    for (unsigned i = 0; i < scene->mNumMeshes; i++) {
      append(*mesh, *scene->mMeshes[i]);
      textured = textured && scene->mMeshes[i]->HasTextureCoords(0);
    }
    if (mesh->triangles.empty()) throw std::runtime_error("it has no triangles");
    if (!textured) mesh->texture_coordinates.clear();
    result->opaque = mesh.release();
    cmesh::live_handles++;
    return 0;
  });
}

void cmesh_mesh_free(cmesh_mesh mesh) {
  if (mesh.opaque == nullptr) return;
  delete static_cast<Mesh *>(mesh.opaque);
  cmesh::live_handles--;
}

size_t cmesh_mesh_vertex_count(cmesh_mesh mesh) { return get(mesh).vertices.size() / 3; }
size_t cmesh_mesh_triangle_count(cmesh_mesh mesh) { return get(mesh).triangles.size() / 3; }
bool cmesh_mesh_has_texture_coordinates(cmesh_mesh mesh) { return !get(mesh).texture_coordinates.empty(); }

void cmesh_mesh_copy(cmesh_mesh mesh, float *vertices, float *normals, float *texture_coordinates,
                     uint32_t *triangles) {
  const Mesh &m = get(mesh);
  std::copy(m.vertices.begin(), m.vertices.end(), vertices);
  std::copy(m.normals.begin(), m.normals.end(), normals);
  if (texture_coordinates != nullptr) {
    std::copy(m.texture_coordinates.begin(), m.texture_coordinates.end(), texture_coordinates);
  }
  std::copy(m.triangles.begin(), m.triangles.end(), triangles);
}
