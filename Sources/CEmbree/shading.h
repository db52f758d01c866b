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
    if (light.kind == CEMBREE_DIRECTIONAL) {
      tile.toLight[row] = splat(light.toward);
      tile.irradiance[row] = 1.0f;
    } else {
      Vectors to = splat(light.position) - tile.point[row];
      F square = maximum(dot(to, to), 1e-6f), inverse = 1.0f / squareRoot(square);
      tile.toLight[row] = to * inverse;
      F strength = inverse * inverse;
      if (light.kind == CEMBREE_SPOT)
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

/// How open each point is to light from everywhere, by the distance to nearby solids at two steps along the normal.
static inline void occlude(const Scene &scene, const Tile &tile, F *openness) {
  constexpr float kSteps[2] = {0.03f, 0.12f}, kWeights[2] = {0.35f, 0.4f};
  Vector lower = {kInfinity, kInfinity, kInfinity}, upper = {-kInfinity, -kInfinity, -kInfinity};
  for (int row = 0; row < tile.rows; row++) {
    openness[row] = 1.0f;
    I hit = tile.shape[row] >= 0;
    if (!any(hit)) continue;
    const Vectors &p = tile.point[row];
    F high = kInfinity, low = -kInfinity;
    lower.x = std::min(lower.x, least(hit ? p.x : high));
    lower.y = std::min(lower.y, least(hit ? p.y : high));
    lower.z = std::min(lower.z, least(hit ? p.z : high));
    upper.x = std::max(upper.x, greatest(hit ? p.x : low));
    upper.y = std::max(upper.y, greatest(hit ? p.y : low));
    upper.z = std::max(upper.z, greatest(hit ? p.z : low));
  }
  constexpr float reach = 2 * kSteps[1];
  for (size_t i = 0; i < scene.placed.size(); i++) {
    const Placed &s = scene.placed[i];
    bool isApart = s.lower.x - reach > upper.x || s.lower.y - reach > upper.y || s.lower.z - reach > upper.z ||
                   s.upper.x + reach < lower.x || s.upper.y + reach < lower.y || s.upper.z + reach < lower.z;
    if (isApart || s.mesh) continue;
    for (int row = 0; row < tile.rows; row++) {
      I other = (tile.shape[row] >= 0) & (tile.shape[row] != int(i));
      if (!any(other)) continue;
      Vectors p = toLocal(s.worldFromShape, tile.point[row]), n = rotatedBack(s.worldFromShape, tile.normal[row]);
      F closed = 0.0f;
      for (int step = 0; step < 2; step++) {
        F d = distance(s.solid, p + n * F(kSteps[step]));
        closed += kWeights[step] * maximum(1.0f - d * (1 / kSteps[step]), 0.0f);
      }
      openness[row] *= other ? 1.0f - closed : F(1.0f);
    }
  }
}

static inline void ambient(const Scene &scene, Tile &tile) {
  F openness[kRows];
  occlude(scene, tile, openness);
  for (int row = 0; row < tile.rows; row++) {
    Vectors n = tile.normal[row], v = tile.toEye[row];
    // Two thirds to 4/3 of the ambient light from below to above.
    F tilt = (1.0f + n.z * 0.25f) * openness[row];
    F nv = clamped(dot(n, v), 0.0f, 1.0f), smooth = 1.0f - tile.roughness[row];
    F fresnel = tile.specular[row] * smooth * smooth * (0.08f + 0.92f * fifthPower(1.0f - nv)) * openness[row];
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
