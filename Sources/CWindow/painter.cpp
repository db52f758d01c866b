#include "painter.hpp"

#include <cstddef>

#include "shaders.hpp"

namespace cwindow {
namespace {

GLuint compile(GLenum kind, const char *source) {
  const GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  GLint compiled = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
  if (compiled) return shader;
  char log[400] = "";
  glGetShaderInfoLog(shader, sizeof log, nullptr, log);
  glDeleteShader(shader);
  throw Failure(std::string("the driver does not compile a shader: ") + log);
}

GLuint link() {
  const GLuint program = glCreateProgram();
  for (const GLuint shader : {compile(GL_VERTEX_SHADER, vertexShader), compile(GL_FRAGMENT_SHADER, fragmentShader)}) {
    glAttachShader(program, shader);
    glDeleteShader(shader);
  }
  glLinkProgram(program);
  GLint linked = 0;
  glGetProgramiv(program, GL_LINK_STATUS, &linked);
  if (linked) return program;
  char log[400] = "";
  glGetProgramInfoLog(program, sizeof log, nullptr, log);
  glDeleteProgram(program);
  throw Failure(std::string("the driver does not link the shaders: ") + log);
}

GLuint makeTexture(GLint filter) {
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter == GL_NEAREST ? GL_NEAREST : GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return texture;
}

// GL_CONTEXT_LOST of OpenGL 4.5.
const GLenum contextLost = 0x0507;

void checkErrors(const char *what) {
  const GLenum code = glGetError();
  if (code == GL_NO_ERROR) return;
  if (code == contextLost) throw Failure("the driver gave the window's OpenGL context up", CWINDOW_LOST);
  throw Failure(std::string("OpenGL error ") + std::to_string(code) + " while " + what);
}

}  // namespace

Painter::Painter(const char *regularFont, const char *boldFont) : glyphs(regularFont, boldFont) {
  program = link();
  glGenVertexArrays(1, &vertices);
  glBindVertexArray(vertices);
  glGenBuffers(1, &buffer);
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  const auto attribute = [](GLuint index, GLenum type, GLboolean normalized, size_t offset) {
    glEnableVertexAttribArray(index);
    glVertexAttribDivisor(index, 1);
    glVertexAttribPointer(index, 4, type, normalized, sizeof(Instance), reinterpret_cast<const void *>(offset));
  };
  attribute(0, GL_FLOAT, GL_FALSE, offsetof(Instance, box));
  attribute(1, GL_FLOAT, GL_FALSE, offsetof(Instance, place));
  attribute(2, GL_FLOAT, GL_FALSE, offsetof(Instance, shape));
  attribute(3, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(Instance, color));
  atlas = makeTexture(GL_NEAREST);
  depth = makeTexture(GL_NEAREST);
  colors = makeTexture(GL_LINEAR);
  glGenFramebuffers(1, &target);
  glUseProgram(program);
  glUniform1i(glGetUniformLocation(program, "picture"), 0);
  glUniform1i(glGetUniformLocation(program, "atlas"), 1);
  glUniform1i(glGetUniformLocation(program, "depth"), 2);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  checkErrors("setting up");
}

Painter::~Painter() {
  for (const auto &[slot, texture] : pictures) glDeleteTextures(1, &texture);
  for (const GLuint texture : {atlas, depth, colors}) glDeleteTextures(1, &texture);
  glDeleteFramebuffers(1, &target);
  glDeleteBuffers(1, &buffer);
  glDeleteVertexArrays(1, &vertices);
  glDeleteProgram(program);
}

void Painter::setPicture(int slot, const uint8_t *rgb, int width, int height) {
  auto found = pictures.find(slot);
  if (found == pictures.end()) found = pictures.emplace(slot, makeTexture(GL_LINEAR_MIPMAP_LINEAR)).first;
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, found->second);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB8, width, height, 0, GL_RGB, GL_UNSIGNED_BYTE, rgb);
  glGenerateMipmap(GL_TEXTURE_2D);
  checkErrors("taking a picture");
}

void Painter::setDepth(const float *metres, int width, int height) {
  hasDepth = width > 0;
  if (!hasDepth) return;
  glActiveTexture(GL_TEXTURE2);
  glBindTexture(GL_TEXTURE_2D, depth);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R32F, width, height, 0, GL_RED, GL_FLOAT, metres);
  checkErrors("taking depths");
}

void Painter::append(const Instance &instance, GLuint picture) {
  if (batches.empty() || (picture && batches.back().picture && batches.back().picture != picture))
    batches.push_back({picture, static_cast<int>(instances.size()), 0});
  if (picture) batches.back().picture = picture;
  instances.push_back(instance);
  ++batches.back().count;
}

