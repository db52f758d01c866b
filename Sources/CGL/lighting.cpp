// What each light's map must hold.
#include <algorithm>

#include "failure.h"
#include "frame.h"

namespace graphics {

void Frame::addLights() {
  // Blocks begin at multiples of 256 bytes.
  rows.resize((rows.size() + 15) / 16 * 16);
  firstLight = int(rows.size());
  hasShadingPlanes = false;
  rows.resize(rows.size() + scene->lights.size() * kRowsOfLight);
  for (size_t i = 0; i < scene->lights.size(); i++) {
    const Light &light = scene->lights[i];
    std::vector<int> casters, planes;
    for (size_t k = 0; k < placed.size() && light.castsShadow; k++) {
      const Placed &p = placed[k];
      if (p.shape->kind != CSCENE_PLANE) {
        if (casts(light, int(k))) casters.push_back(int(k));
      } else if (dot(p.axes.z, light.kind == CSCENE_DIRECTIONAL ? light.toward : light.position - p.axes.origin) <= 0) {
        planes.push_back(firstShape + kRowsOfShape * int(k));
      }
    }
    hasShadingPlanes |= !planes.empty();
    bool isCube = light.kind == CSCENE_POINT || (light.kind == CSCENE_SPOT && light.outerCosine < 0.35f);
    int map = -1;
    if (!casters.empty()) {
      if (light.kind == CSCENE_DIRECTIONAL) {
        map = addParallelMap(light, casters);
      } else if (isCube) {
        const Vector faces[6][2] = {
            {{1, 0, 0}, {0, 1, 0}}, {{-1, 0, 0}, {0, 1, 0}}, {{0, 1, 0}, {1, 0, 0}},
            {{0, -1, 0}, {1, 0, 0}}, {{0, 0, 1}, {1, 0, 0}}, {{0, 0, -1}, {1, 0, 0}}};
        map = int(rows.size());
        // A little beyond 90°, so that filtering at a face's border finds texels of its own.
        int edge = mapSize / 2;
        float tangent = float(edge) / float(edge - (mapSize > 1024 ? 84 : 4));
        for (auto &face : faces) addMap(light, casters, face[0], face[1], tangent, edge);
      } else {
        float sine = std::sqrt(1 - light.outerCosine * light.outerCosine);
        Vector forward = light.toward * -1;
        Vector right = normalized(cross(forward, std::fabs(forward.z) < 0.9f ? Vector{0, 0, 1} : Vector{1, 0, 0}));
        map = addMap(light, casters, forward, right, sine / light.outerCosine * 1.05f, mapSize);
      }
    }
    Row *record = &rows[size_t(firstLight) + i * kRowsOfLight];
    Vector place = light.kind == CSCENE_DIRECTIONAL ? light.toward : light.position;
    record[0] = {place.x, place.y, place.z, float(light.kind)};
    record[1] = {light.color.x, light.color.y, light.color.z, light.softness};
    record[2] = {light.toward.x, light.toward.y, light.toward.z, float(map < 0 ? map : map - firstLight)};
    record[3] = {light.innerCosine, light.outerCosine, isCube ? 1.0f : 0.0f, float(instances.size())};
    record[4] = {float(planes.size()), 0, 0, 0};
    instances.insert(instances.end(), planes.begin(), planes.end());
  }
  if (int(rows.size()) - firstLight > kMostLightRows)
    throw Failure(CGL_TOO_LARGE, "a scene has " + std::to_string(scene->lights.size()) + " lights with their shadows");
}

/// Floors and walls would spread a map over the whole room. They cast no shadow on what lies wholly before one of their
/// lit faces: a ray from there to the light never comes behind that face.
bool Frame::casts(const Light &light, int index) const {
  const Placed &p = placed[size_t(index)];
  if (p.shape->kind != CSCENE_BOX || p.radius < 0.5f) return true;
  const std::pair<Vector, float> axes[3] = {{p.axes.x, p.size.x}, {p.axes.y, p.size.y}, {p.axes.z, p.size.z}};
  auto isLit = [&](Vector n, float offset) {
    return light.kind == CSCENE_DIRECTIONAL ? dot(n, light.toward) > 0 : dot(n, light.position) > offset;
  };
  for (size_t other = 0; other < placed.size(); other++) {
    if (int(other) == index) continue;
    bool isBefore = false;
    for (auto [axis, half] : axes)
      for (float sign : {1.0f, -1.0f}) {
        Vector n = axis * sign;
        float offset = dot(n, p.center) + half;
        // What sinks in by less than a centimetre is hidden in the face, not behind it.
        float least = dot(n, placed[other].center) - placed[other].reach(n) + 0.01f;
        isBefore |= least >= offset && isLit(n, offset);
      }
    if (!isBefore) return true;
  }
  return false;
}

/// A map over the casters' bounds: beyond them nothing is in their shadow.
int Frame::addParallelMap(const Light &light, const std::vector<int> &casters) {
  Axes axes;
  axes.x = light.toward * -1;
  axes.y = normalized(cross(light.toward, std::fabs(light.toward.z) < 0.9f ? Vector{0, 0, 1} : Vector{1, 0, 0}));
  axes.z = cross(axes.x, axes.y);
  float low[3] = {INFINITY, INFINITY, INFINITY}, high[3] = {-INFINITY, -INFINITY, -INFINITY};
  const Vector *directions[3] = {&axes.x, &axes.y, &axes.z};
  for (int index : casters) {
    const Placed &p = placed[size_t(index)];
    for (int i = 0; i < 3; i++) {
      float middle = dot(p.center, *directions[i]), reach = p.reach(*directions[i]);
      low[i] = std::min(low[i], middle - reach);
      high[i] = std::max(high[i], middle + reach);
    }
  }
  float edge = std::max(high[1] - low[1], high[2] - low[2]);
  float texel = edge / float(mapSize - 8), far = (high[0] - low[0]) * 1.001f + 1e-3f;
  axes.origin = axes.x * low[0] + axes.y * ((low[1] + high[1]) / 2) + axes.z * ((low[2] + high[2]) / 2);
  Pass pass = {int(rows.size()), mapLayers++, mapSize, mapSize, true, grouped(casters)};
  addView(axes, 0, far, texel, mapSize, mapSize, pass.layer, true);
  maps.push_back(std::move(pass));
  return maps.back().viewRow;
}

int Frame::addMap(
    const Light &light, const std::vector<int> &casters, Vector forward, Vector right, float tangent, int size) {
  Axes axes = {forward, right, cross(forward, right), light.position};
  float far = 0;
  std::vector<int> seen;
  for (int index : casters) {
    const Placed &p = placed[size_t(index)];
    Vector to = p.center - light.position;
    float depth = dot(to, forward);
    bool isSeen = depth + p.radius > 0;
    for (Vector side : {axes.y, axes.z})
      isSeen &= std::fabs(dot(to, side)) - p.radius * std::sqrt(1 + tangent * tangent) <= tangent * depth;
    if (!isSeen) continue;
    far = std::max(far, depth + p.radius);
    seen.push_back(index);
  }
  Pass pass = {int(rows.size()), mapLayers++, size, size, false, grouped(seen)};
  addView(axes, 0, far * 1.001f + 1e-3f, 2 * tangent / float(size), size, size, pass.layer, false);
  maps.push_back(std::move(pass));
  return maps.back().viewRow;
}

}  // namespace graphics
