// A loaded scene, and what of it is computed anew for each frame.
#pragma once
#include <memory>
#include <vector>

#include "cembree.h"
#include "mesh.h"
#include "solids.h"
#include "textures.h"

PACKET_CODE_BEGIN
namespace tracer {

struct Placement {
  double position[3];
  double orientation[4];  // x y z w
};

struct Shape {
  Solid solid;
  int body, material;
  const Mesh *mesh;
  Vector meshScale;
  Placement bodyFromShape;
};

struct Light {
  int kind;
  Vector position, toward;  // toward: unit, against the direction in which the light travels
  Vector color;
  float innerCosine, outerCosine, softness;
  bool castsShadow;
};

/// A shape in one frame.
struct Placed {
  Solid solid;
  const Mesh *mesh;
  Vector meshScale;
  int body, material;
  Frame worldFromShape;
  Vector center, axisX, axisY, axisZ;  // bounding box: its middle and its half axes, in the world
  float radius;
  // In the shape's frame: the camera, and the ray through pixel (x, y) from the middle: forward + x·right + y·down.
  Vector eye, forward, right, down;
  // In pixels: bounds of its picture; and its least depth.
  float left, top, rightEdge, bottom, nearest;
};

/// Eight numbers of a list, from `first` on.
PACKET_INLINE F eight(const std::vector<float> &values, size_t first) {
  F result;
  memcpy(&result, values.data() + first, sizeof result);
  return result;
}

/// A light in one frame, with what is needed to leave out shapes that cannot cast its shadow on a tile.
struct LitFrame {
  Vector axisU, axisV;
  std::vector<Vector> inShape;  // by shape: the light's direction (directional) or position in the shape's frame
  // Directional: bounds across the light and the end toward it. Otherwise: a cone about each shape from the light.
  std::vector<float> lowU, highU, lowV, highV, end;
  // Padded to whole packets with shapes that never cast.
  std::vector<float> directionX, directionY, directionZ, cosine, sine, nearest;
};

struct View {
  Vector eye, forward, right, down;  // right and down: per pixel
  float near, far, pixelAngle;
  int width, height, samples, shadowSamples;
};

template <typename Item> struct List {
  const Item *items;
  size_t count;
};

class Scene {
 public:
  std::shared_ptr<Device> device;
  std::vector<std::unique_ptr<Mesh>> meshes;
  std::vector<std::unique_ptr<Image>> images;
  std::vector<Shape> shapes;
  std::vector<Surface> surfaces;
  std::vector<Light> lights;
  Vector ambient, zenith, horizon, nadir;
  size_t bodyCount = 0;
  float decode[256];
  std::vector<uint8_t> encode;

  // Of the current frame.
  View view;
  std::vector<Placed> placed;
  std::vector<uint16_t> nearToFar;
  std::vector<LitFrame> lit;
  // The shapes' bounds along the world's axes, for occlusion; padded to whole packets with empty boxes.
  std::vector<float> lowerX, lowerY, lowerZ, upperX, upperY, upperZ;
  std::vector<Vector> disc;  // points of the unit disc for soft shadows

  Scene();
  /// Takes over shapes, materials and lights; meshes and images must be there already.
  void load(
      List<cscene_shape> shapes, List<cscene_material> materials, List<cscene_light> lights,
      const cscene_surroundings &surroundings, size_t bodies);
  void place(const double *worldFromBody, const cembree_view &view);
  /// The body that encloses the camera, or -1.
  int enclosingBody(int except) const;
  void draw(uint8_t *rgb, float *depth, uint16_t *segmentation) const;

 private:
  void setView(const cembree_view &view);
  void sight(Placed &shape) const;
  void bound();
  void relate(size_t light);
};

}  // namespace tracer
PACKET_CODE_END