void Painter::add(const cwindow_item &item, const char *texts, int textCapacity) {
  if (item.kind == CWINDOW_TEXT) {
    if (item.text < 0 || item.length < 0 || item.text + item.length > textCapacity)
      throw Failure("a text lies outside of the texts");
    return addText(item, texts + item.text);
  }
  Instance instance{
      {item.x0, item.y0, item.x1, item.y1},
      {0, 0, 1, 1},
      {static_cast<float>(item.kind), item.radius, item.thickness, item.softness},
      {item.color[0], item.color[1], item.color[2], item.color[3]}};
  if (item.kind == CWINDOW_LINE) {
    instance.shape[1] = item.radius / 2;
    instance.place[0] = item.depth0 > 0 ? 1 / item.depth0 : 0;
    instance.place[1] = item.depth1 > 0 ? 1 / item.depth1 : 0;
  }
  if (item.kind != CWINDOW_PICTURE) return append(instance, 0);
  const auto found = pictures.find(item.slot);
  if (found == pictures.end()) throw Failure("there is no picture in slot " + std::to_string(item.slot));
  append(instance, found->second);
}

void Painter::addText(const cwindow_item &item, const char *text) {
  const int baseline = static_cast<int>(item.y0 + 0.5f);
  glyphs.walk(text, item.length, item.slot, item.radius, item.x0, [&](const Glyph &glyph, int pen) {
    const float left = static_cast<float>(pen + glyph.left), top = static_cast<float>(baseline - glyph.top);
    const float unit = 1.0f / GlyphAtlas::side;
    append(
        {{left, top, left + glyph.width, top + glyph.height},
         {glyph.x * unit, glyph.y * unit, (glyph.x + glyph.width) * unit, (glyph.y + glyph.height) * unit},
         {CWINDOW_TEXT, 0, 0, 0},
         {item.color[0], item.color[1], item.color[2], item.color[3]}},
        0);
  });
}

void Painter::resize(int width, int height) {
  if (width == targetWidth && height == targetHeight) return;
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, colors);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
  glBindFramebuffer(GL_FRAMEBUFFER, target);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, colors, 0);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
    throw Failure("the driver draws no picture of " + std::to_string(width) + "×" + std::to_string(height));
  targetWidth = width;
  targetHeight = height;
}

void Painter::upload() {
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glBufferData(
      GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(instances.size() * sizeof(Instance)), instances.data(), GL_STREAM_DRAW);
  glActiveTexture(GL_TEXTURE2);
  glBindTexture(GL_TEXTURE_2D, depth);
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, atlas);
  if (glyphs.takeChange()) {
    glTexImage2D(
        GL_TEXTURE_2D, 0, GL_R8, GlyphAtlas::side, GlyphAtlas::side, 0, GL_RED, GL_UNSIGNED_BYTE, glyphs.coverage());
  }
}

void Painter::draw(
    const cwindow_item *items, int count, const char *texts, int textCapacity, int width, int height) {
  instances.clear();
  batches.clear();
  for (int i = 0; i < count; ++i) add(items[i], texts, textCapacity);
  resize(width, height);
  upload();
  glBindFramebuffer(GL_FRAMEBUFFER, target);
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE);
  glUseProgram(program);
  glUniform2f(glGetUniformLocation(program, "viewport"), static_cast<float>(width), static_cast<float>(height));
  glUniform1i(glGetUniformLocation(program, "hasDepth"), hasDepth);
  glBindVertexArray(vertices);
  glActiveTexture(GL_TEXTURE0);
  for (const Batch &batch : batches) {
    glBindTexture(GL_TEXTURE_2D, batch.picture);
    // OpenGL 3.3 has no first instance: the attributes begin where the batch does.
    const size_t start = batch.first * sizeof(Instance);
    const auto pointer = [start](size_t offset) { return reinterpret_cast<const void *>(start + offset); };
    glVertexAttribPointer(0, 4, GL_FLOAT, GL_FALSE, sizeof(Instance), pointer(offsetof(Instance, box)));
    glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, sizeof(Instance), pointer(offsetof(Instance, place)));
    glVertexAttribPointer(2, 4, GL_FLOAT, GL_FALSE, sizeof(Instance), pointer(offsetof(Instance, shape)));
    glVertexAttribPointer(3, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(Instance), pointer(offsetof(Instance, color)));
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, batch.count);
  }
  glBindFramebuffer(GL_READ_FRAMEBUFFER, target);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, 0);
  glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
  checkErrors("drawing");
}

void Painter::read(uint8_t *rgb, int width, int height) {
  if (width != targetWidth || height != targetHeight) throw Failure("nothing of this size has been drawn");
  glBindFramebuffer(GL_READ_FRAMEBUFFER, target);
  const size_t row = size_t(width) * 3;
  for (int y = 0; y < height; ++y)
    glReadPixels(0, height - 1 - y, width, 1, GL_RGB, GL_UNSIGNED_BYTE, rgb + row * y);
  checkErrors("reading the picture");
}

}  // namespace cwindow
