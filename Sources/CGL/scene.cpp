#include "scene.h"

#include "failure.h"

namespace graphics {

static Vector vector(const double *v) { return {float(v[0]), float(v[1]), float(v[2])}; }

static void rotate(const double *q, const double *v, double *result) {
  double x = 2 * (q[1] * v[2] - q[2] * v[1]), y = 2 * (q[2] * v[0] - q[0] * v[2]), z = 2 * (q[0] * v[1] - q[1] * v[0]);
  result[0] = v[0] + q[3] * x + q[1] * z - q[2] * y;
  result[1] = v[1] + q[3] * y + q[2] * x - q[0] * z;
  result[2] = v[2] + q[3] * z + q[0] * y - q[1] * x;
}

Axes axesOf(const double *pose) {
  double x = pose[3], y = pose[4], z = pose[5], w = pose[6];
  return {
      {float(1 - 2 * (y * y + z * z)), float(2 * (x * y + w * z)), float(2 * (x * z - w * y))},
      {float(2 * (x * y - w * z)), float(1 - 2 * (x * x + z * z)), float(2 * (y * z + w * x))},
      {float(2 * (x * z + w * y)), float(2 * (y * z - w * x)), float(1 - 2 * (x * x + y * y))},
      vector(pose)};
}

Axes axesOf(const double *outer, const double *local) {
  const double *a = outer + 3, *b = local + 3;
  double pose[7];
  rotate(a, local, pose);
  for (int i = 0; i < 3; i++) pose[i] += outer[i];
  pose[3] = a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1];
  pose[4] = a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0];
  pose[5] = a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3];
  pose[6] = a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2];
  return axesOf(pose);
}

static Light source(const cscene_light &l) {
  Vector toward = normalized(vector(l.direction)) * -1;
  float inner = float(std::cos(l.inner_angle)), outer = float(std::cos(l.outer_angle));
  // A cone with no soft edge still needs an edge.
  if (inner <= outer) inner = outer + 1e-4f;
  // A directional light's half angle becomes the radius of its disc at distance 1.
  float softness = l.kind == CSCENE_DIRECTIONAL ? std::tan(l.softness) : l.softness;
  return {l.kind, vector(l.position), toward, {l.color[0], l.color[1], l.color[2]}, inner, outer, softness,
          l.casts_shadow};
}

Scene::Scene(
    Assets &assets, const cscene_shape *shapes, size_t shapeCount, const cscene_material *materials, size_t materialCount,
    const cscene_light *lights, size_t lightCount, const cscene_surroundings &surroundings)
    : assets(assets), shapes(shapes, shapes + shapeCount), materials(materials, materials + materialCount),
      surroundings(surroundings) {
  for (size_t i = 0; i < lightCount; i++) this->lights.push_back(source(lights[i]));
  countHandle(1);
}

Scene::~Scene() { countHandle(-1); }

int Scene::patterns() const {
  int result = 0;
  for (const cscene_material &m : materials) {
    if (m.texture == CSCENE_CHECKER || m.texture == CSCENE_STRIPES) result |= 1;
    if (m.texture == CSCENE_NOISE || m.texture == CSCENE_WOOD) result |= 2;
    if (m.texture == CSCENE_IMAGE) result |= 4;
  }
  return result;
}

/// Half edges or radius and half length, as the shaders take them; and half the edges of the bounding box.
static Vector sizeOf(const cscene_shape &s, Vector &half) {
  float a = float(s.size[0]), b = float(s.size[1]), c = float(s.size[2]);
  switch (s.kind) {
    case CSCENE_BOX: return half = {a / 2, b / 2, c / 2};
    case CSCENE_SPHERE: half = {a, a, a}; return {a, 0, 0};
    case CSCENE_CYLINDER:
    case CSCENE_CONE: half = {a, a, b / 2}; return {a, b / 2, 0};
    case CSCENE_CAPSULE: half = {a, a, a + b / 2}; return {a, b / 2, 0};
    case CSCENE_PLANE: half = {a / 2, a / 2, 0}; return {a / 2, 0, 0};
  }
  return half = {0, 0, 0};
}

std::vector<Placed> Scene::placed(const double *worldFromBody) const {
  std::vector<Placed> result;
  result.reserve(shapes.size());
  for (const cscene_shape &shape : shapes) {
    Placed p = {};
    p.shape = &shape;
    p.axes = axesOf(worldFromBody + 7 * shape.body, shape.body_from_shape);
    Vector half, middle = {0, 0, 0};
    p.size = sizeOf(shape, half);
    if (shape.kind == CSCENE_MESH) {
      p.mesh = &assets.meshes.at(size_t(shape.mesh));
      Vector scale = vector(shape.size), low = p.mesh->lower, high = p.mesh->upper;
      middle = {(low.x + high.x) / 2 * scale.x, (low.y + high.y) / 2 * scale.y, (low.z + high.z) / 2 * scale.z};
      half = {(high.x - low.x) / 2 * scale.x, (high.y - low.y) / 2 * scale.y, (high.z - low.z) / 2 * scale.z};
    }
    p.center = p.axes.origin + turned(p.axes, middle);
    p.halfX = p.axes.x * half.x;
    p.halfY = p.axes.y * half.y;
    p.halfZ = p.axes.z * half.z;
    p.radius = length(half);
    result.push_back(p);
  }
  return result;
}

static bool contains(const cscene_shape &shape, Vector s, Vector p) {
  float radial = std::sqrt(p.x * p.x + p.y * p.y);
  switch (shape.kind) {
    case CSCENE_BOX: return std::fabs(p.x) < s.x && std::fabs(p.y) < s.y && std::fabs(p.z) < s.z;
    case CSCENE_SPHERE: return length(p) < s.x;
    case CSCENE_CYLINDER: return radial < s.x && std::fabs(p.z) < s.y;
    case CSCENE_CONE: return std::fabs(p.z) < s.y && radial < s.x * (s.y - p.z) / (2 * s.y);
    case CSCENE_CAPSULE: return std::hypot(radial, std::fmax(std::fabs(p.z) - s.y, 0.0f)) < s.x;
    case CSCENE_PLANE: return p.z < 0 && std::fabs(p.x) < s.x && std::fabs(p.y) < s.x;
  }
  return false;
}

int Scene::enclosingBody(const double *worldFromBody, const cgl_view &view, int except) const {
  Vector eye = vector(view.world_from_camera);
  for (const Placed &p : placed(worldFromBody)) {
    if (p.shape->body == except) continue;
    Vector at = toLocal(p.axes, eye), scale = vector(p.shape->size);
    bool inside = p.mesh ? p.mesh->contains({at.x / scale.x, at.y / scale.y, at.z / scale.z})
                         : contains(*p.shape, p.size, at);
    if (inside) return p.shape->body;
  }
  return -1;
}

}  // namespace graphics
