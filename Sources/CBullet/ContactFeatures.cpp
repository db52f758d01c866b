#include "ContactFeatures.hpp"

#include <BulletCollision/CollisionShapes/btBoxShape.h>
#include <BulletCollision/CollisionShapes/btCapsuleShape.h>
#include <BulletCollision/CollisionShapes/btConeShape.h>
#include <BulletCollision/CollisionShapes/btConvexHullShape.h>
#include <BulletCollision/CollisionShapes/btCylinderShape.h>

#include <algorithm>
#include <utility>

namespace rehearsal {
namespace {
/// Corners of the polygon that stands for a round cap.
constexpr int capCorners = 8;
/// A direction this close to the axis (cosine) sees the cap of a cylinder, and otherwise its side.
constexpr btScalar capCosine = 0.7f;
/// Vertices of a hull this near the foremost (a share of the hull's extent) belong to its face.
constexpr btScalar faceTolerance = 0.02f;

void addCap(Feature &feature, btScalar radius, btScalar height) {
  for (int i = 0; i < capCorners; ++i) {
    const btScalar angle = SIMD_2_PI * btScalar(i) / capCorners;
    feature.add(btVector3(radius * btCos(angle), radius * btSin(angle), height));
  }
}

/// Unit vector of the part of `d` across the z axis.
btVector3 across(const btVector3 &d) {
  const btVector3 flat(d.x(), d.y(), 0);
  return flat.length2() > SIMD_EPSILON ? flat.normalized() : btVector3(1, 0, 0);
}

void addBoxFace(Feature &feature, const btVector3 &half, const btVector3 &d) {
  const int axis = d.absolute().maxAxis();
  const int u = (axis + 1) % 3;
  const int v = (axis + 2) % 3;
  for (const auto &[su, sv] : {std::pair{1, 1}, {-1, 1}, {-1, -1}, {1, -1}}) {
    btVector3 corner;
    corner[axis] = d[axis] < 0 ? -half[axis] : half[axis];
    corner[u] = btScalar(su) * half[u];
    corner[v] = btScalar(sv) * half[v];
    feature.add(corner);
  }
}

void addHullFace(Feature &feature, const btConvexHullShape &hull, const btVector3 &d) {
  const btVector3 *points = hull.getUnscaledPoints();
  const int count = hull.getNumPoints();
  btScalar foremost = -SIMD_INFINITY;
  btScalar rearmost = SIMD_INFINITY;
  for (int i = 0; i < count; ++i) {
    const btScalar depth = points[i].dot(d);
    foremost = btMax(foremost, depth);
    rearmost = btMin(rearmost, depth);
  }
  const btScalar limit = foremost - faceTolerance * (foremost - rearmost);
  btVector3 u, v;
  btPlaneSpace1(d, u, v);
  const auto flat = [&](const btVector3 &p) { return std::pair(p.dot(u), p.dot(v)); };
  // Gift wrapping, from the vertex least along u.
  int start = -1;
  for (int i = 0; i < count; ++i) {
    if (points[i].dot(d) >= limit && (start < 0 || flat(points[i]) < flat(points[start]))) start = i;
  }
  int current = start;
  do {
    feature.add(points[current]);
    int next = -1;
    for (int i = 0; i < count; ++i) {
      if (i == current || points[i].dot(d) < limit) continue;
      if (next < 0) {
        next = i;
        continue;
      }
      const auto [ax, ay] = flat(points[next] - points[current]);
      const auto [bx, by] = flat(points[i] - points[current]);
      const btScalar turn = ax * by - ay * bx;
      if (turn < 0 || (turn == 0 && bx * bx + by * by > ax * ax + ay * ay)) next = i;
    }
    current = next;
  } while (current >= 0 && current != start && feature.count < Feature::capacity);
}

void addLocalFeature(Feature &feature, const btConvexShape &shape, const btVector3 &d) {
  switch (shape.getShapeType()) {
    case BOX_SHAPE_PROXYTYPE:
      addBoxFace(feature, static_cast<const btBoxShape &>(shape).getHalfExtentsWithMargin(), d);
      break;
    case CYLINDER_SHAPE_PROXYTYPE: {
      const btVector3 half = static_cast<const btCylinderShape &>(shape).getHalfExtentsWithMargin();
      if (btFabs(d.z()) > capCosine) {
        addCap(feature, half.x(), d.z() < 0 ? -half.z() : half.z());
      } else {
        const btVector3 rim = across(d) * half.x();
        feature.add(rim + btVector3(0, 0, half.z()));
        feature.add(rim - btVector3(0, 0, half.z()));
      }
      break;
    }
    case CONE_SHAPE_PROXYTYPE: {
      const auto &cone = static_cast<const btConeShape &>(shape);
      const btScalar half = cone.getHeight() / 2;
      if (d.z() < -capCosine) {
        addCap(feature, cone.getRadius(), -half);
      } else {
        feature.add(btVector3(0, 0, half));
        feature.add(across(d) * cone.getRadius() - btVector3(0, 0, half));
      }
      break;
    }
    case CAPSULE_SHAPE_PROXYTYPE: {
      const auto &capsule = static_cast<const btCapsuleShape &>(shape);
      const btVector3 side = across(d) * capsule.getRadius();
      if (btFabs(d.z()) < capCosine) {
        feature.add(side + btVector3(0, 0, capsule.getHalfHeight()));
        feature.add(side - btVector3(0, 0, capsule.getHalfHeight()));
      }
      break;
    }
    case CONVEX_HULL_SHAPE_PROXYTYPE:
      addHullFace(feature, static_cast<const btConvexHullShape &>(shape), d);
      break;
    default: break;
  }
}
}  // namespace

Feature supportingFeature(const btConvexShape &shape, const btTransform &pose, const btVector3 &direction) {
  Feature feature;
  addLocalFeature(feature, shape, direction * pose.getBasis());
  for (int i = 0; i < feature.count; ++i) feature.points[i] = pose * feature.points[i];
  return feature;
}

Feature clipped(const Feature &feature, const Feature &polygon, const btVector3 &normal) {
  btVector3 centre(0, 0, 0);
  for (int i = 0; i < polygon.count; ++i) centre += polygon.points[i] / btScalar(polygon.count);
  Feature current = feature;
  for (int side = 0; side < polygon.count; ++side) {
    const btVector3 &corner = polygon.points[side];
    btVector3 inward = normal.cross(polygon.points[(side + 1) % polygon.count] - corner);
    if (inward.dot(centre - corner) < 0) inward = -inward;
    Feature kept;
    const int edges = current.count == 2 ? 1 : current.count;
    for (int i = 0; i < edges; ++i) {
      const btVector3 &p = current.points[i];
      const btVector3 &q = current.points[(i + 1) % current.count];
      const btScalar a = inward.dot(p - corner);
      const btScalar b = inward.dot(q - corner);
      if (a >= 0) kept.add(p);
      if ((a < 0) != (b < 0)) kept.add(p + (q - p) * (a / (a - b)));
      if (current.count == 2 && b >= 0) kept.add(q);
    }
    current = kept;
    if (current.count < 2) break;
  }
  return current;
}

int reduce(Touch *touches, int count) {
  if (count <= 4) return count;
  const auto choose = [&](int slot, auto score) {
    int best = slot;
    for (int i = slot + 1; i < count; ++i) {
      if (score(touches[i]) > score(touches[best])) best = i;
    }
    std::swap(touches[slot], touches[best]);
  };
  choose(0, [](const Touch &t) { return -t.distance; });
  choose(1, [&](const Touch &t) { return (t.point - touches[0].point).length2(); });
  const btVector3 first = touches[0].point;
  const btVector3 edge = touches[1].point - first;
  choose(2, [&](const Touch &t) { return edge.cross(t.point - first).length2(); });
  const btVector3 side = edge.cross(touches[2].point - first);
  // The one farthest outside the triangle, across any of its edges.
  const btVector3 corners[3] = {first, touches[1].point, touches[2].point};
  choose(3, [&](const Touch &t) {
    btScalar farthest = -SIMD_INFINITY;
    for (int i = 0; i < 3; ++i) {
      const btVector3 along = corners[(i + 1) % 3] - corners[i];
      farthest = btMax(farthest, -along.cross(t.point - corners[i]).dot(side));
    }
    return farthest;
  });
  return 4;
}

}  // namespace rehearsal
