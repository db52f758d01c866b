// The passes of a frame.
#include <cstring>

#include "failure.h"
#include "painter.h"
#include "shaders/geometry.h"
#include "shaders/records.h"
#include "shaders/shading.h"
#include "shaders/solids.h"
#include "shaders/textures.h"

namespace graphics {

static std::string define(const char *name, int value) {
  return std::string("#define ") + name + " " + std::to_string(value) + "\n";
}

/// `shadow`: 0 for a camera, 1 for a lamp's map, 2 for that of parallel light.
GLuint Painter::program(int kind, int shadow) {
  std::string defines = define("KIND", kind) + define("SHADOW", shadow);
  int key = kind + 8 * shadow;
  if (kind == CSCENE_MESH) return build(key, defines, {kRecordsGLSL, kMeshVertexGLSL}, {kRecordsGLSL, kMeshFragmentGLSL});
  return build(
      key, defines, {kRecordsGLSL, kSolidVertexGLSL}, {kRecordsGLSL, kSolidsGLSL, kSolidFragmentGLSL});
}

/// One shader for each set of patterns and not one for all: a picture's bits must not depend on its neighbours, and
/// llvmpipe spends time on what is not used.
GLuint Painter::shadingProgram(const Lit &lit, bool isSoft) {
  int patterns = lit.shades ? lit.scene->patterns() : 0, soft = lit.shades && isSoft;
  int planes = lit.shades && lit.hasShadingPlanes;
  std::string defines = define("PATTERNS", patterns) + define("SOFT", soft) + define("PLANES", planes) +
                        define("SHADE", lit.shades);
  return build(
      64 + patterns + 8 * soft + 16 * planes + 32 * lit.shades, defines, {kRecordsGLSL, kShadingVertexGLSL},
      {kRecordsGLSL, kTexturesGLSL, kShadowsGLSL, kShadingFragmentGLSL});
}

void Painter::drawGroups(const Pass &pass, int shadow) {
  gl.Viewport(0, 0, pass.width, pass.height);
  for (const Group &group : pass.groups) {
    GLuint used = program(group.kind, shadow);
    gl.UseProgram(used);
    gl.Uniform1i(gl.GetUniformLocation(used, "firstInstance"), group.first);
    gl.Uniform1i(gl.GetUniformLocation(used, "view"), pass.viewRow);
    if (group.mesh) {
      gl.Disable(GL_CULL_FACE);
      gl.BindVertexArray(group.mesh->vertexArray);
      gl.DrawElementsInstanced(GL_TRIANGLES, group.mesh->indexCount, GL_UNSIGNED_INT, nullptr, group.count);
    } else {
      // The far sides of the bounding boxes, for they are seen from within as well: y runs down, so that the strip's near
      // sides are the back ones.
      gl.Enable(GL_CULL_FACE);
      gl.BindVertexArray(plainVertexArray);
      gl.DrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 14, group.count);
    }
  }
}

void Painter::drawMaps(const Frame &frame) {
  if (frame.maps.empty()) return require(maps, GL_TEXTURE_2D_ARRAY, GL_DEPTH_COMPONENT32F, 1, 1, 1);
  // Maps of one size: a sampler's coordinates are shares of it.
  if (maps.width != frame.mapSize) {
    gl.DeleteTextures(1, &maps.texture);
    maps = {};
  }
  require(maps, GL_TEXTURE_2D_ARRAY, GL_DEPTH_COMPONENT32F, frame.mapSize, frame.mapSize, frame.mapLayers);
  gl.BindFramebuffer(GL_FRAMEBUFFER, mapFrame);
  gl.DrawBuffers(0, nullptr);
  gl.ReadBuffer(GL_NONE);
  gl.Enable(GL_DEPTH_TEST);
  gl.DepthFunc(GL_LESS);
  const float lit = 1;
  for (const Pass &pass : frame.maps) {
    gl.FramebufferTextureLayer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, maps.texture, 0, pass.layer);
    gl.ClearBufferfv(GL_DEPTH, 0, &lit);
    drawGroups(pass, pass.isParallel ? 2 : 1);
  }
}

