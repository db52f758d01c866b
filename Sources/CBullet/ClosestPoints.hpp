#pragma once
#include <BulletCollision/CollisionShapes/btConvexShape.h>
#include <BulletCollision/NarrowPhaseCollision/btConvexPenetrationDepthSolver.h>

namespace rehearsal {

/// Where two convex shapes are nearest, or deepest in each other.
struct Closest {
  /// From the second shape to the first, and the point on the second.
  btVector3 normal = btVector3(0, 0, 0), point = btVector3(0, 0, 0);
  btScalar distance = 0;
  bool isFound = false;
};

/// Looks no farther than `reach`.
Closest closestPoints(const btConvexShape &first, const btTransform &firstPose, const btConvexShape &second,
                      const btTransform &secondPose, btScalar reach, btConvexPenetrationDepthSolver &penetration);

}  // namespace rehearsal
