// Arithmetic of image adjustments on eight pixels; channels are sRGB values in 0…1.
#pragma once
#include "packet.h"
#include "textures.h"

PACKET_CODE_BEGIN
namespace tracer {

/// log₂ v for positive normal v, within 2e-7, by the series of the inverse hyperbolic tangent.
PACKET_INLINE F log2Of(F v) {
  I bits = __builtin_bit_cast(I, v);
  I exponent = ((bits - 0x3F3504F3) >> 23);  // mantissa in [√½, √2)
  F m = __builtin_bit_cast(F, bits - (exponent << 23));
  F s = (m - 1.0f) / (m + 1.0f), q = s * s;
  F series = s * (1.0f + q * (1 / 3.0f + q * (1 / 5.0f + q * (1 / 7.0f + q * (1 / 9.0f)))));
  return toFloat(exponent) + series * 2.88539008f;
}

/// 2 to the power v for v in -126…126, within 3e-7.
PACKET_INLINE F exp2Of(F v) {
  F whole = floorOf(v + 0.5f), x = (v - whole) * 0.693147181f;
  F series = 1.0f + x * (1.0f + x * (0.5f + x * (1 / 6.0f + x * (1 / 24.0f + x * (1 / 120.0f + x * (1 / 720.0f))))));
  return series * __builtin_bit_cast(F, (toInt(whole) + 127) << 23);
}

PACKET_INLINE F power(F v, float exponent) {
  F result = exp2Of(clamped(log2Of(maximum(v, 1e-6f)) * exponent, -120.0f, 120.0f));
  return v > 0.0f ? result : F(0.0f);
}

PACKET_INLINE Vectors bounded(Vectors c) {
  return {clamped(c.x, 0.0f, 1.0f), clamped(c.y, 0.0f, 1.0f), clamped(c.z, 0.0f, 1.0f)};
}

/// Luma of ITU-R BT.601.
PACKET_INLINE F luma(Vectors c) { return 0.299f * c.x + 0.587f * c.y + 0.114f * c.z; }

/// The colour whose hue (of HSV) is `turns` further on.
PACKET_INLINE Vectors hueShifted(Vectors c, float turns) {
  F most = maximum(maximum(c.x, c.y), c.z), delta = most - minimum(minimum(c.x, c.y), c.z);
  F inverse = delta > 0.0f ? 1.0f / delta : F(0.0f);
  F hue = c.x == most ? (c.y - c.z) * inverse
                      : (c.y == most ? 2.0f + (c.z - c.x) * inverse : 4.0f + (c.x - c.y) * inverse);
  hue = hue * (1 / 6.0f) + turns;
  auto channel = [&](float offset) {
    F k = hue + offset * (1 / 6.0f);
    k = (k - floorOf(k)) * 6.0f;
    return most - delta * clamped(minimum(k, 4.0f - k), 0.0f, 1.0f);
  };
  return {channel(5), channel(3), channel(1)};
}

/// About a standard normal variate a lane: the sum of four uniform ones (Irwin-Hall), a pure function of its arguments.
PACKET_INLINE F normalVariate(U index, uint32_t channel, uint64_t seed) {
  U first = hashed(index, U(channel), U(uint32_t(seed >> 32)), uint32_t(seed));
  U second = hashed(first, index, U(channel), uint32_t(seed >> 32) + 0x68E31DA4u);
  U sum = (first >> 16) + (first & 0xFFFFu) + (second >> 16) + (second & 0xFFFFu);
  return (toFloat(toSigned(sum)) * (1 / 65536.0f) + (2 / 65536.0f) - 2.0f) * 1.73205081f;
}

}  // namespace tracer
PACKET_CODE_END
