// Where a ray enters each primitive, in closed form, and the normal there: KIND picks one when the shader is compiled.
#pragma once

namespace graphics {

constexpr const char *kSolidsGLSL = R"(
const float kMiss = 1e30;

vec3 reciprocal(vec3 v) {
  vec3 held = vec3(abs(v.x) < 1e-18 ? 1e-18 : v.x, abs(v.y) < 1e-18 ? 1e-18 : v.y, abs(v.z) < 1e-18 ? 1e-18 : v.z);
  return 1.0 / held;
}

// The nearer root for a sphere about the origin. The closest point is found first, for precision.
float sphereEntry(float r, vec3 o, vec3 d) {
  float inverse = 1.0 / dot(d, d), middle = -dot(o, d) * inverse;
  vec3 closest = o + d * middle;
  float rest = (r * r - dot(closest, closest)) * inverse;
  return rest >= 0.0 ? middle - sqrt(rest) : kMiss;
}

#if KIND == 0
float entry(vec3 s, vec3 o, vec3 d) {
  vec3 i = reciprocal(d), a = (-s - o) * i, b = (s - o) * i, low = min(a, b), high = max(a, b);
  float enter = max(max(low.x, low.y), low.z), leave = min(min(high.x, high.y), high.z);
  return enter <= leave ? enter : kMiss;
}
vec3 normalAt(vec3 s, vec3 p) {
  vec3 past = abs(p) - s, side = vec3(p.x < 0.0 ? -1.0 : 1.0, p.y < 0.0 ? -1.0 : 1.0, p.z < 0.0 ? -1.0 : 1.0);
  bool isX = past.x >= past.y && past.x >= past.z, isY = !isX && past.y >= past.z;
  return isX ? vec3(side.x, 0, 0) : isY ? vec3(0, side.y, 0) : vec3(0, 0, side.z);
}
#elif KIND == 1
float entry(vec3 s, vec3 o, vec3 d) { return sphereEntry(s.x, o, d); }
vec3 normalAt(vec3 s, vec3 p) { return p / s.x; }
#elif KIND == 2
float entry(vec3 s, vec3 o, vec3 d) {
  float inverse = 1.0 / max(dot(d.xy, d.xy), 1e-18), middle = -dot(o.xy, d.xy) * inverse;
  vec2 closest = o.xy + d.xy * middle;
  float rest = s.x * s.x - dot(closest, closest), across = sqrt(max(rest, 0.0) * inverse);
  float inverseZ = 1.0 / (abs(d.z) < 1e-18 ? 1e-18 : d.z), z0 = (-s.y - o.z) * inverseZ, z1 = (s.y - o.z) * inverseZ;
  float enter = max(middle - across, min(z0, z1)), leave = min(middle + across, max(z0, z1));
  return rest >= 0.0 && enter <= leave ? enter : kMiss;
}
vec3 normalAt(vec3 s, vec3 p) {
  float radial = length(p.xy);
  if (abs(p.z) - s.y > radial - s.x) return vec3(0, 0, p.z < 0.0 ? -1.0 : 1.0);
  return vec3(p.xy / max(radial, 1e-12), 0);
}
#elif KIND == 3
// Apex at z = s.y, base of radius s.x at z = -s.y.
float entry(vec3 s, vec3 o, vec3 d) {
  float slope = s.x / (2.0 * s.y), k = slope * slope, oz = s.y - o.z;
  float p = dot(d.xy, d.xy) - k * d.z * d.z, q = dot(o.xy, d.xy) + k * oz * d.z, c = dot(o.xy, o.xy) - k * oz * oz;
  float discriminant = q * q - p * c, root = sqrt(max(discriminant, 0.0));
  float sum = -(q + (q > 0.0 ? root : -root));  // no cancellation
  float t0 = sum / (p == 0.0 ? 1e-18 : p), t1 = c / (sum == 0.0 ? 1e-18 : sum);
  float first = discriminant >= 0.0 && abs(o.z + t0 * d.z) <= s.y ? t0 : kMiss;
  float second = discriminant >= 0.0 && abs(o.z + t1 * d.z) <= s.y ? t1 : kMiss;
  float base = (-s.y - o.z) / (d.z == 0.0 ? 1e-18 : d.z);
  vec2 at = o.xy + base * d.xy;
  return min(min(first, second), dot(at, at) <= s.x * s.x ? base : kMiss);
}
vec3 normalAt(vec3 s, vec3 p) {
  float slant = inversesqrt(4.0 * s.y * s.y + s.x * s.x), rise = 2.0 * s.y * slant, outward = s.x * slant;
  float radial = length(p.xy), side = (radial - s.x) * rise + (p.z + s.y) * outward;
  if (-s.y - p.z > side) return vec3(0, 0, -1);
  return vec3(p.xy * (rise / max(radial, 1e-12)), outward);
}
#elif KIND == 4
float entry(vec3 s, vec3 o, vec3 d) {
  float inverse = 1.0 / max(dot(d.xy, d.xy), 1e-18), middle = -dot(o.xy, d.xy) * inverse;
  vec2 closest = o.xy + d.xy * middle;
  float rest = s.x * s.x - dot(closest, closest), side = middle - sqrt(max(rest, 0.0) * inverse), z = o.z + side * d.z;
  float t = abs(z) <= s.y ? side : sphereEntry(s.x, vec3(o.xy, o.z - (z > 0.0 ? s.y : -s.y)), d);
  return rest >= 0.0 ? t : kMiss;
}
vec3 normalAt(vec3 s, vec3 p) { return vec3(p.xy, p.z - clamp(p.z, -s.y, s.y)) / s.x; }
#elif KIND == 5
float entry(vec3 s, vec3 o, vec3 d) {
  float t = -o.z / (d.z == 0.0 ? 1e-18 : d.z);
  vec2 at = abs(o.xy + t * d.xy);
  return max(at.x, at.y) <= s.x ? t : kMiss;
}
vec3 normalAt(vec3 s, vec3 p) { return vec3(0, 0, 1); }
#endif
)";

}  // namespace graphics
