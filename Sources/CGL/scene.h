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
  const cscene_shape *shape;
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
  std::vector<cscene_shape> shapes;
  std::vector<cscene_material> materials;
  std::vector<Light> lights;
  cscene_surroundings surroundings;

  Scene(
      Assets &assets, const cscene_shape *shapes, size_t shapeCount, const cscene_material *materials, size_t materialCount,
      const cscene_light *lights, size_t lightCount, const cscene_surroundings &surroundings);

  ~Scene();
  Scene(const Scene &) = delete;

  std::vector<Placed> placed(const double *worldFromBody) const;
  /// Of `kTexturesGLSL`: what its materials need.
  int patterns() const;
  /// The body that encloses the camera, or -1.
  int enclosingBody(const double *worldFromBody, const cgl_view &view, int except) const;
};

}  // namespace graphics
