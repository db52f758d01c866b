// Eight rays side by side. Only IEEE-exact operations (+ - * / sqrt floor fma), so that every CPU gives the same bits.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>

// One instruction set for every CPU, chosen here and not by dispatch: two widths could round differently.
#if defined(__x86_64__)
#define PACKET_CODE_BEGIN _Pragma("clang attribute push(__attribute__((target(\"avx2,fma\"))), apply_to = function)")
#define PACKET_CODE_END _Pragma("clang attribute pop")
#else
#define PACKET_CODE_BEGIN
#define PACKET_CODE_END
#endif
#define PACKET_INLINE static inline __attribute__((always_inline))
#define PACKET_TEMPLATE inline __attribute__((always_inline))

PACKET_CODE_BEGIN
namespace tracer {

constexpr int kLanes = 8;
typedef float F __attribute__((ext_vector_type(8)));
typedef int32_t I __attribute__((ext_vector_type(8)));
typedef uint32_t U __attribute__((ext_vector_type(8)));

constexpr float kInfinity = __builtin_inff();
constexpr float kPi = 3.14159265358979f;

PACKET_INLINE F minimum(F a, F b) { return a < b ? a : b; }
PACKET_INLINE F maximum(F a, F b) { return a > b ? a : b; }
PACKET_INLINE F clamped(F v, F low, F high) { return minimum(maximum(v, low), high); }
PACKET_INLINE F squareRoot(F v) { return __builtin_elementwise_sqrt(v); }
PACKET_INLINE F floorOf(F v) { return __builtin_elementwise_floor(v); }
PACKET_INLINE F absolute(F v) { return __builtin_elementwise_abs(v); }
PACKET_INLINE F mix(F a, F b, F t) { return a + (b - a) * t; }
PACKET_INLINE I toInt(F v) { return __builtin_convertvector(v, I); }
PACKET_INLINE F toFloat(I v) { return __builtin_convertvector(v, F); }
PACKET_INLINE U toUnsigned(I v) { return __builtin_bit_cast(U, v); }
PACKET_INLINE I toSigned(U v) { return __builtin_bit_cast(I, v); }
PACKET_INLINE bool any(I mask) { return __builtin_reduce_or(mask) < 0; }
PACKET_INLINE bool all(I mask) { return __builtin_reduce_and(mask) < 0; }
/// Bit i is lane i of the mask.
PACKET_INLINE unsigned bitsOf(I mask) {
  typedef bool Bits __attribute__((ext_vector_type(8)));
  return __builtin_bit_cast(uint8_t, __builtin_convertvector(mask, Bits));
}
PACKET_INLINE float least(F v) { return __builtin_reduce_min(v); }
PACKET_INLINE float greatest(F v) { return __builtin_reduce_max(v); }
PACKET_INLINE float total(F v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }
PACKET_INLINE F splat(float v) { return F(v); }
PACKET_INLINE F smoothstep(F low, F high, F v) {
  F t = clamped((v - low) / (high - low), 0.0f, 1.0f);
  return t * t * (3.0f - 2.0f * t);
}
PACKET_INLINE F laneNumbers() { return F{0, 1, 2, 3, 4, 5, 6, 7}; }

struct Vector {
  float x, y, z;
};
PACKET_INLINE Vector operator+(Vector a, Vector b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
PACKET_INLINE Vector operator-(Vector a, Vector b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
PACKET_INLINE Vector operator*(Vector a, float f) { return {a.x * f, a.y * f, a.z * f}; }
PACKET_INLINE float dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
PACKET_INLINE float length(Vector a) { return __builtin_sqrtf(dot(a, a)); }
PACKET_INLINE Vector normalized(Vector a) {
  float l = length(a);
  return l > 0 ? a * (1 / l) : a;
}
PACKET_INLINE Vector cross(Vector a, Vector b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

struct Vectors {
  F x, y, z;
};
PACKET_INLINE Vectors splat(Vector v) { return {F(v.x), F(v.y), F(v.z)}; }
PACKET_INLINE Vectors operator+(Vectors a, Vectors b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
PACKET_INLINE Vectors operator-(Vectors a, Vectors b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
PACKET_INLINE Vectors operator*(Vectors a, F f) { return {a.x * f, a.y * f, a.z * f}; }
PACKET_INLINE Vectors operator*(Vectors a, Vectors b) { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
PACKET_INLINE F dot(Vectors a, Vectors b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
PACKET_INLINE Vectors normalized(Vectors a) {
  F l = 1.0f / squareRoot(maximum(dot(a, a), 1e-30f));
  return a * l;
}
PACKET_INLINE Vectors select(I mask, Vectors a, Vectors b) {
  return {mask ? a.x : b.x, mask ? a.y : b.y, mask ? a.z : b.z};
}
PACKET_INLINE Vectors mix(Vectors a, Vectors b, F t) { return {mix(a.x, b.x, t), mix(a.y, b.y, t), mix(a.z, b.z, t)}; }
PACKET_INLINE F component(Vectors v, I axis) { return axis == 0 ? v.x : (axis == 1 ? v.y : v.z); }

/// A rotation and a translation that map from a local frame to the world.
struct Frame {
  Vector x, y, z, origin;  // images of the unit axes, and of the origin
};
PACKET_INLINE Vector rotated(const Frame &f, Vector v) { return f.x * v.x + f.y * v.y + f.z * v.z; }
PACKET_INLINE Vector rotatedBack(const Frame &f, Vector v) { return {dot(f.x, v), dot(f.y, v), dot(f.z, v)}; }
PACKET_INLINE Vector toLocal(const Frame &f, Vector p) { return rotatedBack(f, p - f.origin); }
PACKET_INLINE Vectors rotated(const Frame &f, Vectors v) {
  return {
      f.x.x * v.x + f.y.x * v.y + f.z.x * v.z, f.x.y * v.x + f.y.y * v.y + f.z.y * v.z,
      f.x.z * v.x + f.y.z * v.y + f.z.z * v.z};
}
PACKET_INLINE Vectors rotatedBack(const Frame &f, Vectors v) {
  return {
      f.x.x * v.x + f.x.y * v.y + f.x.z * v.z, f.y.x * v.x + f.y.y * v.y + f.y.z * v.z,
      f.z.x * v.x + f.z.y * v.y + f.z.z * v.z};
}
PACKET_INLINE Vectors toLocal(const Frame &f, Vectors p) { return rotatedBack(f, p - splat(f.origin)); }

}  // namespace tracer
PACKET_CODE_END
