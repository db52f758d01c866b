// Once a frame: where every shape is, and which tiles and lights it can matter to.
#include <algorithm>
#include <cmath>

#include "scene.h"

PACKET_CODE_BEGIN
namespace tracer {

constexpr int kEncodeSteps = 8192;

Scene::Scene() {
  for (int i = 0; i < 256; i++) {
    double v = i / 255.0;
    decode[i] = float(v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
  }
  encode.resize(kEncodeSteps + 1);
  for (int i = 0; i <= kEncodeSteps; i++) {
    double v = i / double(kEncodeSteps);
    double s = v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    encode[size_t(i)] = uint8_t(std::lround(s * 255));
  }
}

static void rotate(const double *q, const double *v, double *result) {
  double tx = 2 * (q[1] * v[2] - q[2] * v[1]), ty = 2 * (q[2] * v[0] - q[0] * v[2]), tz = 2 * (q[0] * v[1] - q[1] * v[0]);
  result[0] = v[0] + q[3] * tx + q[1] * tz - q[2] * ty;
  result[1] = v[1] + q[3] * ty + q[2] * tx - q[0] * tz;
  result[2] = v[2] + q[3] * tz + q[0] * ty - q[1] * tx;
}

static Frame frame(const double *position, const double *q) {
  double x = q[0], y = q[1], z = q[2], w = q[3];
  return {
      {float(1 - 2 * (y * y + z * z)), float(2 * (x * y + w * z)), float(2 * (x * z - w * y))},
      {float(2 * (x * y - w * z)), float(1 - 2 * (x * x + z * z)), float(2 * (y * z + w * x))},
      {float(2 * (x * z + w * y)), float(2 * (y * z - w * x)), float(1 - 2 * (x * x + y * y))},
      {float(position[0]), float(position[1]), float(position[2])}};
}

static Frame worldFromShape(const double *body, const Placement &local) {
  const double *a = body + 3, *b = local.orientation;
  double q[4] = {
      a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1], a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
      a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3], a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2]};
  double p[3];
  rotate(a, local.position, p);
  for (int i = 0; i < 3; i++) p[i] += body[i];
  return frame(p, q);
}

void Scene::setView(const cembree_view &v) {
  Frame camera = frame(v.world_from_camera, v.world_from_camera + 3);
  float pixel = float(2 * std::tan(v.fov_degrees * (M_PI / 360)) / v.height);
  view = {camera.origin, camera.x, camera.y * -pixel, camera.z * -pixel, float(v.near_depth), float(v.far_depth), pixel,
          v.width, v.height, v.samples_per_pixel, v.shadow_samples};
  // Vogel's spiral: point k at radius √((k + ½)/n), turned by the golden angle each time.
  int count = v.samples_per_pixel * v.shadow_samples;
  disc.resize(size_t(count));
  double x = 1, y = 0;
  constexpr double cosine = -0.73736887807831990, sine = 0.67549029426152362;
  for (int k = 0; k < count; k++) {
    double radius = std::sqrt((k + 0.5) / count);
    disc[size_t(k)] = {float(radius * x), float(radius * y), 0};
    double turned = x * cosine - y * sine;
    y = x * sine + y * cosine;
    x = turned;
  }
}

static Vector absoluteSum(Vector a, Vector b, Vector c) {
  return {
      std::fabs(a.x) + std::fabs(b.x) + std::fabs(c.x), std::fabs(a.y) + std::fabs(b.y) + std::fabs(c.y),
      std::fabs(a.z) + std::fabs(b.z) + std::fabs(c.z)};
}

void Scene::place(const double *worldFromBody, const cembree_view &v) {
  setView(v);
  placed.resize(shapes.size());
  for (size_t i = 0; i < shapes.size(); i++) {
    const Shape &shape = shapes[i];
    Placed &p = placed[i];
    p.solid = shape.solid;
    p.mesh = shape.mesh;
    p.meshScale = shape.meshScale;
    p.body = shape.body;
    p.material = shape.material;
    p.worldFromShape = worldFromShape(worldFromBody + 7 * shape.body, shape.bodyFromShape);
    Vector half = halfExtent(shape.solid), middle = {0, 0, 0};
    if (shape.mesh) {
      Vector low = shape.mesh->lower, high = shape.mesh->upper, s = shape.meshScale;
      middle = {(low.x + high.x) / 2 * s.x, (low.y + high.y) / 2 * s.y, (low.z + high.z) / 2 * s.z};
      half = {
          (high.x - low.x) / 2 * std::fabs(s.x), (high.y - low.y) / 2 * std::fabs(s.y),
          (high.z - low.z) / 2 * std::fabs(s.z)};
    }
    const Frame &f = p.worldFromShape;
    p.center = f.origin + rotated(f, middle);
    p.axisX = f.x * half.x;
    p.axisY = f.y * half.y;
    p.axisZ = f.z * half.z;
    p.radius = length(half);
    sight(p);
  }
  nearToFar.resize(placed.size());
  for (size_t i = 0; i < placed.size(); i++) nearToFar[i] = uint16_t(i);
  std::sort(nearToFar.begin(), nearToFar.end(), [&](uint16_t a, uint16_t b) {
    return placed[a].nearest < placed[b].nearest || (placed[a].nearest == placed[b].nearest && a < b);
  });
  bound();
  lit.resize(lights.size());
  for (size_t i = 0; i < lights.size(); i++) relate(i);
}

