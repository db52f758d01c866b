// Patterns over surfaces, in the shape's own metres. PATTERNS says which the shader knows: 1 checker and stripes, 2 noise
// and wood, 4 images. llvmpipe runs both sides of every branch, so what a scene does not use is left out.
#pragma once

namespace graphics {

constexpr const char *kTexturesGLSL = R"(
struct Material {
  vec3 color, second;
  float roughness, specular, scale;
  int pattern;
  uint seed;
  ivec3 image;  // where its texels begin, width, height
};
Material materialAt(int at) {
  vec4 a = row(at), b = row(at + 1), c = row(at + 2), d = row(at + 3);
  return Material(a.rgb, b.rgb, a.w, b.w, c.y, int(c.x), uint(c.z) << 16 | uint(c.w), ivec3(d.xyz));
}

float smoothed(float low, float high, float v) {
  float t = clamp((v - low) / (high - low), 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}

#if PATTERNS & 5
// The two coordinates across the axis along which `n` is largest, turned so that a picture stands upright.
vec2 facing(vec3 p, vec3 n) {
  vec3 a = abs(n);
  bool isZ = a.z >= a.x && a.z >= a.y, isX = !isZ && a.x >= a.y;
  return vec2(isZ ? p.x : isX ? (n.x > 0.0 ? p.y : -p.y) : (n.y > 0.0 ? -p.x : p.x), isZ ? p.y : p.z);
}
#endif

#if PATTERNS & 1
// A square wave of period 2, in -1…1, averaged over a window of width `w`.
float filteredSquareWave(float x, float w) {
  vec2 ends = (vec2(x) + vec2(-0.5, 0.5) * w) * 0.5;
  ends = abs(ends - floor(ends) - 0.5);
  return 2.0 * (ends.x - ends.y) / w;
}
#endif

#if PATTERNS & 2
const uint kHashX = 0x8DA6B343u, kHashY = 0xD8163841u, kHashZ = 0xCB1AB31Fu, kHashSeed = 0x9E3779B9u;
// The top 24 bits of a scrambled lattice corner as numbers in [0, 1).
vec4 cornerValues(uvec4 h) {
  h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
  h = (h ^ (h >> 12)) * 0x297A2D39u;
  h = h ^ (h >> 15);
  return vec4(ivec4(h >> 8)) * (1.0 / 16777216.0);
}

// Value noise in [0, 1] over a lattice of edge 1.
float latticeNoise(vec3 p, uint seed) {
  vec3 f = floor(p), w = p - f;
  w = w * w * (3.0 - 2.0 * w);
  ivec3 cell = ivec3(f);
  uvec3 low = uvec3(cell) * uvec3(kHashX, kHashY, kHashZ) + uvec3(0u, 0u, seed * kHashSeed);
  uvec2 x = uvec2(low.x, low.x + kHashX), y = uvec2(low.y, low.y + kHashY), z = uvec2(low.z, low.z + kHashZ);
  uvec4 across = x.xyxy + y.xxyy;
  vec4 near = cornerValues(across + z.x), far = cornerValues(across + z.y), plane = mix(near, far, w.z);
  vec2 line = mix(plane.xy, plane.zw, w.y);
  return mix(line.x, line.y, w.x);
}

// Octaves of noise in [0, 1]; those finer than `footprint` (in lattice edges) fade to their mean.
float fractalNoise(vec3 p, float footprint, uint seed) {
  float sum = 0.0, amplitude = 0.5;
  for (uint octave = 0u; octave < 3u; octave++) {
    sum += amplitude * clamp(1.5 - footprint, 0.0, 1.0) * (latticeNoise(p, seed + octave) - 0.5);
    amplitude *= 0.5;
    p = p * 2.03 + vec3(17.3, 31.7, 11.1);
    footprint *= 2.03;
  }
  return clamp(0.5 + sum / 0.875, 0.0, 1.0);
}

// Rings about an axis along x that lies below the surface, bent by noise, with fibres along x.
float wood(vec3 p, float footprint, uint seed) {
  float wander = latticeNoise(p * vec3(0.25, 0.8, 0.8), seed) - 0.5;
  float rings = length(p.yz + vec2(1.7, 5.3)) + wander * 1.6, phase = rings - floor(rings);
  // Slow rise, quick fall: early and late wood.
  float ring = phase < 0.8 ? phase * 1.25 : (1.0 - phase) * 5.0;
  ring = mix(ring * ring, 0.4, clamp(footprint * 1.5 - 0.4, 0.0, 1.0));
  float visible = clamp(1.3 - footprint * 6.0, 0.0, 1.0);
  float fibre = (latticeNoise(p * vec3(0.7, 11.0, 11.0), seed + 9u) - 0.5) * 0.5 * visible;
  return clamp(ring * 0.75 + fibre + 0.1, 0.0, 1.0);
}
#endif

#if PATTERNS & 4
uniform samplerBuffer images;  // linear RGB

// Bilinear, repeating.
vec3 texel(ivec3 image, vec2 uv) {
  vec2 size = vec2(image.yz), at = vec2(uv.x - floor(uv.x), 1.0 - (uv.y - floor(uv.y))) * size - 0.5, f = floor(at);
  ivec2 low = (ivec2(f) + image.yz) % image.yz, high = (low + 1) % image.yz;
  vec2 w = at - f;
  ivec2 rows = image.x + ivec2(low.y, high.y) * image.y;
  vec3 upper = mix(texelFetch(images, rows.x + low.x).rgb, texelFetch(images, rows.x + high.x).rgb, w.x);
  vec3 lower = mix(texelFetch(images, rows.y + low.x).rgb, texelFetch(images, rows.y + high.x).rgb, w.x);
  return mix(upper, lower, w.y);
}
#endif

// The colour at local point `p` with normal `n`; `width` is about how many metres a pixel covers there.
vec3 colorAt(Material m, Shape s, vec3 p, vec3 n, float width, vec2 uv) {
  float amount = 0.0;
  bool isFlat = s.kind == 0 || s.kind == 5;
  vec3 q = p / m.scale;
  float footprint = max(width / m.scale, 1e-3);
#if PATTERNS & 1
  vec2 across = facing(q, n);
  float x = filteredSquareWave(isFlat ? across.x : q.x + 0.5, footprint);
  float y = filteredSquareWave(isFlat ? across.y : q.y + 0.5, footprint);
  float z = isFlat ? 1.0 : filteredSquareWave(q.z + 0.5, footprint);
  float stripe = filteredSquareWave(2.0 * (isFlat ? across.x : q.z), 2.0 * footprint);
  amount = m.pattern == 1 ? 0.5 - 0.5 * x * y * z : m.pattern == 4 ? 0.5 - 0.5 * stripe : amount;
#endif
#if PATTERNS & 2
  if (m.pattern == 2) amount = fractalNoise(q, footprint, m.seed);
  if (m.pattern == 3) amount = wood(q, footprint, m.seed);
#endif
#if PATTERNS & 4
  if (m.pattern == 5) {
    vec2 side = facing(q, n) * vec2(1.0, float(m.image.y) / float(m.image.z)) + 0.5;
    // Meshes that have texture coordinates are kind 7.
    return m.color * texel(m.image, s.kind == 7 ? uv : side);
  }
#endif
  return mix(m.color, m.second, amount);
}
)";

}  // namespace graphics