/// Every view has a layer, and lies in its corner: the bits of a picture do not depend on what is drawn beside it.
void Painter::drawViews(const Frame &frame) {
  int width = frame.samplesWidth, height = frame.samplesHeight, layers = int(frame.views.size());
  require(surfaces, GL_TEXTURE_2D_ARRAY, GL_RGBA32F, width, height, layers);
  require(founds, GL_TEXTURE_2D_ARRAY, GL_RGBA32F, width, height, layers);
  require(depths, GL_TEXTURE_2D_ARRAY, GL_DEPTH_COMPONENT32F, width, height, layers);
  gl.BindFramebuffer(GL_FRAMEBUFFER, geometryFrame);
  const GLenum both[2] = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1};
  gl.DrawBuffers(2, both);
  gl.Enable(GL_DEPTH_TEST);
  gl.DepthFunc(GL_LESS);
  const float nothing[4] = {0, 0, 0, INFINITY}, nobody[4] = {-1, 0, 0, 0}, far = 1;
  for (const Pass &pass : frame.views) {
    gl.FramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, surfaces.texture, 0, pass.layer);
    gl.FramebufferTextureLayer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, founds.texture, 0, pass.layer);
    gl.FramebufferTextureLayer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, depths.texture, 0, pass.layer);
    gl.ClearBufferfv(GL_COLOR, 0, nothing);
    gl.ClearBufferfv(GL_COLOR, 1, nobody);
    gl.ClearBufferfv(GL_DEPTH, 0, &far);
    drawGroups(pass, 0);
  }
}

void Painter::shade(const Frame &frame, bool isSoft) {
  require(colors, GL_TEXTURE_2D, GL_RGBA8, frame.atlasWidth, frame.atlasHeight, 1);
  require(distances, GL_TEXTURE_2D, GL_R32F, frame.atlasWidth, frame.atlasHeight, 1);
  require(segments, GL_TEXTURE_2D, GL_R16UI, frame.atlasWidth, frame.atlasHeight, 1);
  gl.BindFramebuffer(GL_FRAMEBUFFER, atlasFrame);
  gl.FramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, colors.texture, 0);
  gl.FramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, distances.texture, 0);
  gl.FramebufferTexture(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT2, segments.texture, 0);
  GLenum targets[3] = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1, GL_COLOR_ATTACHMENT2};
  for (unsigned i = 0; i < 3; i++)
    if (!(frame.channels & (1 << i))) targets[i] = GL_NONE;
  gl.DrawBuffers(3, targets);
  if (gl.CheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
    throw Failure(CGL_FAILED, "the driver cannot draw colours, depth and segmentation at once");
  gl.Disable(GL_DEPTH_TEST);
  gl.Disable(GL_CULL_FACE);
  gl.Viewport(0, 0, frame.atlasWidth, frame.atlasHeight);
  gl.BindVertexArray(plainVertexArray);
  bind(kSurfaces, GL_TEXTURE_2D_ARRAY, surfaces.texture);
  bind(kFounds, GL_TEXTURE_2D_ARRAY, founds.texture);
  bind(kMaps, GL_TEXTURE_2D_ARRAY, maps.texture, compares);
  bind(kMapDepths, GL_TEXTURE_2D_ARRAY, maps.texture, fetches);
  for (const Lit &lit : frame.lit) {
    bind(kImages, GL_TEXTURE_BUFFER, lit.scene->assets.texels);
    gl.BindBufferRange(
        GL_UNIFORM_BUFFER, 0, rowBuffer, GLintptr(lit.firstLight) * GLintptr(sizeof(Row)), kMostLightRows * sizeof(Row));
    GLuint used = shadingProgram(lit, isSoft);
    gl.UseProgram(used);
    gl.Uniform1i(gl.GetUniformLocation(used, "firstView"), lit.firstRow);
    gl.Uniform1i(gl.GetUniformLocation(used, "strideOfViews"), kRowsOfPicture);
    gl.Uniform1i(gl.GetUniformLocation(used, "atlasWidth"), frame.atlasWidth);
    gl.Uniform1i(gl.GetUniformLocation(used, "atlasHeight"), frame.atlasHeight);
    gl.DrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, lit.count);
  }
}

