// What the shaders read of shapes, materials, lights and views: rows of four numbers in buffers. `records.h` of the
// C++ side writes them.
#pragma once

namespace graphics {

constexpr const char *kRecordsGLSL = R"(#version 330 core
uniform samplerBuffer records;     // every row of the frame
uniform isamplerBuffer instances;  // rows of the shapes to draw, group after group

vec4 row(int at) { return texelFetch(records, at); }

struct Shape {
  vec3 x, y, z, origin;  // images of the unit axes, and of the origin, in the world
  vec3 size;             // half edges, or radius and half length
  vec3 scale;            // of a mesh
  int material, segment, kind;
};
Shape shapeAt(int at) {
  vec4 a = row(at), b = row(at + 1), c = row(at + 2), d = row(at + 3), e = row(at + 4);
  int coded = int(d.w);
  return Shape(
      a.xyz, b.xyz, c.xyz, d.xyz, vec3(a.w, b.w, c.w), e.xyz, coded & 0xFFFFF, int(e.w), coded >> 20);
}
vec3 turned(Shape s, vec3 v) { return s.x * v.x + s.y * v.y + s.z * v.z; }
vec3 turnedBack(Shape s, vec3 v) { return vec3(dot(s.x, v), dot(s.y, v), dot(s.z, v)); }

// A camera, or a light's map. The ray through sample (x, y) from the middle: forward + x right + y down, from the eye;
// parallel rays all run forward, from eye + x right + y down.
struct View {
  vec3 eye, forward, right, down;
  float near, far;
  vec2 size;
  int layer;
  bool isParallel;
};
View viewOf(vec4 a, vec4 b, vec4 c, vec4 d, vec4 e) {
  return View(a.xyz, b.xyz, c.xyz, d.xyz, a.w, b.w, vec2(c.w, d.w), int(e.x), e.y != 0.0);
}
View viewAt(int at) { return viewOf(row(at), row(at + 1), row(at + 2), row(at + 3), row(at + 4)); }
)";

}  // namespace graphics
