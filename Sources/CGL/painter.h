// Carries a frame out: textures, shaders, passes, and reading back.
#pragma once
#include <array>
#include <map>

#include "context.h"
#include "frame.h"

namespace graphics {

/// Numbers of a texture unit each, the same in every program.
enum Unit { kRecords, kInstances, kSurfaces, kFounds, kMaps, kMapDepths, kImages };

inline void bind(Unit unit, GLenum kind, GLuint texture, GLuint sampler = 0) {
  gl.ActiveTexture(GL_TEXTURE0 + GLenum(unit));
  gl.BindTexture(kind, texture);
  gl.BindSampler(GLuint(unit), sampler);
}

/// A texture that grows to what is asked for.
struct Target {
  GLuint texture = 0;
  int width = 0, height = 0, layers = 0;
};

/// A batch whose pictures are on their way back.
struct Slot {
  bool isBusy = false;
  GLuint buffer = 0;
  GLsync fence = nullptr;
  size_t capacity = 0;
  const uint8_t *mapped = nullptr;
  std::vector<Picture> pictures;
  std::vector<std::pair<int, int>> ofView;
  int width = 0;
  /// Where each channel begins in the buffer.
  size_t colors = 0, depths = 0, segments = 0;
};

class Painter {
 public:
  explicit Painter(Context &context);
  ~Painter();
  Painter(const Painter &) = delete;

  std::array<Slot, 2> slots;

  void draw(const Frame &frame, bool isSoft, Slot &slot);
  void collect(Slot &slot);
  void release(Slot &slot);

 private:
  Context &context;
  std::map<int, GLuint> programs;
  GLuint rowBuffer = 0, instanceBuffer = 0, rowTexture = 0, instanceTexture = 0, plainVertexArray = 0;
  GLuint geometryFrame = 0, mapFrame = 0, atlasFrame = 0, compares = 0, fetches = 0;
  Target surfaces, founds, depths, maps, colors, distances, segments;

  GLuint program(int kind, int shadow);
  GLuint shadingProgram(const Lit &lit, bool isSoft);
  GLuint build(int key, const std::string &defines, const std::vector<const char *> &vertex,
               const std::vector<const char *> &fragment);
  void require(Target &target, GLenum kind, GLenum format, int width, int height, int layers);
  void upload(const Frame &frame);
  void drawGroups(const Pass &pass, int shadow);
  void drawMaps(const Frame &frame);
  void drawViews(const Frame &frame);
  void shade(const Frame &frame, bool isSoft);
  void readBack(const Frame &frame, Slot &slot);
};

}  // namespace graphics
