#pragma once
#include <BulletCollision/CollisionDispatch/btCollisionCreateFunc.h>
#include <BulletCollision/CollisionDispatch/btCollisionDispatcher.h>
#include <BulletCollision/NarrowPhaseCollision/btGjkEpaPenetrationDepthSolver.h>

namespace rehearsal {

/// Makes contacts between convex shapes, and between them and planes, with all their points at once.
///
/// Bullet's own algorithm finds one point a substep and remembers earlier ones, which leaves a cylinder in a gripper or a
/// wheel on the floor with one point here now and there next. Here its GJK gives the normal, and the supporting faces or
/// edges of the two shapes, clipped against each other, give the points. Two boxes or two spheres remain Bullet's.
class ContactAlgorithms {
 public:
  /// Bytes of the largest algorithm, for the dispatcher's pool.
  static const int largestSize;

  ContactAlgorithms();
  /// `dispatcher` must not outlive this.
  void install(btCollisionDispatcher &dispatcher);

 private:
  struct Convex final : btCollisionAlgorithmCreateFunc {
    btConvexPenetrationDepthSolver *penetration = nullptr;
    btCollisionAlgorithm *CreateCollisionAlgorithm(btCollisionAlgorithmConstructionInfo &info,
                                                   const btCollisionObjectWrapper *a,
                                                   const btCollisionObjectWrapper *b) override;
  };
  struct Plane final : btCollisionAlgorithmCreateFunc {
    btCollisionAlgorithm *CreateCollisionAlgorithm(btCollisionAlgorithmConstructionInfo &info,
                                                   const btCollisionObjectWrapper *a,
                                                   const btCollisionObjectWrapper *b) override;
  };

  btGjkEpaPenetrationDepthSolver penetration_;
  Convex convex_;
  Plane plane_;
};

}  // namespace rehearsal
