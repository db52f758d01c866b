// Changes to a finished picture: rotation, then colours, shadow masks, blur, noise.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <vector>

#include "adjusting.h"
#include "cembree.h"

PACKET_CODE_BEGIN
namespace tracer {

/// Three planes of rows padded to whole packets; of `rows` rows, where only one or all are needed at a time.
struct Planes {
  int width, height, packets, rows;
  std::vector<F> channel[3];
  F &at(int c, int row, int packet) {
    return channel[c][size_t(rows == 1 ? 0 : row) * size_t(packets) + size_t(packet)];
  }
  float *row(int c, int y) { return reinterpret_cast<float *>(&at(c, y, 0)); }
};

struct Rotation {
  float cosine, sine, centerX, centerY;
  Rotation(float degrees, int width, int height)
      : cosine(float(std::cos(double(degrees) * M_PI / 180))), sine(float(std::sin(double(degrees) * M_PI / 180))),
        centerX(float(width) / 2), centerY(float(height) / 2) {}
  /// Where pixel centres (x, y) of the rotated picture come from; the picture turns counter-clockwise.
  void source(F x, F y, F &u, F &v) const {
    F dx = x - centerX, dy = y - centerY;
    u = dx * cosine - dy * sine + centerX;
    v = dx * sine + dy * cosine + centerY;
  }
};

static void unpack(const uint8_t *rgb, int y, Planes &planes) {
  const uint8_t *in = rgb + size_t(y) * size_t(planes.width) * 3;
  float *r = planes.row(0, y), *g = planes.row(1, y), *b = planes.row(2, y);
  for (int x = 0; x < planes.width; x++, in += 3) {
    r[x] = float(in[0]) * (1 / 255.0f);
    g[x] = float(in[1]) * (1 / 255.0f);
    b[x] = float(in[2]) * (1 / 255.0f);
  }
}

static std::vector<uint32_t> texelsOf(const uint8_t *rgb, int width, int height) {
  std::vector<uint32_t> texels(size_t(width) * size_t(height));
  for (size_t i = 0; i < texels.size(); i++)
    texels[i] = uint32_t(rgb[3 * i]) | uint32_t(rgb[3 * i + 1]) << 8 | uint32_t(rgb[3 * i + 2]) << 16;
  return texels;
}

static Vectors unpacked(U texels) {
  return {
      toFloat(toSigned(texels & 0xFFu)), toFloat(toSigned((texels >> 8) & 0xFFu)), toFloat(toSigned(texels >> 16))};
}

/// Bilinear; what lies outside repeats the edge.
static void unpackRotated(const std::vector<uint32_t> &texels, const Rotation &rotation, int y, Planes &planes) {
  int width = planes.width, height = planes.height;
  for (int packet = 0; packet < planes.packets; packet++) {
    F u, v;
    rotation.source(laneNumbers() + (float(packet * kLanes) + 0.5f), F(float(y) + 0.5f), u, v);
    u = clamped(u - 0.5f, 0.0f, float(width - 1));
    v = clamped(v - 0.5f, 0.0f, float(height - 1));
    F fu = minimum(floorOf(u), float(std::max(width - 2, 0))), fv = minimum(floorOf(v), float(std::max(height - 2, 0)));
    I corner = toInt(fv) * width + toInt(fu);
    U a, b, c, d;
    int right = width > 1 ? 1 : 0, below = height > 1 ? width : 0;
    for (int lane = 0; lane < kLanes; lane++) {
      const uint32_t *texel = texels.data() + corner[lane];
      a[lane] = texel[0];
      b[lane] = texel[right];
      c[lane] = texel[below];
      d[lane] = texel[below + right];
    }
    Vectors sum = mix(mix(unpacked(a), unpacked(b), u - fu), mix(unpacked(c), unpacked(d), u - fu), v - fv);
    planes.at(0, y, packet) = sum.x * (1 / 255.0f);
    planes.at(1, y, packet) = sum.y * (1 / 255.0f);
    planes.at(2, y, packet) = sum.z * (1 / 255.0f);
  }
}

static Vectors recolored(const cembree_adjustment &a, Vectors c) {
  if (a.brightness != 1) c = bounded(c * F(a.brightness));
  if (a.contrast != 1) c = bounded((c - splat(Vector{0.5f, 0.5f, 0.5f})) * F(a.contrast) + splat(Vector{0.5f, 0.5f, 0.5f}));
  if (a.saturation != 1) {
    F gray = luma(c);
    c = bounded(mix(Vectors{gray, gray, gray}, c, F(a.saturation)));
  }
  if (a.hue_turns != 0) c = hueShifted(c, a.hue_turns);
  if (a.gamma != 1) c = {power(c.x, a.gamma), power(c.y, a.gamma), power(c.z, a.gamma)};
  if (a.is_grayscale) {
    F gray = luma(c);
    c = {gray, gray, gray};
  }
  return c;
}

/// A shadow mask's edge in pixels: its normal, and how far along it the edge lies.
static std::vector<Vector> edges(const cembree_shadow_mask *shadows, size_t count, const Planes &planes) {
  std::vector<Vector> result;
  for (size_t i = 0; i < count; i++) {
    float x = float(std::cos(double(shadows[i].angle))), y = float(std::sin(double(shadows[i].angle)));
    result.push_back({x, y, shadows[i].x * float(planes.width) * x + shadows[i].y * float(planes.height) * y});
  }
  return result;
}

static void recolor(
    const cembree_adjustment &a, const cembree_shadow_mask *shadows, const std::vector<Vector> &edges, int row,
    Planes &planes) {
  for (int packet = 0; packet < planes.packets; packet++) {
    F &r = planes.at(0, row, packet), &g = planes.at(1, row, packet), &b = planes.at(2, row, packet);
    Vectors c = recolored(a, {r, g, b});
    F x = laneNumbers() + (float(packet * kLanes) + 0.5f);
    for (size_t i = 0; i < edges.size(); i++) {
      F side = x * edges[i].x + ((float(row) + 0.5f) * edges[i].y - edges[i].z);
      c = c * (side > 0.0f ? F(shadows[i].factor) : F(1.0f));
    }
    r = c.x;
    g = c.y;
    b = c.z;
  }
}

/// Separable Gaussian, cut at three standard deviations; edges repeat.
static void blur(float deviation, Planes &planes) {
  int radius = int(std::ceil(3 * deviation)), width = planes.width, height = planes.height;
  std::vector<float> weights;
  float total = 0;
  for (int i = -radius; i <= radius; i++) {
    weights.push_back(float(std::exp(-0.5 * double(i * i) / (double(deviation) * double(deviation)))));
    total += weights.back();
  }
  for (float &weight : weights) weight /= total;
  std::vector<float> line(size_t(planes.packets) * kLanes + 2 * size_t(radius));
  std::vector<F> copy(planes.channel[0].size());
  for (auto &channel : planes.channel) {
    for (int y = 0; y < height; y++) {
      float *row = reinterpret_cast<float *>(&channel[size_t(y) * size_t(planes.packets)]);
      for (int x = 0; x < int(line.size()); x++) line[size_t(x)] = row[std::clamp(x - radius, 0, width - 1)];
      for (int packet = 0; packet < planes.packets; packet++) {
        F sum = 0.0f;
        for (size_t k = 0; k < weights.size(); k++) {
          F value;
          memcpy(&value, &line[size_t(packet) * kLanes + k], sizeof value);
          sum += value * weights[k];
        }
        copy[size_t(y) * size_t(planes.packets) + size_t(packet)] = sum;
      }
    }
    for (int y = 0; y < height; y++)
      for (int packet = 0; packet < planes.packets; packet++) {
        F sum = 0.0f;
        for (int k = -radius; k <= radius; k++)
          sum += copy[size_t(std::clamp(y + k, 0, height - 1)) * size_t(planes.packets) + size_t(packet)] *
                 weights[size_t(k + radius)];
        channel[size_t(y) * size_t(planes.packets) + size_t(packet)] = sum;
      }
  }
}

static void pack(const cembree_adjustment &a, int y, Planes &planes, uint8_t *rgb) {
  for (int packet = 0; packet < planes.packets; packet++) {
    int left = packet * kLanes, columns = std::min(kLanes, planes.width - left);
    U index = toUnsigned(toInt(laneNumbers())) + uint32_t(y * planes.width + left);
    I values[3];
    for (uint32_t c = 0; c < 3; c++) {
      F value = planes.at(int(c), y, packet) * 255.0f;
      if (a.noise > 0) value += normalVariate(index, c, a.noise_seed) * a.noise;
      values[c] = toInt(clamped(value, 0.0f, 255.0f) + 0.5f);
    }
    uint8_t pixels[3 * kLanes];
    for (int lane = 0; lane < kLanes; lane++)
      for (int c = 0; c < 3; c++) pixels[3 * lane + c] = uint8_t(values[c][lane]);
    memcpy(rgb + (size_t(y) * size_t(planes.width) + size_t(left)) * 3, pixels, size_t(columns) * 3);
  }
}

static void adjust(
    const cembree_adjustment &a, const cembree_shadow_mask *shadows, size_t shadowCount, int width, int height,
    const uint8_t *rgb, uint8_t *result) {
  bool isBlurred = a.blur_pixels > 0, isRotated = a.rotation_degrees != 0;
  Planes planes = {width, height, (width + kLanes - 1) / kLanes, isBlurred ? height : 1, {}};
  for (auto &channel : planes.channel) channel.resize(size_t(planes.packets) * size_t(planes.rows));
  Rotation rotation(a.rotation_degrees, width, height);
  std::vector<uint32_t> texels;
  if (isRotated) texels = texelsOf(rgb, width, height);
  std::vector<Vector> masks = edges(shadows, shadowCount, planes);
  for (int y = 0; y < height; y++) {
    if (isRotated) unpackRotated(texels, rotation, y, planes);
    else unpack(rgb, y, planes);
    recolor(a, shadows, masks, y, planes);
    if (!isBlurred) pack(a, y, planes, result);
  }
  if (!isBlurred) return;
  blur(a.blur_pixels, planes);
  for (int y = 0; y < height; y++) pack(a, y, planes, result);
}

static void rotatedIndices(float degrees, int width, int height, int32_t *indices) {
  Rotation rotation(degrees, width, height);
  for (int y = 0; y < height; y++) {
    for (int left = 0; left < width; left += kLanes) {
      F u, v;
      rotation.source(laneNumbers() + (float(left) + 0.5f), F(float(y) + 0.5f), u, v);
      I column = toInt(clamped(floorOf(u), 0.0f, float(width - 1)));
      I index = toInt(clamped(floorOf(v), 0.0f, float(height - 1))) * width + column;
      for (int lane = 0; lane < kLanes && left + lane < width; lane++) indices[y * width + left + lane] = index[lane];
    }
  }
}

}  // namespace tracer
PACKET_CODE_END

template <typename Body> static int32_t guarded(char *error, size_t capacity, Body body) {
  try {
    body();
    return CEMBREE_OK;
  } catch (const std::exception &failure) {
    snprintf(error, capacity, "%s", failure.what());
  } catch (...) {
    snprintf(error, capacity, "an unknown C++ exception");
  }
  return CEMBREE_FAILED;
}

int32_t cembree_adjust(
    const cembree_adjustment *adjustment, const cembree_shadow_mask *shadows, size_t shadow_count, int32_t width,
    int32_t height, const uint8_t *rgb, uint8_t *result, char *error, size_t capacity) {
  return guarded(
      error, capacity, [&] { tracer::adjust(*adjustment, shadows, shadow_count, width, height, rgb, result); });
}

int32_t cembree_rotated_indices(
    float degrees, int32_t width, int32_t height, int32_t *indices, char *error, size_t capacity) {
  return guarded(error, capacity, [&] { tracer::rotatedIndices(degrees, width, height, indices); });
}
