#pragma once
#include <BulletCollision/BroadphaseCollision/btDbvtBroadphase.h>
#include <BulletCollision/CollisionDispatch/btCollisionDispatcher.h>
#include <BulletCollision/CollisionDispatch/btCollisionWorld.h>
#include <BulletCollision/CollisionDispatch/btDefaultCollisionConfiguration.h>

#include <memory>
#include <vector>

#include "Articulation.hpp"
#include "ContactAlgorithm.hpp"
#include "Shapes.hpp"
#include "Solver.hpp"

namespace rehearsal {

/// Who may touch whom: static scenery never itself, links of one articulation only where it says so.
struct PairFilter final : btOverlapFilterCallback {
  explicit PairFilter(const std::vector<Entity> &entities) : entities(entities) {}
  const std::vector<Entity> &entities;
  bool needBroadphaseCollision(btBroadphaseProxy *a, btBroadphaseProxy *b) const override;
};

/// A world of static, free and articulated bodies.
///
/// Collision detection, rigid-body and articulated-body dynamics are Bullet's; the order of a substep, the constraint
/// solver and the sleeping of bodies at rest are ours.
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
  std::unique_ptr<btCollisionObject> makeObject(const cbullet_body &body, const cbullet_shape &shape);
  void addColliders(Entity &entity, int link, const cbullet_body &body, bool isBolted);
  void add(Entity entity);
  /// Position targets move evenly from those of the call before; a progress of 1 reaches the new ones.
  void setTargets(double progress);
  void step();
  void updateSleep();
  int island(int entity);
  void readArticulation(const Entity &entity, double *bodies, double *joints);

  btScalar timeStep_;
  btVector3 gravity_;
  ShapeStore shapes_;
  std::vector<Entity> entities_;
  PairFilter filter_{entities_};
  ContactAlgorithms contactAlgorithms_;
  std::unique_ptr<btDefaultCollisionConfiguration> configuration_;
  std::unique_ptr<btCollisionDispatcher> dispatcher_;
  std::unique_ptr<btDbvtBroadphase> broadphase_;
  std::unique_ptr<btCollisionWorld> world_;
  Solver solver_;
  std::vector<std::unique_ptr<btCollisionObject>> fixed_;
  std::vector<int> islands_;
  std::vector<bool> islandIsRestless_;
  std::vector<cbullet_contact> contacts_;
  std::vector<btVector3> omega_, velocity_;
};

}  // namespace rehearsal
