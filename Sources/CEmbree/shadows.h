// Which points of a tile a light reaches.
#pragma once
#include <algorithm>

#include "tile.h"

PACKET_CODE_BEGIN
namespace tracer {

/// A tile's lit points, seen from a light: bounds across it and the least distance along it, or a cone.
struct Bounds {
  float lowU = kInfinity, highU = -kInfinity, lowV = kInfinity, highV = -kInfinity, least = kInfinity;
  Vector axis;
  float cosine = 1, sine = 0, farthest = 0;
};

static inline Bounds boundsAcross(const Tile &tile, const Light &light, const LitFrame &frame) {
  F lowU = kInfinity, highU = -kInfinity, lowV = kInfinity, highV = -kInfinity, low = kInfinity;
  for (int row = 0; row < tile.rows; row++) {
    I lit = tile.lit[row];
    F u = dot(tile.point[row], splat(frame.axisU)), v = dot(tile.point[row], splat(frame.axisV));
    F w = dot(tile.point[row], splat(light.toward));
    lowU = lit ? minimum(lowU, u) : lowU;
    highU = lit ? maximum(highU, u) : highU;
    lowV = lit ? minimum(lowV, v) : lowV;
    highV = lit ? maximum(highV, v) : highV;
    low = lit ? minimum(low, w) : low;
  }
  Bounds b;
  b.lowU = least(lowU);
  b.highU = greatest(highU);
  b.lowV = least(lowV);
  b.highV = greatest(highV);
  b.least = least(low);
  return b;
}

static inline Bounds coneFromLight(const Tile &tile, const Light &light) {
  Vectors sum = splat(Vector{0, 0, 0});
  for (int row = 0; row < tile.rows; row++)
    sum = select(tile.lit[row], sum + tile.toLight[row], sum);
  Bounds b;
  b.axis = normalized(
      Vector{total(sum.x), total(sum.y), total(sum.z)} * -1);
  Vectors axis = splat(b.axis * -1);
  F cosine = 1.0f, farthest = 0.0f;
  for (int row = 0; row < tile.rows; row++) {
    I lit = tile.lit[row];
    Vectors between = tile.point[row] - splat(light.position);
    cosine = lit ? minimum(cosine, dot(tile.toLight[row], axis)) : cosine;
    farthest = lit ? maximum(farthest, dot(between, between)) : farthest;
  }
  b.cosine = least(cosine);
  b.farthest = __builtin_sqrtf(greatest(farthest));
  b.sine = __builtin_sqrtf(std::max(1 - b.cosine * b.cosine, 0.0f));
  return b;
}

/// The shapes that may stand between a tile's lit points and a light.
static inline int findCasters(
    const Scene &scene, const Tile &tile, const Light &light, const LitFrame &frame, uint16_t *casters) {
  int count = 0;
  bool isParallel = light.kind == CSCENE_DIRECTIONAL;
  Bounds b = isParallel ? boundsAcross(tile, light, frame) : coneFromLight(tile, light);
  for (size_t i = 0; i < scene.placed.size(); i += kLanes) {
    I mayCast;
    if (isParallel) {
      F rise = eight(frame.end, i) - b.least, slack = light.softness * rise;
      mayCast = (rise > 0.0f) & (eight(frame.lowU, i) - slack <= b.highU) & (eight(frame.highU, i) + slack >= b.lowU) &
                (eight(frame.lowV, i) - slack <= b.highV) & (eight(frame.highV, i) + slack >= b.lowV);
    } else {
      F cosine = eight(frame.cosine, i);
      F along = eight(frame.directionX, i) * b.axis.x + eight(frame.directionY, i) * b.axis.y +
                eight(frame.directionZ, i) * b.axis.z;
      mayCast = (along >= cosine * b.cosine - eight(frame.sine, i) * b.sine - 1e-4f) | (cosine <= -1.0f);
      if (b.cosine <= 0) mayCast = I(-1);
      mayCast &= eight(frame.nearest, i) <= b.farthest;
    }
    for (unsigned bits = bitsOf(mayCast); bits; bits &= bits - 1) casters[count++] = uint16_t(i + unsigned(__builtin_ctz(bits)));
  }
  return count;
}

/// How shadow rays run: all parallel, all from one point, or each lane its own way (soft).
enum class Beam { parallel, point, softParallel, softPoint };

template <Kind kind, Beam beam> static void cast(Tile &tile, const Placed &p, int index, Vector lightInShape) {
  Vectors fixed = splat(lightInShape);
  for (int row = 0; row < tile.rows; row++) {
    // A convex solid never shades the points of itself that face the light.
    I active = tile.open[row];
    if (kind != Kind::mesh) active &= tile.shape[row] != index;
    if (!any(active)) continue;
    Vectors point = toLocal(p.worldFromShape, tile.point[row]), o, d;
    F far = kInfinity;
    float near = 1e-4f;
    if (beam == Beam::parallel || beam == Beam::softParallel) {
      o = point;
      d = beam == Beam::parallel ? fixed : rotatedBack(p.worldFromShape, tile.toLight[row]);
    } else {
      // From the light to just before the point.
      o = beam == Beam::point ? fixed : toLocal(p.worldFromShape, tile.toLight[row]);
      d = point - o;
      near = 0;
      far = 1.0f - 2e-4f / squareRoot(maximum(dot(d, d), 1e-12f));
    }
    I isHit;
    if constexpr (kind == Kind::mesh) {
      isHit = p.mesh->occluded(inMesh(p, o), inMesh(p, d), near, far, active);
    } else {
      F t = entry<kind>(p.solid, o, d);
      isHit = (t > near) & (t < far);
    }
    tile.open[row] &= ~(isHit & active);
  }
}

template <Beam beam> static void cast(Tile &tile, const Placed &p, int index, Vector lightInShape) {
  switch (p.solid.kind) {
    case Kind::box: return cast<Kind::box, beam>(tile, p, index, lightInShape);
    case Kind::sphere: return cast<Kind::sphere, beam>(tile, p, index, lightInShape);
    case Kind::cylinder: return cast<Kind::cylinder, beam>(tile, p, index, lightInShape);
    case Kind::cone: return cast<Kind::cone, beam>(tile, p, index, lightInShape);
    case Kind::capsule: return cast<Kind::capsule, beam>(tile, p, index, lightInShape);
    case Kind::plane: return cast<Kind::plane, beam>(tile, p, index, lightInShape);
    case Kind::mesh: return cast<Kind::mesh, beam>(tile, p, index, lightInShape);
  }
}

/// Interleaved gradient noise (Jimenez, SIGGRAPH 2014) as a unit vector: a turn for each pixel's samples.
static inline void turns(const Tile &tile, int row, F &cosine, F &sine) {
  F x = laneNumbers() + float(tile.left), y = float(tile.top + row);
  F mixed = x * 0.06711056f + y * 0.00583715f;
  mixed = (mixed - floorOf(mixed)) * 52.9829189f;
  F turn = mixed - floorOf(mixed);
  // A rational circle: quarter by quarter, t ↦ ((1-t²), 2t)/(1+t²).
  F quarter = floorOf(turn * 4.0f), t = turn * 4.0f - quarter;
  F scale = 1.0f / (1.0f + t * t), c = (1.0f - t * t) * scale, s = 2.0f * t * scale;
  I isOdd = (quarter == 1.0f) | (quarter == 3.0f), isBack = quarter >= 2.0f;
  F x1 = isOdd ? -s : c, y1 = isOdd ? c : s;
  cosine = isBack ? -x1 : x1;
  sine = isBack ? -y1 : y1;
}

template <Beam beam>
static inline void castAll(const Scene &scene, Tile &tile, const LitFrame &frame, const uint16_t *casters, int count) {
  for (int i = 0; i < count; i++) {
    int index = casters[i];
    cast<beam>(tile, scene.placed[size_t(index)], index, frame.inShape[size_t(index)]);
  }
}

/// Turns a row's `toLight` to `spot` of the light's disc: the direction of a directional light, the place of another.
static inline void aimAt(Vector spot, Tile &tile, int row, Vectors toward, const Light &light, const LitFrame &frame) {
  F cosine, sine;
  turns(tile, row, cosine, sine);
  F a = (spot.x * cosine - spot.y * sine) * light.softness, b = (spot.x * sine + spot.y * cosine) * light.softness;
  if (light.kind == CSCENE_DIRECTIONAL) {
    tile.toLight[row] = splat(light.toward) + splat(frame.axisU) * a + splat(frame.axisV) * b;
    return;
  }
  Vectors u = normalized(Vectors{toward.y - toward.z, toward.z - toward.x, toward.x - toward.y} + splat(Vector{1e-6f, 0, 0}));
  Vectors v = {toward.y * u.z - toward.z * u.y, toward.z * u.x - toward.x * u.z, toward.x * u.y - toward.y * u.x};
  tile.toLight[row] = splat(light.position) + u * a + v * b;
}

/// Whether the first `rays` rays found a whole row in full light or in full shade.
PACKET_INLINE bool isEven(const Tile &tile, int row, float rays) {
  return !any(tile.lit[row] & (tile.visible[row] > 0.0f)) || !any(tile.lit[row] & (tile.visible[row] < rays));
}

/// From the light's rim inward, for the rim decides: a row that two rays see in full light or shade gets no more.
static inline void castSoft(
    const Scene &scene, Tile &tile, const Light &light, const LitFrame &frame, int sample, const uint16_t *casters,
    int count) {
  constexpr int kFirst = 2;
  int shadowSamples = scene.view.shadowSamples, rays[kRows];
  Vectors toward[kRows];
  for (int row = 0; row < tile.rows; row++) {
    toward[row] = tile.toLight[row];
    tile.visible[row] = 0.0f;
    rays[row] = shadowSamples;
  }
  for (int ray = 0; ray < shadowSamples; ray++) {
    Vector spot = scene.disc[size_t(sample + (shadowSamples - 1 - ray) * scene.view.samples)];
    for (int row = 0; row < tile.rows; row++) {
      if (ray == kFirst && isEven(tile, row, kFirst)) rays[row] = kFirst;
      tile.open[row] = ray < rays[row] ? tile.lit[row] : I(0);
      if (any(tile.open[row])) aimAt(spot, tile, row, toward[row], light, frame);
    }
    if (light.kind == CSCENE_DIRECTIONAL) castAll<Beam::softParallel>(scene, tile, frame, casters, count);
    else castAll<Beam::softPoint>(scene, tile, frame, casters, count);
    for (int row = 0; row < tile.rows; row++) tile.visible[row] += tile.open[row] ? F(1.0f) : F(0.0f);
  }
  for (int row = 0; row < tile.rows; row++) {
    tile.visible[row] *= 1.0f / float(rays[row]);
    tile.toLight[row] = toward[row];
  }
}

/// Sets `visible`, 0…1, for the lanes in `lit`. `sample` is the number of the antialiasing sample.
static inline void findShadows(
    const Scene &scene, Tile &tile, const Light &light, const LitFrame &frame, int sample, uint16_t *casters) {
  int count = findCasters(scene, tile, light, frame, casters);
  bool isParallel = light.kind == CSCENE_DIRECTIONAL;
  if (scene.disc.size() < 2 || light.softness <= 0 || count == 0) {
    for (int row = 0; row < tile.rows; row++) tile.open[row] = tile.lit[row];
    if (isParallel) castAll<Beam::parallel>(scene, tile, frame, casters, count);
    else castAll<Beam::point>(scene, tile, frame, casters, count);
    for (int row = 0; row < tile.rows; row++) tile.visible[row] = tile.open[row] ? F(1.0f) : F(0.0f);
    return;
  }
  castSoft(scene, tile, light, frame, sample, casters, count);
}

}  // namespace tracer
PACKET_CODE_END