/// Asks for all pictures at once, into a buffer of the driver's: it copies while the next frame is prepared.
void Painter::readBack(const Frame &frame, Slot &slot) {
  size_t pixels = size_t(frame.atlasWidth) * size_t(frame.atlasHeight);
  slot.isBusy = true;
  slot.pictures = frame.pictures;
  slot.ofView = frame.ofView;
  slot.width = frame.atlasWidth;
  slot.colors = 0;
  slot.depths = slot.colors + (frame.channels & CGL_RGB ? pixels * 4 : 0);
  slot.segments = slot.depths + (frame.channels & CGL_DEPTH ? pixels * 4 : 0);
  size_t bytes = slot.segments + (frame.channels & CGL_SEGMENTATION ? pixels * 2 : 0);
  gl.BindBuffer(GL_PIXEL_PACK_BUFFER, slot.buffer);
  if (bytes > slot.capacity) {
    gl.BufferData(GL_PIXEL_PACK_BUFFER, GLsizeiptr(bytes), nullptr, GL_STREAM_READ);
    slot.capacity = bytes;
  }
  auto read = [&](int channel, GLenum attachment, GLenum format, GLenum type, size_t offset) {
    if (!(frame.channels & channel)) return;
    gl.ReadBuffer(attachment);
    gl.ReadPixels(0, 0, frame.atlasWidth, frame.atlasHeight, format, type, reinterpret_cast<void *>(offset));
  };
  read(CGL_RGB, GL_COLOR_ATTACHMENT0, GL_RGBA, GL_UNSIGNED_BYTE, slot.colors);
  read(CGL_DEPTH, GL_COLOR_ATTACHMENT1, GL_RED, GL_FLOAT, slot.depths);
  read(CGL_SEGMENTATION, GL_COLOR_ATTACHMENT2, GL_RED_INTEGER, GL_UNSIGNED_SHORT, slot.segments);
  gl.BindBuffer(GL_PIXEL_PACK_BUFFER, 0);
  slot.fence = gl.FenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.Flush();
}

void Painter::collect(Slot &slot) {
  while (gl.ClientWaitSync(slot.fence, GL_SYNC_FLUSH_COMMANDS_BIT, 1000000000) == GL_TIMEOUT_EXPIRED)
    context.check("waiting for pictures");
  gl.BindBuffer(GL_PIXEL_PACK_BUFFER, slot.buffer);
  slot.mapped = static_cast<const uint8_t *>(
      gl.MapBufferRange(GL_PIXEL_PACK_BUFFER, 0, GLsizeiptr(slot.capacity), GL_MAP_READ_BIT));
  gl.BindBuffer(GL_PIXEL_PACK_BUFFER, 0);
  context.check("reading pictures back");
  if (!slot.mapped) throw Failure(CGL_CONTEXT_LOST, "the driver gave no pictures back");
}

void Painter::release(Slot &slot) {
  if (slot.mapped) {
    gl.BindBuffer(GL_PIXEL_PACK_BUFFER, slot.buffer);
    gl.UnmapBuffer(GL_PIXEL_PACK_BUFFER);
    gl.BindBuffer(GL_PIXEL_PACK_BUFFER, 0);
  }
  slot.mapped = nullptr;
  gl.DeleteSync(slot.fence);
  slot.fence = nullptr;
  slot.isBusy = false;
}

}  // namespace graphics
