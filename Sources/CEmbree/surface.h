// From hits to points, normals and colours.
#pragma once
#include "tile.h"

PACKET_CODE_BEGIN
namespace tracer {

PACKET_INLINE Vectors background(const Scene &scene, F z) {
  F up = clamped(z, 0.0f, 1.0f), down = clamped(-z, 0.0f, 1.0f);
  Vectors sky = mix(splat(scene.horizon), splat(scene.zenith), up * (2.0f - up));
  Vectors ground = mix(splat(scene.horizon), splat(scene.nadir), down * (2.0f - down));
  return select(z >= 0.0f, sky, ground);
}

static inline void describe(const Scene &scene, Tile &tile, int row, int index, I mask, F pixelWidth) {
  const Placed &p = scene.placed[size_t(index)];
  const Surface &surface = scene.surfaces[size_t(p.material)];
  Vectors local = splat(p.eye) + rayInShape(tile, p, row) * tile.depth[row];
  Vectors n = normal(p.solid, local);
  Vectors color;
  F fade = 0.0f;
  if (p.mesh) {
    Vectors scale = splat(p.meshScale);
    F u = 0.0f, v = 0.0f;
    p.mesh->surface(mask, tile.triangle[row], inMesh(p, local), n, u, v);
    n = normalized(Vectors{n.x / scale.x, n.y / scale.y, n.z / scale.z});
    bool isMapped = surface.pattern == Pattern::image && p.mesh->hasTextureCoordinates();
    color = isMapped ? splat(surface.color) * texel(*surface.image, u, v, scene.decode)
                     : colorAt(surface, local, n, pixelWidth, false, scene.decode);
  } else {
    bool isFlat = p.solid.kind == Kind::box || p.solid.kind == Kind::plane;
    color = colorAt(surface, local, n, pixelWidth, isFlat, scene.decode);
  }
  if (p.solid.kind == Kind::plane)
    fade = smoothstep(0.55f, 1.0f, squareRoot(local.x * local.x + local.y * local.y) * F(1 / p.solid.a));
  n = rotated(p.worldFromShape, n);
  I isAway = dot(n, tile.toEye[row]) < 0.0f;
  n = select(isAway, n * F(-1.0f), n);
  if (p.mesh) tile.point[row] = select(mask, tile.point[row] + n * F(3e-4f), tile.point[row]);
  tile.normal[row] = select(mask, n, tile.normal[row]);
  tile.albedo[row] = select(mask, color, tile.albedo[row]);
  tile.roughness[row] = mask ? F(surface.roughness) : tile.roughness[row];
  tile.specular[row] = mask ? F(surface.specular) : tile.specular[row];
  tile.fade[row] = mask ? fade : tile.fade[row];
}

/// Fills everything about what a row of rays met; returns whether it met anything.
static inline bool describe(const Scene &scene, Tile &tile, int row) {
  const View &view = scene.view;
  Vector start = view.forward + view.down * tile.y[row];
  Vectors ray = {start.x + view.right.x * tile.x, start.y + view.right.y * tile.x, start.z + view.right.z * tile.x};
  F inverse = 1.0f / squareRoot(dot(ray, ray));
  tile.toEye[row] = ray * -inverse;
  I remaining = tile.shape[row] >= 0;
  if (!any(remaining)) return false;
  tile.point[row] = splat(view.eye) + ray * tile.depth[row];
  F pixelWidth = tile.depth[row] * view.pixelAngle * 1.5f;
  while (any(remaining)) {
    int lane = __builtin_ctz(bitsOf(remaining));
    int index = tile.shape[row][lane];
    I mask = tile.shape[row] == index;
    describe(scene, tile, row, index, mask, pixelWidth);
    remaining &= ~mask;
  }
  return true;
}

}  // namespace tracer
PACKET_CODE_END
