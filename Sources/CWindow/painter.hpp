#pragma once
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>

#include <map>
#include <vector>

#include "glyphs.hpp"

namespace cwindow {

/// Draws items into a picture of its own with the OpenGL context that is current, and copies it to the window.
class Painter {
public:
  Painter(const char *regularFont, const char *boldFont);
  ~Painter();
  Painter(const Painter &) = delete;
  Painter &operator=(const Painter &) = delete;

  void setPicture(int slot, const uint8_t *rgb, int width, int height);
  void setDepth(const float *metres, int width, int height);
  void draw(const cwindow_item *items, int count, const char *texts, int textCapacity, int width, int height);
  void read(uint8_t *rgb, int width, int height);

private:
  /// One rounded rectangle, line, glyph or picture, as the vertex shader takes it.
  struct Instance {
    float box[4];
    /// Of the texture; of a line, its ends' inverse depths.
    float place[4];
    /// Kind, radius, thickness, softness.
    float shape[4];
    uint8_t color[4];
  };
  /// Instances drawn with the same picture.
  struct Batch {
    GLuint picture;
    int first, count;
  };

  GlyphAtlas glyphs;
  GLuint program = 0, vertices = 0, buffer = 0, atlas = 0, depth = 0, target = 0, colors = 0;
  std::map<int, GLuint> pictures;
  int targetWidth = 0, targetHeight = 0;
  bool hasDepth = false;
  std::vector<Instance> instances;
  std::vector<Batch> batches;

  void add(const cwindow_item &item, const char *texts, int textCapacity);
  void addText(const cwindow_item &item, const char *text);
  void append(const Instance &instance, GLuint picture);
  void resize(int width, int height);
  void upload();
};

}  // namespace cwindow
