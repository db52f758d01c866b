// Eight rows of eight pixels, and what their rays meet.
#pragma once
#include "scene.h"

PACKET_CODE_BEGIN
namespace tracer {

constexpr int kRows = 8;

struct Tile {
  int left, top, rows;  // rows: how many lie inside the picture
  F x;                  // from the picture's middle, in pixels
  float y[kRows];
  // What is seen: depth (infinite for nothing), index of the shape (-1 for nothing), triangle.
  F depth[kRows];
  I shape[kRows];
  I triangle[kRows];
  // Where: position in the world, unit normal toward the viewer, unit direction toward the viewer.
  Vectors point[kRows], normal[kRows], toEye[kRows];
  Vectors albedo[kRows], radiance[kRows];
  F roughness[kRows], specular[kRows], fade[kRows];
  // How open points are to light from everywhere, of the samples so far, and where those are.
  F openness[kRows];
  I openShape[kRows];
  Vectors openNormal[kRows];
  // For one light: direction toward it and irradiance; lanes it can reach; lanes a shadow ray got through.
  Vectors toLight[kRows];
  F irradiance[kRows], visible[kRows];
  I lit[kRows], open[kRows];
};

/// The rows of a tile that a shape's picture may touch.
struct RowRange {
  int first, last;
};
PACKET_INLINE RowRange rowsTouched(const Tile &tile, const Placed &p) {
  float first = p.top - float(tile.top), last = p.bottom - float(tile.top);
  return {first > 0 ? int(first < kRows ? first : kRows) : 0, last < float(tile.rows) ? int(last > -1 ? last + 1 : 0) : tile.rows};
}

PACKET_INLINE Vectors rayInShape(const Tile &tile, const Placed &p, int row) {
  Vector start = p.forward + p.down * tile.y[row];
  return {start.x + p.right.x * tile.x, start.y + p.right.y * tile.x, start.z + p.right.z * tile.x};
}

template <Kind kind> void see(Tile &tile, const Placed &p, int index, float near) {
  RowRange range = rowsTouched(tile, p);
  Vectors eye = splat(p.eye);
  for (int row = range.first; row < range.last; row++) {
    if (!any(tile.depth[row] > p.nearest)) continue;
    F t = entry<kind>(p.solid, eye, rayInShape(tile, p, row));
    I nearer = (t < tile.depth[row]) & (t >= near);
    tile.depth[row] = nearer ? t : tile.depth[row];
    tile.shape[row] = nearer ? I(index) : tile.shape[row];
  }
}

PACKET_INLINE Vectors inMesh(const Placed &p, Vectors v) {
  return {v.x / p.meshScale.x, v.y / p.meshScale.y, v.z / p.meshScale.z};
}

template <> inline void see<Kind::mesh>(Tile &tile, const Placed &p, int index, float near) {
  RowRange range = rowsTouched(tile, p);
  Vectors eye = inMesh(p, splat(p.eye));
  for (int row = range.first; row < range.last; row++) {
    I active = tile.depth[row] > p.nearest;
    if (!any(active)) continue;
    I triangle = tile.triangle[row];
    F t = p.mesh->entry(eye, inMesh(p, rayInShape(tile, p, row)), F(near), tile.depth[row], active, triangle);
    I nearer = (t < tile.depth[row]) & (t >= near);
    tile.depth[row] = nearer ? t : tile.depth[row];
    tile.shape[row] = nearer ? I(index) : tile.shape[row];
    tile.triangle[row] = nearer ? triangle : tile.triangle[row];
  }
}

PACKET_INLINE void see(Tile &tile, const Placed &p, int index, float near) {
  switch (p.solid.kind) {
    case Kind::box: return see<Kind::box>(tile, p, index, near);
    case Kind::sphere: return see<Kind::sphere>(tile, p, index, near);
    case Kind::cylinder: return see<Kind::cylinder>(tile, p, index, near);
    case Kind::cone: return see<Kind::cone>(tile, p, index, near);
    case Kind::capsule: return see<Kind::capsule>(tile, p, index, near);
    case Kind::plane: return see<Kind::plane>(tile, p, index, near);
    case Kind::mesh: return see<Kind::mesh>(tile, p, index, near);
  }
}

}  // namespace tracer
PACKET_CODE_END
