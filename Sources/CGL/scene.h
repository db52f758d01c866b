// A loaded scene, and where its shapes are in one state.
#pragma once
#include <string>
#include <vector>

#include "assets.h"
#include "cgl.h"
#include "vector.h"

namespace graphics {

struct Light {
  int kind;
  Vector position, toward;  // toward: unit, against the direction in which the light travels
  Vector color;
  float innerCosine, outerCosine, softness;
  bool castsShadow;
};

/// A shape in one state.
struct Placed {
  const cgl_shape *shape;
  const Mesh *mesh;
  Axes axes;
  /// Half edges or radius and half length, as the shaders take them.
  Vector size;
  /// The bounding box: its middle and half axes in the world; and the radius of the sphere about it.
  Vector center, halfX, halfY, halfZ;
  float radius;
  /// How far the box reaches from its middle along `n`.
  float reach(Vector n) const { return std::fabs(dot(halfX, n)) + std::fabs(dot(halfY, n)) + std::fabs(dot(halfZ, n)); }
};

class Scene {
 public:
  Assets &assets;
  std::vector<cgl_shape> shapes;
  std::vector<cgl_material> materials;
  std::vector<Light> lights;
  cgl_surroundings surroundings;

  Scene(
      Assets &assets, const cgl_shape *shapes, size_t shapeCount, const cgl_material *materials, size_t materialCount,
      const cgl_light *lights, size_t lightCount, const cgl_surroundings &surroundings);

  ~Scene();
  Scene(const Scene &) = delete;

  std::vector<Placed> placed(const double *worldFromBody) const;
  /// Of `kTexturesGLSL`: what its materials need.
  int patterns() const;
  /// The body that encloses the camera, or -1.
  int enclosingBody(const double *worldFromBody, const cgl_view &view, int except) const;
};

}  // namespace graphics