void Scene::bound() {
  size_t padded = (placed.size() + kLanes - 1) / kLanes * kLanes;
  for (auto *list : {&lowerX, &lowerY, &lowerZ}) list->assign(padded, kInfinity);
  for (auto *list : {&upperX, &upperY, &upperZ}) list->assign(padded, -kInfinity);
  for (size_t i = 0; i < placed.size(); i++) {
    const Placed &p = placed[i];
    Vector reach = absoluteSum(p.axisX, p.axisY, p.axisZ), lower = p.center - reach, upper = p.center + reach;
    lowerX[i] = lower.x;
    lowerY[i] = lower.y;
    lowerZ[i] = lower.z;
    upperX[i] = upper.x;
    upperY[i] = upper.y;
    upperZ[i] = upper.z;
  }
}

void Scene::sight(Placed &p) const {
  const Frame &f = p.worldFromShape;
  p.eye = toLocal(f, view.eye);
  p.forward = rotatedBack(f, view.forward);
  p.right = rotatedBack(f, view.right);
  p.down = rotatedBack(f, view.down);
  p.left = p.top = p.nearest = kInfinity;
  p.rightEdge = p.bottom = -kInfinity;
  // The bounding box is seen from just before `near` on: its corners there, and where its edges come through.
  float cut = std::max(view.near * 0.999f, 1e-4f), inverse = 1 / (view.pixelAngle * view.pixelAngle);
  Vector middle = p.center - view.eye, seen[8];  // right, down, forward
  for (int corner = 0; corner < 8; corner++) {
    Vector q = middle + p.axisX * (corner & 1 ? 1.f : -1.f) + p.axisY * (corner & 2 ? 1.f : -1.f) +
               p.axisZ * (corner & 4 ? 1.f : -1.f);
    seen[corner] = {dot(q, view.right) * inverse, dot(q, view.down) * inverse, dot(q, view.forward)};
    p.nearest = std::min(p.nearest, seen[corner].z);
  }
  float margin = 1 + 1e-6f * (length(middle) + p.radius) / (std::max(p.nearest, cut) * view.pixelAngle);
  auto include = [&](float x, float y) {
    p.left = std::min(p.left, x - margin);
    p.rightEdge = std::max(p.rightEdge, x + margin);
    p.top = std::min(p.top, y - margin);
    p.bottom = std::max(p.bottom, y + margin);
  };
  for (int corner = 0; corner < 8; corner++) {
    Vector a = seen[corner];
    if (a.z >= cut) include(a.x / a.z + float(view.width) / 2, a.y / a.z + float(view.height) / 2);
    for (int axis = 1; axis < 8 && p.nearest < cut; axis *= 2) {
      Vector b = seen[corner ^ axis];
      if (a.z < cut || b.z >= cut) continue;
      Vector through = a + (b - a) * ((a.z - cut) / (a.z - b.z));
      include(through.x / cut + float(view.width) / 2, through.y / cut + float(view.height) / 2);
    }
  }
  p.nearest -= 1e-4f * (1 + std::fabs(p.nearest));
}

void Scene::relate(size_t index) {
  const Light &l = lights[index];
  LitFrame &f = lit[index];
  size_t n = placed.size();
  f.axisU = normalized(cross(l.toward, std::fabs(l.toward.z) < 0.9f ? Vector{0, 0, 1} : Vector{1, 0, 0}));
  f.axisV = cross(l.toward, f.axisU);
  f.inShape.resize(n);
  size_t padded = (n + kLanes - 1) / kLanes * kLanes;
  bool isParallel = l.kind == CSCENE_DIRECTIONAL;
  for (auto *list : {&f.lowU, &f.highU, &f.lowV, &f.highV}) list->assign(isParallel ? padded : 0, 0);
  f.end.assign(isParallel ? padded : 0, -kInfinity);
  for (auto *list : {&f.directionX, &f.directionY, &f.directionZ, &f.cosine, &f.sine})
    list->assign(isParallel ? 0 : padded, 0);
  f.nearest.assign(isParallel ? 0 : padded, kInfinity);
  for (size_t i = 0; i < n; i++) {
    const Placed &p = placed[i];
    f.inShape[i] = isParallel ? rotatedBack(p.worldFromShape, l.toward) : toLocal(p.worldFromShape, l.position);
    // A light above a plane casts no shadow of it on anything above.
    if (p.solid.kind == Kind::plane && f.inShape[i].z > 0) continue;
    if (isParallel) {
      auto reach = [&](Vector a) { return std::fabs(dot(p.axisX, a)) + std::fabs(dot(p.axisY, a)) + std::fabs(dot(p.axisZ, a)); };
      float u = dot(p.center, f.axisU), v = dot(p.center, f.axisV), w = dot(p.center, l.toward);
      float du = reach(f.axisU) + 1e-3f, dv = reach(f.axisV) + 1e-3f;
      f.lowU[i] = u - du;
      f.highU[i] = u + du;
      f.lowV[i] = v - dv;
      f.highV[i] = v + dv;
      f.end[i] = w + reach(l.toward);
    } else {
      Vector to = p.center - l.position;
      float distance = length(to), radius = p.radius + l.softness + 1e-3f;
      Vector direction = normalized(to);
      f.directionX[i] = direction.x;
      f.directionY[i] = direction.y;
      f.directionZ[i] = direction.z;
      f.sine[i] = distance > radius ? radius / distance : 1;
      f.cosine[i] = distance > radius ? std::sqrt(1 - f.sine[i] * f.sine[i]) : -1;
      f.nearest[i] = distance - radius;
    }
  }
}

int Scene::enclosingBody(int except) const {
  for (const Placed &p : placed) {
    if (p.body == except) continue;
    Vector eye = p.eye;
    bool inside = p.mesh ? p.mesh->contains({eye.x / p.meshScale.x, eye.y / p.meshScale.y, eye.z / p.meshScale.z})
                         : contains(p.solid, eye);
    if (inside) return p.body;
  }
  return -1;
}

}  // namespace tracer
PACKET_CODE_END
