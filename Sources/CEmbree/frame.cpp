// The picture, tile by tile.
#include <algorithm>
#include <cmath>

#include "shading.h"

PACKET_CODE_BEGIN
namespace tracer {

/// Room for one tile's work, made once a frame.
struct Workspace {
  std::vector<uint16_t> row, seen, casters;
};

static void start(const View &view, Tile &tile, float offsetX, float offsetY) {
  tile.x = laneNumbers() + (float(tile.left) + offsetX - float(view.width) * 0.5f);
  for (int row = 0; row < tile.rows; row++) {
    tile.y[row] = float(tile.top + row) + offsetY - float(view.height) * 0.5f;
    tile.depth[row] = view.far;
    tile.shape[row] = -1;
    tile.triangle[row] = 0;
  }
}

static void look(const Scene &scene, Tile &tile, const std::vector<uint16_t> &seen) {
  for (uint16_t index : seen) see(tile, scene.placed[index], index, scene.view.near);
}

/// The displayed colour, linear and tone-mapped, of each pixel of the tile.
static void shine(const Scene &scene, Tile &tile, int sample, uint16_t *casters, Vectors *sum) {
  bool isAnyHit = false;
  for (int row = 0; row < tile.rows; row++) isAnyHit |= describe(scene, tile, row);
  if (isAnyHit) {
    if (scene.view.samples > 1) open(scene, tile);
    ambient(scene, tile);
    for (size_t i = 0; i < scene.lights.size(); i++) {
      const Light &light = scene.lights[i];
      if (!aim(tile, light)) continue;
      if (light.castsShadow) {
        findShadows(scene, tile, light, scene.lit[i], sample, casters);
      } else {
        for (int row = 0; row < tile.rows; row++) tile.visible[row] = tile.lit[row] ? F(1.0f) : F(0.0f);
      }
      shade(tile, light);
    }
  }
  for (int row = 0; row < tile.rows; row++) {
    I isSolid = (tile.shape[row] >= 0) & (tile.fade[row] <= 0.0f);
    Vectors color = tile.radiance[row];
    if (!all(isSolid)) {
      Vectors sky = background(scene, -tile.toEye[row].z);
      color = select(tile.shape[row] >= 0, mix(color, sky, tile.fade[row]), sky);
    }
    sum[row] = sum[row] + Vectors{toneMapped(color.x), toneMapped(color.y), toneMapped(color.z)};
  }
}

static void encode(const Scene &scene, const Tile &tile, const Vectors *sum, float scale, uint8_t *rgb) {
  int steps = int(scene.encode.size()) - 1, columns = std::min(kLanes, scene.view.width - tile.left);
  const uint8_t *table = scene.encode.data();
  for (int row = 0; row < tile.rows; row++) {
    F factor = scale * float(steps);
    I r = toInt(sum[row].x * factor + 0.5f), g = toInt(sum[row].y * factor + 0.5f), b = toInt(sum[row].z * factor + 0.5f);
    r = r < steps ? r : I(steps);
    g = g < steps ? g : I(steps);
    b = b < steps ? b : I(steps);
    size_t at = size_t(tile.top + row) * size_t(scene.view.width) + size_t(tile.left);
    uint8_t margin[3 * kLanes], *pixels = columns == kLanes ? rgb + at * 3 : margin;
    for (int lane = 0; lane < kLanes; lane++) {
      pixels[3 * lane] = table[r[lane]];
      pixels[3 * lane + 1] = table[g[lane]];
      pixels[3 * lane + 2] = table[b[lane]];
    }
    if (columns < kLanes) memcpy(rgb + at * 3, margin, size_t(columns) * 3);
  }
}

static void measure(const Scene &scene, const Tile &tile, float *depth, uint16_t *segmentation) {
  int columns = std::min(kLanes, scene.view.width - tile.left);
  for (int row = 0; row < tile.rows; row++) {
    size_t at = size_t(tile.top + row) * size_t(scene.view.width) + size_t(tile.left);
    for (int lane = 0; lane < columns; lane++) {
      int shape = tile.shape[row][lane];
      if (depth) depth[at + size_t(lane)] = shape < 0 ? kInfinity : tile.depth[row][lane];
      if (segmentation)
        segmentation[at + size_t(lane)] = shape < 0 ? 0 : uint16_t(scene.placed[size_t(shape)].body + 1);
    }
  }
}

static void drawTile(
    const Scene &scene, Tile &tile, Workspace &work, uint8_t *rgb, float *depth, uint16_t *segmentation) {
  int samples = scene.view.samples, side = 1;
  while (side * side < samples) side++;
  if (depth || segmentation) {
    start(scene.view, tile, 0.5f, 0.5f);
    look(scene, tile, work.seen);
    measure(scene, tile, depth, segmentation);
  }
  if (!rgb) return;
  Vectors sum[kRows];
  for (int row = 0; row < tile.rows; row++) {
    sum[row] = splat(Vector{0, 0, 0});
    tile.point[row] = tile.normal[row] = tile.albedo[row] = tile.radiance[row] = sum[row];
    tile.roughness[row] = tile.specular[row] = tile.fade[row] = 0.0f;
    tile.openness[row] = 1.0f;
    tile.openShape[row] = -1;
    tile.openNormal[row] = sum[row];
  }
  for (int sample = 0; sample < samples; sample++) {
    float x = (float(sample % side) + 0.5f) / float(side), y = (float(sample / side) + 0.5f) / float(side);
    if (samples > 1 || !(depth || segmentation)) {
      start(scene.view, tile, x, y);
      look(scene, tile, work.seen);
    }
    shine(scene, tile, sample, work.casters.data(), sum);
  }
  encode(scene, tile, sum, 1 / float(samples), rgb);
}

void Scene::draw(uint8_t *rgb, float *depth, uint16_t *segmentation) const {
  Workspace work;
  work.casters.resize(placed.size());
  Tile tile;
  for (tile.top = 0; tile.top < view.height; tile.top += kRows) {
    tile.rows = std::min(kRows, view.height - tile.top);
    work.row.clear();
    for (uint16_t i : nearToFar)
      if (placed[i].top < float(tile.top + kRows) && placed[i].bottom > float(tile.top)) work.row.push_back(i);
    for (tile.left = 0; tile.left < view.width; tile.left += kLanes) {
      work.seen.clear();
      for (uint16_t i : work.row)
        if (placed[i].left < float(tile.left + kLanes) && placed[i].rightEdge > float(tile.left)) work.seen.push_back(i);
      drawTile(*this, tile, work, rgb, depth, segmentation);
    }
  }
}

}  // namespace tracer
PACKET_CODE_END
