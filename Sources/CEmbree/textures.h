// Patterns over surfaces, in the shape's own metres.
#pragma once
#include <vector>

#include "packet.h"

PACKET_CODE_BEGIN
namespace tracer {

struct Image {
  int width, height;
  std::vector<uint8_t> rgb;
};

enum class Pattern : uint8_t { plain, checker, noise, wood, stripes, image };

struct Surface {
  Vector color, second;
  float roughness, specular;
  Pattern pattern;
  float scale;
  uint32_t seed;
  const Image *image;
};

constexpr uint32_t kHashX = 0x8DA6B343u, kHashY = 0xD8163841u, kHashZ = 0xCB1AB31Fu, kHashSeed = 0x9E3779B9u;
PACKET_INLINE U scrambled(U h) {
  h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
  h = (h ^ (h >> 12)) * 0x297A2D39u;
  return h ^ (h >> 15);
}
PACKET_INLINE U hashed(U x, U y, U z, uint32_t seed) {
  return scrambled(x * kHashX + y * kHashY + z * kHashZ + seed * kHashSeed);
}
/// The top 24 bits of a scrambled lattice corner as a number in [0, 1).
PACKET_INLINE F cornerValue(U corner) { return toFloat(toSigned(scrambled(corner) >> 8)) * 0x1p-24f; }

/// Value noise in [0, 1] over a lattice of edge 1.
PACKET_INLINE F latticeNoise(Vectors p, uint32_t seed) {
  F fx = floorOf(p.x), fy = floorOf(p.y), fz = floorOf(p.z);
  F u = p.x - fx, v = p.y - fy, w = p.z - fz;
  u = u * u * (3.0f - 2.0f * u);
  v = v * v * (3.0f - 2.0f * v);
  w = w * w * (3.0f - 2.0f * w);
  U x0 = toUnsigned(toInt(fx)) * kHashX, x1 = x0 + kHashX;
  U y0 = toUnsigned(toInt(fy)) * kHashY, y1 = y0 + kHashY;
  U z0 = toUnsigned(toInt(fz)) * kHashZ + seed * kHashSeed, z1 = z0 + kHashZ;
  U a = y0 + z0, b = y1 + z0, c = y0 + z1, d = y1 + z1;
  F near = mix(mix(cornerValue(x0 + a), cornerValue(x1 + a), u), mix(cornerValue(x0 + b), cornerValue(x1 + b), u), v);
  F far = mix(mix(cornerValue(x0 + c), cornerValue(x1 + c), u), mix(cornerValue(x0 + d), cornerValue(x1 + d), u), v);
  return mix(near, far, w);
}

/// Octaves of noise in [0, 1]; those finer than `footprint` (in lattice edges) fade to their mean.
PACKET_INLINE F fractalNoise(Vectors p, F footprint, uint32_t seed) {
  F sum = 0.0f, amplitude = 0.5f, total = 0.0f;
  for (uint32_t octave = 0; octave < 3; octave++) {
    F strength = clamped(1.5f - footprint, 0.0f, 1.0f);
    if (any(strength > 0.0f)) sum += amplitude * strength * (latticeNoise(p, seed + octave) - 0.5f);
    total += amplitude;
    amplitude *= 0.5f;
    p = p * F(2.03f) + splat(Vector{17.3f, 31.7f, 11.1f});
    footprint *= 2.03f;
  }
  return clamped(0.5f + sum / total, 0.0f, 1.0f);
}

/// A square wave of period 2, in -1…1, averaged over a window of width `w`.
PACKET_INLINE F filteredSquareWave(F x, F w) {
  F a = (x - 0.5f * w) * 0.5f, b = (x + 0.5f * w) * 0.5f;
  a = absolute(a - floorOf(a) - 0.5f);
  b = absolute(b - floorOf(b) - 0.5f);
  return 2.0f * (a - b) / w;
}

/// The two coordinates across the axis along which `n` is largest, and how that axis turns a picture upright.
struct Facing {
  F u, v;
};
PACKET_INLINE Facing facing(Vectors p, Vectors n) {
  F x = absolute(n.x), y = absolute(n.y), z = absolute(n.z);
  I isZ = (z >= x) & (z >= y), isX = ~isZ & (x >= y);
  F u = isZ ? p.x : (isX ? (n.x > 0.0f ? p.y : -p.y) : (n.y > 0.0f ? -p.x : p.x));
  return {u, isZ ? p.y : p.z};
}

/// Rings about an axis along x that lies below the surface, bent by noise, with fibres along x.
PACKET_INLINE F wood(Vectors p, F footprint, uint32_t seed) {
  Vectors bend = {p.x * 0.25f, p.y * 0.8f, p.z * 0.8f};
  F wander = latticeNoise(bend, seed) - 0.5f;
  F y = p.y + 1.7f, z = p.z + 5.3f;
  F rings = squareRoot(y * y + z * z) + wander * 1.6f;
  F phase = rings - floorOf(rings);
  // Slow rise, quick fall: early and late wood.
  F ring = phase < 0.8f ? phase * 1.25f : (1.0f - phase) * 5.0f;
  ring = mix(ring * ring, F(0.4f), clamped(footprint * 1.5f - 0.4f, 0.0f, 1.0f));
  Vectors fine = {p.x * 0.7f, p.y * 11.0f, p.z * 11.0f};
  F visible = clamped(1.3f - footprint * 6.0f, 0.0f, 1.0f);
  F fibre = any(visible > 0.0f) ? (latticeNoise(fine, seed + 9) - 0.5f) * 0.5f * visible : F(0.0f);
  return clamped(ring * 0.75f + fibre + 0.1f, 0.0f, 1.0f);
}

/// Bilinear, repeating; linear RGB by `decode`, a table of the 256 sRGB values.
static inline Vectors texel(const Image &image, F u, F v, const float *decode) {
  F x = (u - floorOf(u)) * float(image.width) - 0.5f, y = (1.0f - (v - floorOf(v))) * float(image.height) - 0.5f;
  F fx = floorOf(x), fy = floorOf(y), ax = x - fx, ay = y - fy;
  I ix = toInt(fx), iy = toInt(fy);
  Vectors sum;
  for (int lane = 0; lane < kLanes; lane++) {
    int x0 = (ix[lane] + image.width) % image.width, x1 = (x0 + 1) % image.width;
    int y0 = (iy[lane] + image.height) % image.height, y1 = (y0 + 1) % image.height;
    const uint8_t *a = &image.rgb[size_t(y0 * image.width + x0) * 3], *b = &image.rgb[size_t(y0 * image.width + x1) * 3];
    const uint8_t *c = &image.rgb[size_t(y1 * image.width + x0) * 3], *d = &image.rgb[size_t(y1 * image.width + x1) * 3];
    float s = ax[lane], t = ay[lane], value[3];
    for (int i = 0; i < 3; i++) {
      float upper = decode[a[i]] * (1 - s) + decode[b[i]] * s, lower = decode[c[i]] * (1 - s) + decode[d[i]] * s;
      value[i] = upper * (1 - t) + lower * t;
    }
    sum.x[lane] = value[0];
    sum.y[lane] = value[1];
    sum.z[lane] = value[2];
  }
  return sum;
}

/// The colour at local point `p` with normal `n`; `width` is about how many metres a pixel covers there.
static inline Vectors colorAt(const Surface &s, Vectors p, Vectors n, F width, bool isFlat, const float *decode) {
  Vectors base = splat(s.color);
  if (s.pattern == Pattern::plain) return base;
  float inverse = 1 / s.scale;
  F footprint = maximum(width * inverse, 1e-3f);
  Vectors q = p * F(inverse);
  F amount = 0.0f;
  switch (s.pattern) {
    case Pattern::checker: {
      if (isFlat) {
        Facing f = facing(q, n);
        amount = 0.5f - 0.5f * filteredSquareWave(f.u, footprint) * filteredSquareWave(f.v, footprint);
      } else {
        F wave = filteredSquareWave(q.x + 0.5f, footprint) * filteredSquareWave(q.y + 0.5f, footprint);
        amount = 0.5f - 0.5f * wave * filteredSquareWave(q.z + 0.5f, footprint);
      }
      break;
    }
    case Pattern::stripes: {
      F along = isFlat ? facing(q, n).u : q.z;
      amount = 0.5f - 0.5f * filteredSquareWave(2.0f * along, 2.0f * footprint);
      break;
    }
    case Pattern::noise: amount = fractalNoise(q, footprint, s.seed); break;
    case Pattern::wood: amount = wood(q, footprint, s.seed); break;
    case Pattern::image: {
      Facing f = facing(q, n);
      float aspect = float(s.image->width) / float(s.image->height);
      return base * texel(*s.image, f.u + 0.5f, f.v * aspect + 0.5f, decode);
    }
    case Pattern::plain: break;
  }
  return mix(base, splat(s.second), amount);
}

}  // namespace tracer
PACKET_CODE_END
