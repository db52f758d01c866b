#include "painter.h"

#include <algorithm>

#include "failure.h"

namespace graphics {

Painter::Painter(Context &context) : context(context) {
  GLuint buffers[2], textures[2], frames[3], samplers[2];
  gl.GenBuffers(2, buffers);
  rowBuffer = buffers[0];
  instanceBuffer = buffers[1];
  gl.GenTextures(2, textures);
  rowTexture = textures[0];
  instanceTexture = textures[1];
  gl.GenFramebuffers(3, frames);
  geometryFrame = frames[0];
  mapFrame = frames[1];
  atlasFrame = frames[2];
  gl.GenVertexArrays(1, &plainVertexArray);
  for (Slot &slot : slots) gl.GenBuffers(1, &slot.buffer);
  gl.GenSamplers(2, samplers);
  compares = samplers[0];
  fetches = samplers[1];
  for (GLuint sampler : samplers) {
    // Beyond a map's border nothing is in shadow.
    const float lit[4] = {1, 1, 1, 1};
    gl.SamplerParameteri(sampler, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_BORDER);
    gl.SamplerParameteri(sampler, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_BORDER);
    gl.SamplerParameterfv(sampler, GL_TEXTURE_BORDER_COLOR, lit);
    GLint filter = sampler == compares ? GL_LINEAR : GL_NEAREST;
    gl.SamplerParameteri(sampler, GL_TEXTURE_MIN_FILTER, filter);
    gl.SamplerParameteri(sampler, GL_TEXTURE_MAG_FILTER, filter);
  }
  gl.SamplerParameteri(compares, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
  gl.SamplerParameteri(compares, GL_TEXTURE_COMPARE_FUNC, GL_LEQUAL);
  gl.PixelStorei(GL_PACK_ALIGNMENT, 1);
  context.check("starting");
}

Painter::~Painter() {
  for (Slot &slot : slots) {
    if (slot.isBusy) release(slot);
    gl.DeleteBuffers(1, &slot.buffer);
  }
  for (auto &entry : programs) gl.DeleteProgram(entry.second);
  for (Target *target : {&surfaces, &founds, &depths, &maps, &colors, &distances, &segments})
    gl.DeleteTextures(1, &target->texture);
  for (GLuint texture : {rowTexture, instanceTexture}) gl.DeleteTextures(1, &texture);
  for (GLuint buffer : {rowBuffer, instanceBuffer}) gl.DeleteBuffers(1, &buffer);
  for (GLuint frame : {geometryFrame, mapFrame, atlasFrame}) gl.DeleteFramebuffers(1, &frame);
  for (GLuint sampler : {compares, fetches}) gl.DeleteSamplers(1, &sampler);
  gl.DeleteVertexArrays(1, &plainVertexArray);
}

void Painter::require(Target &target, GLenum kind, GLenum format, int width, int height, int layers) {
  if (width <= target.width && height <= target.height && layers <= target.layers) return;
  // Grows, so that pictures of several sizes do not take turns in making room; but not to the product of a film's size
  // and a batch's number.
  int64_t needed = int64_t(width) * height * layers;
  int grown[3] = {std::max(width, target.width), std::max(height, target.height), std::max(layers, target.layers)};
  if (int64_t(grown[0]) * grown[1] * grown[2] <= 4 * needed) {
    width = grown[0];
    height = grown[1];
    layers = grown[2];
  }
  if (width > context.maxTextureSize || height > context.maxTextureSize || layers > context.maxLayers)
    throw Failure(
        CGL_TOO_LARGE, "pictures of " + std::to_string(width) + "×" + std::to_string(height) + " samples, " +
                           std::to_string(layers) + " at once, are more than " + context.device + " draws");
  gl.DeleteTextures(1, &target.texture);
  target = {};
  gl.GenTextures(1, &target.texture);
  gl.BindTexture(kind, target.texture);
  bool isInteger = format == GL_R16UI;
  GLenum part = format == GL_DEPTH_COMPONENT32F ? GL_DEPTH_COMPONENT : isInteger ? GL_RED_INTEGER : GL_RGBA;
  GLenum type = isInteger ? GL_UNSIGNED_SHORT : GL_FLOAT;
  if (kind == GL_TEXTURE_2D_ARRAY)
    gl.TexImage3D(kind, 0, GLint(format), width, height, layers, 0, part, type, nullptr);
  else
    gl.TexImage2D(kind, 0, GLint(format), width, height, 0, part, type, nullptr);
  gl.TexParameteri(kind, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  gl.TexParameteri(kind, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  gl.TexParameteri(kind, GL_TEXTURE_MAX_LEVEL, 0);
  context.check("making room for pictures");
  target.width = width;
  target.height = height;
  target.layers = layers;
}

GLuint Painter::build(
    int key, const std::string &defines, const std::vector<const char *> &vertex,
    const std::vector<const char *> &fragment) {
  GLuint &program = programs[key];
  if (program) return program;
  GLuint made = gl.CreateProgram();
  auto compile = [&](GLenum stage, const std::vector<const char *> &parts) {
    // The version must come first, so the definitions follow it.
    std::string text = parts[0];
    text.insert(text.find('\n') + 1, defines);
    for (size_t i = 1; i < parts.size(); i++) text += parts[i];
    const char *source = text.c_str();
    GLuint shader = gl.CreateShader(stage);
    gl.ShaderSource(shader, 1, &source, nullptr);
    gl.CompileShader(shader);
    GLint isDone = 0;
    gl.GetShaderiv(shader, GL_COMPILE_STATUS, &isDone);
    char message[400] = "";
    if (!isDone) gl.GetShaderInfoLog(shader, sizeof message, nullptr, message);
    gl.AttachShader(made, shader);
    gl.DeleteShader(shader);
    if (!isDone) throw Failure(CGL_FAILED, std::string("the driver rejects a shader: ") + message);
  };
  compile(GL_VERTEX_SHADER, vertex);
  compile(GL_FRAGMENT_SHADER, fragment);
  gl.LinkProgram(made);
  GLint isDone = 0;
  gl.GetProgramiv(made, GL_LINK_STATUS, &isDone);
  char message[400] = "";
  if (!isDone) gl.GetProgramInfoLog(made, sizeof message, nullptr, message);
  if (!isDone) throw Failure(CGL_FAILED, std::string("the driver does not link a shader: ") + message);
  gl.UseProgram(made);
  const char *units[] = {"records", "instances", "surfaces", "founds", "maps", "mapDepths", "images"};
  for (GLint unit = 0; unit < 7; unit++) gl.Uniform1i(gl.GetUniformLocation(made, units[unit]), unit);
  GLuint lights = gl.GetUniformBlockIndex(made, "Lights");
  if (lights != GL_INVALID_INDEX) gl.UniformBlockBinding(made, lights, 0);
  return program = made;
}

void Painter::draw(const Frame &frame, bool isSoft, Slot &slot) {
  upload(frame);
  drawMaps(frame);
  drawViews(frame);
  shade(frame, isSoft);
  readBack(frame, slot);
  context.check("drawing");
}

static void fill(GLuint buffer, GLuint texture, GLenum format, size_t bytes, const void *data) {
  gl.BindBuffer(GL_TEXTURE_BUFFER, buffer);
  gl.BufferData(GL_TEXTURE_BUFFER, GLsizeiptr(bytes), data, GL_STREAM_DRAW);
  gl.BindTexture(GL_TEXTURE_BUFFER, texture);
  gl.TexBuffer(GL_TEXTURE_BUFFER, format, buffer);
}

void Painter::upload(const Frame &frame) {
  if (frame.rows.size() > size_t(std::min(context.maxBufferTexels, 1 << 20)))
    throw Failure(CGL_TOO_LARGE, "a frame has " + std::to_string(frame.rows.size()) + " records");
  bind(kRecords, GL_TEXTURE_BUFFER, rowTexture);
  fill(rowBuffer, rowTexture, GL_RGBA32F, frame.rows.size() * sizeof(Row), frame.rows.data());
  bind(kInstances, GL_TEXTURE_BUFFER, instanceTexture);
  int32_t none = 0;
  bool isEmpty = frame.instances.empty();
  fill(instanceBuffer, instanceTexture, GL_R32I, isEmpty ? 4 : frame.instances.size() * 4,
       isEmpty ? &none : frame.instances.data());
}

}  // namespace graphics
