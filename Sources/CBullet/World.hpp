#pragma once
#include <BulletCollision/BroadphaseCollision/btDbvtBroadphase.h>
#include <BulletCollision/CollisionDispatch/btCollisionDispatcher.h>
#include <BulletCollision/CollisionDispatch/btDefaultCollisionConfiguration.h>
#include <BulletDynamics/Dynamics/btRigidBody.h>
#include <BulletDynamics/Featherstone/btMultiBody.h>
#include <BulletDynamics/Featherstone/btMultiBodyConstraintSolver.h>
#include <BulletDynamics/Featherstone/btMultiBodyDynamicsWorld.h>
#include <BulletDynamics/Featherstone/btMultiBodyLinkCollider.h>

#include <memory>
#include <vector>

#include "Joint.hpp"
#include "Shapes.hpp"

namespace rehearsal {

/// Who may touch whom: static scenery never itself, links of one articulation only where it says so.
struct PairFilter final : btOverlapFilterCallback {
  bool needBroadphaseCollision(btBroadphaseProxy *a, btBroadphaseProxy *b) const override;
};

/// A world of static, free and articulated bodies.
class World {
 public:
  explicit World(const cbullet_settings &settings);
  ~World();
  World(const World &) = delete;
  World &operator=(const World &) = delete;

  void addFixed(const cbullet_body &body, const double pose[7]);
  void addFree(const cbullet_body &body, const double pose[7]);
  void addArticulation(const cbullet_body *links, const cbullet_joint *joints, int linkCount,
                       const double rootPose[7], bool rootIsFixed, bool selfCollides);

  void advance(int substeps, const double *targets);
  /// The row of a body whose state is not finite, or -1.
  int firstBrokenBody() const;
  void read(double *bodies, double *joints);
  /// Sorted by pair; valid until the next call.
  const std::vector<cbullet_contact> &contacts();

 private:
  struct Articulation {
    std::unique_ptr<btMultiBody> body;
    std::vector<std::unique_ptr<btMultiBodyLinkCollider>> colliders;
    std::vector<std::unique_ptr<JointConstraint>> constraints;
    std::vector<int> rows;
    std::vector<int> jointRows;
  };

  void setSurface(btCollisionObject &object, const cbullet_body &body) const;
  void addLink(Articulation &articulation, int link, const cbullet_body &body, bool isStatic);
  void readArticulation(const Articulation &articulation, double *bodies, double *joints);

  double timeStep_;
  ShapeStore shapes_;
  PairFilter filter_;
  std::unique_ptr<btDefaultCollisionConfiguration> configuration_;
  std::unique_ptr<btCollisionDispatcher> dispatcher_;
  std::unique_ptr<btDbvtBroadphase> broadphase_;
  std::unique_ptr<btMultiBodyConstraintSolver> solver_;
  std::unique_ptr<btMultiBodyDynamicsWorld> world_;
  std::vector<std::unique_ptr<btCollisionObject>> fixed_;
  std::vector<std::unique_ptr<btRigidBody>> free_;
  std::vector<std::unique_ptr<Articulation>> articulations_;
  std::vector<cbullet_contact> contacts_;
  btAlignedObjectArray<btVector3> omega_, velocity_;
};

}  // namespace rehearsal
