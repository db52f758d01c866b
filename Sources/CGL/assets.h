// Meshes and images on the GPU.
#pragma once
#include <memory>
#include <vector>

#include "context.h"
#include "vector.h"

namespace graphics {

struct Mesh {
  GLuint vertexArray = 0, buffers[2] = {};
  GLsizei indexCount = 0;
  bool hasCoordinates = false;
  Vector lower, upper;
  /// For `contains`; the GPU has its own.
  std::vector<Vector> vertices;
  std::vector<uint32_t> indices;

  /// Whether a closed mesh encloses `p`: an odd number of crossings in two directions.
  bool contains(Vector p) const;
};

struct Image {
  int first, width, height;  // first: of its texels in the buffer
};

class Assets {
 public:
  explicit Assets(Context &context);
  ~Assets();
  Assets(const Assets &) = delete;

  std::vector<Mesh> meshes;
  std::vector<Image> images;
  /// All images' linear RGB, as a buffer texture; 0 if there are none.
  GLuint texels = 0;

  void addMesh(
      const float *vertices, size_t vertexCount, const float *normals, const float *coordinates,
      const uint32_t *indices, size_t indexCount);
  void addImage(int width, int height, const uint8_t *rgb);
  void finish();

 private:
  Context &context;
  GLuint texelBuffer = 0;
  std::vector<uint16_t> linear;
};

}  // namespace graphics
