#pragma once

namespace cwindow {

/// A unit square, stretched over each instance; lines lie along their ends.
constexpr const char *vertexShader = R"(#version 330 core
layout(location = 0) in vec4 box;
layout(location = 1) in vec4 place;
layout(location = 2) in vec4 shape;
layout(location = 3) in vec4 color;
uniform vec2 viewport;
out vec2 local;
out vec2 texel;
flat out vec2 extent;
flat out vec4 form;
flat out vec4 ink;
flat out vec4 ends;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 center = (box.xy + box.zw) / 2;
  vec2 along = vec2(1.0, 0.0);
  extent = abs(box.zw - box.xy) / 2;
  if (shape.x == 2.0) {
    float reach = length(box.zw - box.xy);
    if (reach > 0.0) along = (box.zw - box.xy) / reach;
    extent = vec2(reach / 2 + shape.y, shape.y);
  }
  float margin = shape.x == 3.0 ? 0.0 : 1.0 + shape.w;
  local = (corner * 2 - 1) * (extent + margin);
  vec2 point = center + along * local.x + vec2(-along.y, along.x) * local.y;
  texel = mix(place.xy, place.zw, local / extent / 2 + 0.5);
  form = shape;
  ink = color;
  ends = place;
  gl_Position = vec4(point.x / viewport.x * 2.0 - 1.0, 1.0 - point.y / viewport.y * 2.0, 0.0, 1.0);
}
)";

/// How much of the pixel is covered: by a rounded rectangle's distance, or as the glyph says.
constexpr const char *fragmentShader = R"(#version 330 core
in vec2 local;
in vec2 texel;
flat in vec2 extent;
flat in vec4 form;
flat in vec4 ink;
flat in vec4 ends;
uniform sampler2D picture;
uniform sampler2D atlas;
uniform sampler2D depth;
uniform vec2 viewport;
uniform bool hasDepth;
out vec4 result;
float distanceToEdge(vec2 point, vec2 extent, float radius) {
  vec2 beyond = abs(point) - (extent - radius);
  return length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - radius;
}
float visibility() {
  float inverse = mix(ends.x, ends.y, clamp(local.x / max(extent.x - extent.y, 1e-3) / 2.0 + 0.5, 0.0, 1.0));
  if (inverse <= 0.0 || !hasDepth) return 1.0;
  float nearest = texture(depth, vec2(gl_FragCoord.x, viewport.y - gl_FragCoord.y) / viewport).r;
  return 1.0 / inverse > nearest * 1.004 + 0.006 ? 0.22 : 1.0;
}
void main() {
  if (form.x == 3.0) {
    result = vec4(ink.rgb, ink.a * texture(atlas, texel).r);
    return;
  }
  float edge = distanceToEdge(local, extent, min(form.y, min(extent.x, extent.y)));
  if (form.z > 0.0) edge = abs(edge + form.z / 2) - form.z / 2;
  float covered = form.w > 0.0 ? 1.0 - smoothstep(-form.w, form.w, edge) : clamp(0.5 - edge, 0.0, 1.0);
  if (form.x == 4.0) result = vec4(texture(picture, texel).rgb, covered * ink.a);
  else if (form.x == 2.0) result = vec4(ink.rgb, ink.a * covered * visibility());
  else result = vec4(ink.rgb, ink.a * covered);
}
)";

}  // namespace cwindow
