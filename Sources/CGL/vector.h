#pragma once
#include <cmath>

namespace graphics {

struct Vector {
  float x, y, z;
};
inline Vector operator+(Vector a, Vector b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Vector operator-(Vector a, Vector b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Vector operator*(Vector a, float f) { return {a.x * f, a.y * f, a.z * f}; }
inline float dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline float length(Vector a) { return std::sqrt(dot(a, a)); }
inline Vector cross(Vector a, Vector b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
inline Vector normalized(Vector a) {
  float l = length(a);
  return l > 0 ? a * (1 / l) : a;
}

/// A rotation and a translation that map from a local frame to the world.
struct Axes {
  Vector x, y, z, origin;  // images of the unit axes, and of the origin
};
inline Vector turned(const Axes &f, Vector v) { return f.x * v.x + f.y * v.y + f.z * v.z; }
inline Vector toLocal(const Axes &f, Vector p) {
  Vector d = p - f.origin;
  return {dot(f.x, d), dot(f.y, d), dot(f.z, d)};
}

/// From x y z qx qy qz qw.
Axes axesOf(const double *pose);
/// Of a pose `local` in the frame of `outer`.
Axes axesOf(const double *outer, const double *local);

}  // namespace graphics
