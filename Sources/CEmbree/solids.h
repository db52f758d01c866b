// The primitives in closed form: where a ray enters them, their normals, their distance. All in the shape's own frame.
#pragma once
#include "packet.h"

PACKET_CODE_BEGIN
namespace tracer {

enum class Kind : uint8_t { box, sphere, cylinder, cone, capsule, plane, mesh };

/// `a`: half edges of a box (x), or the radius; `b`: half edge (y), or half the length along z; `c`: half edge (z).
/// A plane keeps half of its drawn edge in `a`.
struct Solid {
  Kind kind;
  float a, b, c;
};

/// The parameter at which the ray `o + t d` enters the solid; infinite where it misses, negative behind.
template <Kind kind> PACKET_TEMPLATE F entry(const Solid &s, Vectors o, Vectors d);

template <> PACKET_TEMPLATE F entry<Kind::box>(const Solid &s, Vectors o, Vectors d) {
  Vectors inverse = {1.0f / d.x, 1.0f / d.y, 1.0f / d.z};
  F x0 = (-s.a - o.x) * inverse.x, x1 = (s.a - o.x) * inverse.x;
  F y0 = (-s.b - o.y) * inverse.y, y1 = (s.b - o.y) * inverse.y;
  F z0 = (-s.c - o.z) * inverse.z, z1 = (s.c - o.z) * inverse.z;
  F enter = maximum(maximum(minimum(x0, x1), minimum(y0, y1)), minimum(z0, z1));
  F leave = minimum(minimum(maximum(x0, x1), maximum(y0, y1)), maximum(z0, z1));
  return enter <= leave ? enter : F(kInfinity);
}

/// The nearer root for a sphere of radius `r` about the origin. The closest point is found first, for precision.
PACKET_INLINE F sphereEntry(float r, Vectors o, Vectors d) {
  F inverse = 1.0f / dot(d, d);
  F middle = -dot(o, d) * inverse;
  Vectors closest = o + d * middle;
  F rest = (r * r - dot(closest, closest)) * inverse;
  return rest >= 0.0f ? middle - squareRoot(maximum(rest, 0.0f)) : F(kInfinity);
}

template <> PACKET_TEMPLATE F entry<Kind::sphere>(const Solid &s, Vectors o, Vectors d) { return sphereEntry(s.a, o, d); }

template <> PACKET_TEMPLATE F entry<Kind::cylinder>(const Solid &s, Vectors o, Vectors d) {
  F inverse = 1.0f / maximum(d.x * d.x + d.y * d.y, 1e-18f);
  F middle = -(o.x * d.x + o.y * d.y) * inverse;
  F x = o.x + d.x * middle, y = o.y + d.y * middle;
  F rest = s.a * s.a - (x * x + y * y);
  F half = squareRoot(maximum(rest, 0.0f) * inverse);
  F inverseZ = 1.0f / d.z;
  F z0 = (-s.b - o.z) * inverseZ, z1 = (s.b - o.z) * inverseZ;
  F enter = maximum(middle - half, minimum(z0, z1));
  F leave = minimum(middle + half, maximum(z0, z1));
  return ((rest >= 0.0f) & (enter <= leave)) ? enter : F(kInfinity);
}

template <> PACKET_TEMPLATE F entry<Kind::capsule>(const Solid &s, Vectors o, Vectors d) {
  F inverse = 1.0f / maximum(d.x * d.x + d.y * d.y, 1e-18f);
  F middle = -(o.x * d.x + o.y * d.y) * inverse;
  F x = o.x + d.x * middle, y = o.y + d.y * middle;
  F rest = s.a * s.a - (x * x + y * y);
  F side = middle - squareRoot(maximum(rest, 0.0f) * inverse);
  F z = o.z + side * d.z;
  Vectors fromEnd = {o.x, o.y, o.z - (z > 0.0f ? F(s.b) : F(-s.b))};
  F t = absolute(z) <= s.b ? side : sphereEntry(s.a, fromEnd, d);
  return rest >= 0.0f ? t : F(kInfinity);
}

/// Apex at z = b, base of radius a at z = -b.
template <> PACKET_TEMPLATE F entry<Kind::cone>(const Solid &s, Vectors o, Vectors d) {
  float slope = s.a / (2 * s.b), k = slope * slope;
  F oz = s.b - o.z;  // below the apex
  F p = d.x * d.x + d.y * d.y - k * d.z * d.z;
  F q = o.x * d.x + o.y * d.y + k * oz * d.z;
  F c = o.x * o.x + o.y * o.y - k * oz * oz;
  F discriminant = q * q - p * c;
  F root = squareRoot(maximum(discriminant, 0.0f));
  F sum = -(q + (q > 0.0f ? root : -root));  // no cancellation
  F t0 = sum / p, t1 = c / sum;
  F z0 = o.z + t0 * d.z, z1 = o.z + t1 * d.z;
  F first = ((absolute(z0) <= s.b) & (discriminant >= 0.0f)) ? t0 : F(kInfinity);
  F second = ((absolute(z1) <= s.b) & (discriminant >= 0.0f)) ? t1 : F(kInfinity);
  F base = (-s.b - o.z) / d.z;
  F x = o.x + base * d.x, y = o.y + base * d.y;
  F third = x * x + y * y <= s.a * s.a ? base : F(kInfinity);
  return minimum(minimum(first, second), third);
}

template <> PACKET_TEMPLATE F entry<Kind::plane>(const Solid &s, Vectors o, Vectors d) {
  F t = -o.z / d.z;
  F x = o.x + t * d.x, y = o.y + t * d.y;
  return maximum(absolute(x), absolute(y)) <= s.a ? t : F(kInfinity);
}

/// The outward unit normal at `p`, which lies on the surface.
PACKET_INLINE Vectors normal(const Solid &s, Vectors p) {
  switch (s.kind) {
    case Kind::box: {
      F x = absolute(p.x) - s.a, y = absolute(p.y) - s.b, z = absolute(p.z) - s.c;
      I isX = (x >= y) & (x >= z), isY = ~isX & (y >= z);
      F one = 1.0f, zero = 0.0f;
      return {
          isX ? (p.x < 0.0f ? -one : one) : zero, isY ? (p.y < 0.0f ? -one : one) : zero,
          (isX | isY) ? zero : (p.z < 0.0f ? -one : one)};
    }
    case Kind::sphere: return p * F(1 / s.a);
    case Kind::cylinder: {
      F radial = squareRoot(p.x * p.x + p.y * p.y);
      I isCap = absolute(p.z) - s.b > radial - s.a;
      F inverse = 1.0f / maximum(radial, 1e-12f);
      F zero = 0.0f, one = 1.0f;
      return {isCap ? zero : p.x * inverse, isCap ? zero : p.y * inverse, isCap ? (p.z < 0.0f ? -one : one) : zero};
    }
    case Kind::cone: {
      float slant = 1 / __builtin_sqrtf(4 * s.b * s.b + s.a * s.a), rise = 2 * s.b * slant, out = s.a * slant;
      F radial = squareRoot(p.x * p.x + p.y * p.y);
      F side = (radial - s.a) * rise + (p.z + s.b) * out;
      I isBase = -s.b - p.z > side;
      F scale = rise / maximum(radial, 1e-12f);
      F zero = 0.0f;
      return {isBase ? zero : p.x * scale, isBase ? zero : p.y * scale, isBase ? F(-1.0f) : F(out)};
    }
    case Kind::capsule: {
      F z = p.z - clamped(p.z, -s.b, s.b);
      return Vectors{p.x, p.y, z} * F(1 / s.a);
    }
    case Kind::plane:
    case Kind::mesh: break;
  }
  return {F(0.0f), F(0.0f), F(1.0f)};
}

/// A lower bound of the distance from `p` to the solid, exact where it matters (near its faces); at least 0.
PACKET_INLINE F distance(const Solid &s, Vectors p) {
  F zero = 0.0f;
  switch (s.kind) {
    case Kind::box: {
      F x = maximum(absolute(p.x) - s.a, zero), y = maximum(absolute(p.y) - s.b, zero);
      F z = maximum(absolute(p.z) - s.c, zero);
      return squareRoot(x * x + y * y + z * z);
    }
    case Kind::sphere: return maximum(squareRoot(dot(p, p)) - s.a, zero);
    case Kind::cylinder: {
      F radial = maximum(squareRoot(p.x * p.x + p.y * p.y) - s.a, zero), z = maximum(absolute(p.z) - s.b, zero);
      return squareRoot(radial * radial + z * z);
    }
    case Kind::cone: {
      float slant = 1 / __builtin_sqrtf(4 * s.b * s.b + s.a * s.a);
      F radial = squareRoot(p.x * p.x + p.y * p.y);
      F side = ((radial - s.a) * (2 * s.b) + (p.z + s.b) * s.a) * slant;
      F below = -s.b - p.z, outside = maximum(radial - s.a, zero);
      F corner = squareRoot(maximum(below, zero) * maximum(below, zero) + outside * outside);
      return maximum(maximum(side, below > 0.0f ? corner : below), zero);
    }
    case Kind::capsule: {
      F z = p.z - clamped(p.z, -s.b, s.b);
      return maximum(squareRoot(p.x * p.x + p.y * p.y + z * z) - s.a, zero);
    }
    case Kind::plane: return maximum(p.z, zero);
    case Kind::mesh: break;
  }
  return F(kInfinity);
}

/// Whether `p` lies strictly inside. Meshes are asked elsewhere.
PACKET_INLINE bool contains(const Solid &s, Vector p) {
  float radial = __builtin_sqrtf(p.x * p.x + p.y * p.y);
  switch (s.kind) {
    case Kind::box: return std::fabs(p.x) < s.a && std::fabs(p.y) < s.b && std::fabs(p.z) < s.c;
    case Kind::sphere: return dot(p, p) < s.a * s.a;
    case Kind::cylinder: return radial < s.a && std::fabs(p.z) < s.b;
    case Kind::cone: return std::fabs(p.z) < s.b && radial < s.a * (s.b - p.z) / (2 * s.b);
    case Kind::capsule: {
      float z = std::fabs(p.z) - s.b;
      return z < 0 ? radial < s.a : radial * radial + z * z < s.a * s.a;
    }
    case Kind::plane: return p.z < 0 && std::fabs(p.x) < s.a && std::fabs(p.y) < s.a;
    case Kind::mesh: break;
  }
  return false;
}

/// Half edges of the box about the origin that bounds the solid.
PACKET_INLINE Vector halfExtent(const Solid &s) {
  switch (s.kind) {
    case Kind::sphere: return {s.a, s.a, s.a};
    case Kind::cylinder:
    case Kind::cone: return {s.a, s.a, s.b};
    case Kind::capsule: return {s.a, s.a, s.a + s.b};
    case Kind::plane: return {s.a, s.a, 0};
    case Kind::box:
    case Kind::mesh: break;
  }
  return {s.a, s.b, s.c};
}

}  // namespace tracer
PACKET_CODE_END
