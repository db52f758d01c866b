// What each sample of a view sees. A primitive is drawn as its bounding box, and its surface found by a ray in every
// fragment: exact at any distance, and 14 vertices instead of the thousands that round a sphere to a millimetre.
// SHADOW draws a light's map instead, which keeps where the rays *leave* the solids: no point that faces the light lies
// behind its own solid's far side, so no bias is needed and no acne can show.
#pragma once

namespace graphics {

constexpr const char *kSolidVertexGLSL = R"(
uniform int firstInstance, view;
flat out vec3 eye, forward, right, down;
flat out vec3 size;
flat out vec4 range;  // near, far, half the picture's width and height
flat out float number;

vec3 halfExtent(Shape s) {
#if KIND == 1
  return s.size.xxx;
#elif KIND == 2 || KIND == 3
  return s.size.xxy;
#elif KIND == 4
  return vec3(s.size.xx, s.size.x + s.size.y);
#elif KIND == 5
  return vec3(s.size.xx, 0);
#else
  return s.size;
#endif
}

void main() {
  int at = texelFetch(instances, firstInstance + gl_InstanceID).r;
  Shape s = shapeAt(at);
  View v = viewAt(view);
  eye = turnedBack(s, v.eye - s.origin);
  forward = turnedBack(s, v.forward);
  right = turnedBack(s, v.right);
  down = turnedBack(s, v.down);
  size = s.size;
  range = vec4(v.near, v.far, v.size * 0.5);
  number = float(at);

  // Larger by two samples: coverage is the rays' business, not the rasterizer's.
  vec3 extent = halfExtent(s);
  float reach = v.isParallel ? 1.0 : max(dot(s.origin - v.eye, v.forward) + length(extent), v.near);
  extent += 2.0 * reach * length(v.right);
  vec3 corner = vec3((0x287a >> gl_VertexID) & 1, (0x02af >> gl_VertexID) & 1, (0x31e3 >> gl_VertexID) & 1) * 2.0 - 1.0;
  vec3 from = s.origin + turned(s, corner * extent) - v.eye;
  float depth = v.isParallel ? 1.0 : dot(from, v.forward);
  vec2 across = vec2(dot(from, v.right), dot(from, v.down)) / dot(v.right, v.right);
  gl_Position = vec4(across / (0.5 * v.size), 0, depth);
}
)";

constexpr const char *kSolidFragmentGLSL = R"(
flat in vec3 eye, forward, right, down;
flat in vec3 size;
flat in vec4 range;
flat in float number;
#if SHADOW == 0
layout(location = 0) out vec4 surface;  // normal in the shape's frame, depth
layout(location = 1) out vec4 found;    // the shape's row, texture coordinates
#endif

void main() {
  vec2 at = gl_FragCoord.xy - range.zw;
  vec3 across = right * at.x + down * at.y;
#if SHADOW == 2
  float t = -entry(size, eye + across, -forward);
  if (t < 0.0) discard;
#elif SHADOW == 1
  // A lamp inside its own housing shines through it.
  float t = -entry(size, eye, -(forward + across));
  if (!(t > 0.0) || !(entry(size, eye, forward + across) > 0.0)) discard;
#else
  float t = entry(size, eye, forward + across);
  if (!(t >= range.x && t < range.y)) discard;
  surface = vec4(normalAt(size, eye + (forward + across) * t), t);
  found = vec4(number, 0, 0, 0);
#endif
  gl_FragDepth = t / range.y;
}
)";

constexpr const char *kMeshVertexGLSL = R"(
uniform int firstInstance, view;
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec2 coordinates;
out vec3 carriedNormal;
out vec2 carriedCoordinates;
out float along;
flat out vec2 range;
flat out float number;

void main() {
  int at = texelFetch(instances, firstInstance + gl_InstanceID).r;
  Shape s = shapeAt(at);
  View v = viewAt(view);
  vec3 from = s.origin + turned(s, position * s.scale) - v.eye;
  vec2 across = vec2(dot(from, v.right), dot(from, v.down)) / dot(v.right, v.right);
  along = dot(from, v.forward);
  carriedNormal = normal / s.scale;
  carriedCoordinates = coordinates;
  range = vec2(v.near, v.far);
  number = float(at);
  gl_Position = vec4(across / (0.5 * v.size), 0, v.isParallel ? 1.0 : along);
}
)";

constexpr const char *kMeshFragmentGLSL = R"(
in vec3 carriedNormal;
in vec2 carriedCoordinates;
in float along;
flat in vec2 range;
flat in float number;
#if SHADOW == 0
layout(location = 0) out vec4 surface;
layout(location = 1) out vec4 found;
#endif

void main() {
  float t = along;
#if SHADOW
  // Meshes may be open and are not convex: both sides are drawn, pushed back by what a texel spans of their slope.
  if (t < 0.0) discard;
  t += 1.5 * (abs(dFdx(along)) + abs(dFdy(along)));
#else
  if (!(t >= range.x && t < range.y)) discard;
  surface = vec4(normalize(carriedNormal), t);
  found = vec4(number, carriedCoordinates, 0);
#endif
  gl_FragDepth = min(t / range.y, 0.99999);
}
)";

}  // namespace graphics
