// From the C structures to the scene's own.
#include <cmath>
#include <stdexcept>
#include <string>

#include "scene.h"

namespace tracer {

static Vector vector(const double *v) { return {float(v[0]), float(v[1]), float(v[2])}; }
static Vector vector(const float *v) { return {v[0], v[1], v[2]}; }

static Solid solid(const cscene_shape &s) {
  float a = float(s.size[0]), b = float(s.size[1]), c = float(s.size[2]);
  Kind kind = Kind(s.kind);
  switch (kind) {
    case Kind::box: return {kind, a / 2, b / 2, c / 2};
    case Kind::cylinder:
    case Kind::cone:
    case Kind::capsule: return {kind, a, b / 2, 0};
    case Kind::plane: return {kind, a / 2, 0, 0};
    case Kind::sphere:
    case Kind::mesh: break;
  }
  return {kind, a, 0, 0};
}

static Shape shape(const cscene_shape &s, const Scene &scene) {
  Shape result = {};
  result.solid = solid(s);
  result.body = s.body;
  result.material = s.material;
  result.meshScale = vector(s.size);
  if (result.solid.kind == Kind::mesh) result.mesh = scene.meshes.at(size_t(s.mesh)).get();
  for (int i = 0; i < 3; i++) result.bodyFromShape.position[i] = s.body_from_shape[i];
  for (int i = 0; i < 4; i++) result.bodyFromShape.orientation[i] = s.body_from_shape[3 + i];
  return result;
}

static Surface surface(const cscene_material &m, const Scene &scene) {
  Surface result = {vector(m.color), vector(m.second_color), m.roughness, m.specular, Pattern(m.texture),
                    m.texture_scale, m.texture_seed,         nullptr};
  if (result.pattern == Pattern::image) result.image = scene.images.at(size_t(m.image)).get();
  return result;
}

static Light source(const cscene_light &l) {
  double length = std::sqrt(l.direction[0] * l.direction[0] + l.direction[1] * l.direction[1] + l.direction[2] * l.direction[2]);
  double inverse = length > 0 ? -1 / length : 0;
  Vector toward = {float(l.direction[0] * inverse), float(l.direction[1] * inverse), float(l.direction[2] * inverse)};
  float inner = float(std::cos(l.inner_angle)), outer = float(std::cos(l.outer_angle));
  // A cone with no soft edge still needs an edge.
  if (inner <= outer) inner = outer + 1e-4f;
  // A directional light's half angle becomes the radius of its disc at distance 1.
  float softness = l.kind == CSCENE_DIRECTIONAL ? float(std::tan(double(l.softness))) : l.softness;
  return {l.kind, vector(l.position), toward, vector(l.color), inner, outer, softness, l.casts_shadow};
}

void Scene::load(
    List<cscene_shape> newShapes, List<cscene_material> newMaterials, List<cscene_light> newLights,
    const cscene_surroundings &surroundings, size_t bodies) {
  shapes.clear();
  surfaces.clear();
  lights.clear();
  for (size_t i = 0; i < newMaterials.count; i++) surfaces.push_back(surface(newMaterials.items[i], *this));
  for (size_t i = 0; i < newShapes.count; i++) shapes.push_back(shape(newShapes.items[i], *this));
  for (size_t i = 0; i < newLights.count; i++) lights.push_back(source(newLights.items[i]));
  if (shapes.size() > 0xFFFF) throw std::length_error("more than 65535 visible shapes");
  ambient = vector(surroundings.ambient);
  zenith = vector(surroundings.zenith);
  horizon = vector(surroundings.horizon);
  nadir = vector(surroundings.nadir);
  bodyCount = bodies;
}

}  // namespace tracer
