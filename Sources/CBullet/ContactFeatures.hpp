#pragma once
#include <BulletCollision/CollisionShapes/btConvexShape.h>

namespace rehearsal {

/// The part of a convex shape that can touch across a plane: a point, an edge, or a convex polygon in order.
struct Feature {
  static constexpr int capacity = 24;
  btVector3 points[capacity];
  int count = 0;

  void add(const btVector3 &point) {
    if (count < capacity) points[count++] = point;
  }
};

/// The feature of `shape`, in world coordinates, that lies farthest along `direction`.
Feature supportingFeature(const btConvexShape &shape, const btTransform &pose, const btVector3 &direction);

/// The part of `feature`, an edge or a polygon, that lies within the prism over `polygon` along `normal`.
Feature clipped(const Feature &feature, const Feature &polygon, const btVector3 &normal);

/// A point of contact: on the second body, and how far the first lies from it along the normal.
struct Touch {
  btVector3 point;
  btScalar distance;
};

/// Moves the four of `touches` that hold the bodies best to the front; returns how many remain.
int reduce(Touch *touches, int count);

}  // namespace rehearsal
