// Light on surfaces: Lambert and GGX, hemispheric ambient with closed-form contact occlusion, tone curve.
#pragma once
#include "shadows.h"
#include "surface.h"

PACKET_CODE_BEGIN
namespace tracer {

/// Sets direction, irradiance across the beam and the lanes that `light` can reach.
static inline bool aim(Tile &tile, const Light &light) {
  bool isAnyLit = false;
  for (int row = 0; row < tile.rows; row++) {
    I lit = tile.shape[row] >= 0;
    tile.visible[row] = 0.0f;
    if (light.kind == CSCENE_DIRECTIONAL) {
      tile.toLight[row] = splat(light.toward);
      tile.irradiance[row] = 1.0f;
    } else {
      Vectors to = splat(light.position) - tile.point[row];
      F square = maximum(dot(to, to), 1e-6f), inverse = 1.0f / squareRoot(square);
      tile.toLight[row] = to * inverse;
      F strength = inverse * inverse;
      if (light.kind == CSCENE_SPOT)
        strength *= smoothstep(light.outerCosine, light.innerCosine, dot(tile.toLight[row], splat(light.toward)));
      tile.irradiance[row] = strength;
    }
    lit &= (dot(tile.normal[row], tile.toLight[row]) > 0.0f) & (tile.irradiance[row] > 0.0f);
    tile.lit[row] = lit;
    isAnyLit |= any(lit);
  }
  return isAnyLit;
}

PACKET_INLINE F fifthPower(F v) {
  F square = v * v;
  return square * square * v;
}

/// Adds the light's share. A white matte surface that faces irradiance 1 shines with 1: the exposure is π.
static inline void shade(Tile &tile, const Light &light) {
  for (int row = 0; row < tile.rows; row++) {
    if (!any(tile.visible[row] > 0.0f)) continue;
    Vectors n = tile.normal[row], l = tile.toLight[row], v = tile.toEye[row];
    F nl = maximum(dot(n, l), 0.0f), nv = maximum(dot(n, v), 1e-3f);
    Vectors h = normalized(l + v);
    F nh = dot(n, h), vh = maximum(dot(v, h), 0.0f);
    F alpha = maximum(tile.roughness[row] * tile.roughness[row], 0.02f), a2 = alpha * alpha;
    F spread = nh * nh * (a2 - 1.0f) + 1.0f, k = alpha * 0.5f;
    // π · GGX distribution · Schlick-Smith visibility · Schlick Fresnel
    F masking = 4.0f * (nl * (1.0f - k) + k) * (nv * (1.0f - k) + k);
    F highlight = a2 / (spread * spread * masking) * tile.specular[row] * (0.08f + 0.92f * fifthPower(1.0f - vh));
    F strength = nl * tile.irradiance[row] * tile.visible[row];
    F shine = highlight * strength;
    tile.radiance[row].x += (tile.albedo[row].x * strength + shine) * light.color.x;
    tile.radiance[row].y += (tile.albedo[row].y * strength + shine) * light.color.y;
    tile.radiance[row].z += (tile.albedo[row].z * strength + shine) * light.color.z;
  }
}

/// The box about a tile's points whose lanes are in `wanted`, along the world's axes.
struct Box {
  Vector lower, upper;
};
static inline Box boxOf(const Tile &tile, const I *wanted) {
  Vectors lower = splat(Vector{kInfinity, kInfinity, kInfinity}), upper = splat(Vector{-kInfinity, -kInfinity, -kInfinity});
  for (int row = 0; row < tile.rows; row++) {
    const Vectors &p = tile.point[row];
    lower = select(wanted[row], Vectors{minimum(p.x, lower.x), minimum(p.y, lower.y), minimum(p.z, lower.z)}, lower);
    upper = select(wanted[row], Vectors{maximum(p.x, upper.x), maximum(p.y, upper.y), maximum(p.z, upper.z)}, upper);
  }
  return {{least(lower.x), least(lower.y), least(lower.z)}, {greatest(upper.x), greatest(upper.y), greatest(upper.z)}};
}

constexpr float kReach = 0.09f;  // metres along the normal at which other solids are looked for

/// How much the solid takes from the openness of the points in `wanted`, by its distance from points `kReach` above.
static inline void occlude(Tile &tile, const I *wanted, const Placed &solid, int index) {
  constexpr float kStrength = 0.75f;
  for (int row = 0; row < tile.rows; row++) {
    I other = wanted[row] & (tile.shape[row] != index);
    if (!any(other)) continue;
    F d = distance(solid.solid, toLocal(solid.worldFromShape, tile.point[row] + tile.normal[row] * F(kReach)));
    F near = maximum(1.0f - d * (1 / kReach), 0.0f);
    tile.openness[row] = minimum(tile.openness[row], other ? 1.0f - kStrength * near * near : F(1.0f));
  }
}

/// How open the points in `wanted` are to light from everywhere: the nearest other solid decides.
static inline void occlude(const Scene &scene, Tile &tile, const I *wanted) {
  Box box = boxOf(tile, wanted);
  Vector middle = (box.lower + box.upper) * 0.5f;
  constexpr float far = 2 * kReach;
  float limit = far + length(box.upper - middle);
  for (size_t first = 0; first < scene.placed.size(); first += kLanes) {
    I isNear = (eight(scene.lowerX, first) <= box.upper.x + far) & (eight(scene.upperX, first) >= box.lower.x - far) &
               (eight(scene.lowerY, first) <= box.upper.y + far) & (eight(scene.upperY, first) >= box.lower.y - far) &
               (eight(scene.lowerZ, first) <= box.upper.z + far) & (eight(scene.upperZ, first) >= box.lower.z - far);
    for (unsigned bits = bitsOf(isNear); bits; bits &= bits - 1) {
      size_t index = first + unsigned(__builtin_ctz(bits));
      const Placed &solid = scene.placed[index];
      bool isApart = distance(solid.solid, splat(toLocal(solid.worldFromShape, middle)))[0] > limit;
      if (!isApart && !solid.mesh) occlude(tile, wanted, solid, int(index));
    }
  }
}

/// Sets `openness`. It changes slowly: samples of a pixel that see the same face share one value.
static inline void open(const Scene &scene, Tile &tile) {
  I wanted[kRows];
  bool isAnyWanted = false;
  for (int row = 0; row < tile.rows; row++) {
    I isSame = (tile.shape[row] == tile.openShape[row]) & (dot(tile.normal[row], tile.openNormal[row]) > 0.9f);
    wanted[row] = (tile.shape[row] >= 0) & ~isSame;
    isAnyWanted |= any(wanted[row]);
    tile.openness[row] = wanted[row] ? F(1.0f) : tile.openness[row];
    tile.openShape[row] = wanted[row] ? tile.shape[row] : tile.openShape[row];
    tile.openNormal[row] = select(wanted[row], tile.normal[row], tile.openNormal[row]);
  }
  if (isAnyWanted) occlude(scene, tile, wanted);
}

static inline void ambient(const Scene &scene, Tile &tile) {
  for (int row = 0; row < tile.rows; row++) {
    Vectors n = tile.normal[row], v = tile.toEye[row];
    // From ¾ of the ambient light on undersides to 5/4 on tops; a little by heading, so that walls in shade differ.
    F tilt = (1.0f + n.z * 0.25f + n.x * 0.08f - n.y * 0.06f) * tile.openness[row];
    F nv = clamped(dot(n, v), 0.0f, 1.0f), smooth = 1.0f - tile.roughness[row];
    F fresnel = tile.specular[row] * smooth * smooth * (0.08f + 0.92f * fifthPower(1.0f - nv)) * tile.openness[row];
    Vectors mirrored = background(scene, 2.0f * dot(n, v) * n.z - v.z) * fresnel;
    tile.radiance[row].x = tile.albedo[row].x * scene.ambient.x * tilt + mirrored.x;
    tile.radiance[row].y = tile.albedo[row].y * scene.ambient.y * tilt + mirrored.y;
    tile.radiance[row].z = tile.albedo[row].z * scene.ambient.z * tilt + mirrored.z;
  }
}

/// The identity up to 0.7; beyond, a curve that reaches 1 at infinity with the same slope where they meet.
PACKET_INLINE F toneMapped(F v) {
  F y = (v - 0.7f) * (1 / 0.3f);
  F high = 0.7f + 0.3f * y / (1.0f + maximum(y, 0.0f));
  return v <= 0.7f ? maximum(v, 0.0f) : high;
}

}  // namespace tracer
PACKET_CODE_END
