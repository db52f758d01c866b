#include "World.hpp"

#include <algorithm>
#include <cmath>

#include "Conversion.hpp"

namespace rehearsal {
namespace {
/// Sized for a table-top scene; Bullet falls back to the heap beyond. Its defaults touch 4 MB for every world.
constexpr int manifoldPoolSize = 256;
constexpr int algorithmPoolSize = 512;

btDefaultCollisionConstructionInfo constructionInfo() {
  btDefaultCollisionConstructionInfo info;
  info.m_defaultMaxPersistentManifoldPoolSize = manifoldPoolSize;
  info.m_defaultMaxCollisionAlgorithmPoolSize = algorithmPoolSize;
  return info;
}

const btCollisionObject *object(const btBroadphaseProxy *proxy) {
  return static_cast<const btCollisionObject *>(proxy->m_clientObject);
}

bool isFinite(const btVector3 &v) { return std::isfinite(v.x()) && std::isfinite(v.y()) && std::isfinite(v.z()); }
}  // namespace

bool PairFilter::needBroadphaseCollision(btBroadphaseProxy *a, btBroadphaseProxy *b) const {
  const btCollisionObject *first = object(a);
  const btCollisionObject *second = object(b);
  if (first->isStaticObject() && second->isStaticObject()) return false;
  return first->checkCollideWith(second) && second->checkCollideWith(first);
}

World::World(const cbullet_settings &settings)
    : timeStep_(settings.time_step),
      configuration_(std::make_unique<btDefaultCollisionConfiguration>(constructionInfo())),
      dispatcher_(std::make_unique<btCollisionDispatcher>(configuration_.get())),
      broadphase_(std::make_unique<btDbvtBroadphase>()),
      solver_(std::make_unique<btMultiBodyConstraintSolver>()),
      world_(std::make_unique<btMultiBodyDynamicsWorld>(dispatcher_.get(), broadphase_.get(), solver_.get(),
                                                        configuration_.get())) {
  broadphase_->getOverlappingPairCache()->setOverlapFilterCallback(&filter_);
  world_->setGravity(vector(settings.gravity));
  world_->getDispatchInfo().m_deterministicOverlappingPairs = true;
  world_->setForceUpdateAllAabbs(false);
  btContactSolverInfo &info = world_->getSolverInfo();
  info.m_numIterations = settings.solver_iterations;
}

World::~World() {
  for (auto &articulation : articulations_) {
    for (auto &constraint : articulation->constraints) world_->removeMultiBodyConstraint(constraint.get());
    for (auto &collider : articulation->colliders) world_->removeCollisionObject(collider.get());
    world_->removeMultiBody(articulation->body.get());
  }
  for (auto &body : free_) world_->removeRigidBody(body.get());
  for (auto &body : fixed_) world_->removeCollisionObject(body.get());
}

void World::setSurface(btCollisionObject &object, const cbullet_body &body) const {
  object.setFriction(btScalar(body.friction));
  object.setRollingFriction(btScalar(body.rolling_friction));
  object.setSpinningFriction(btScalar(body.spinning_friction));
  object.setRestitution(btScalar(body.restitution));
  object.setUserIndex(body.body);
  object.setActivationState(DISABLE_DEACTIVATION);
}

void World::addFixed(const cbullet_body &body, const double pose[7]) {
  // One object a shape: the broadphase then rejects what is far from each, which a compound would do in every substep.
  for (int i = 0; i < body.shape_count; ++i) {
    auto object = std::make_unique<btCollisionObject>();
    object->setCollisionShape(shapes_.primitive(body.shapes[i]));
    object->setWorldTransform(transform(pose) * transform(body.shapes[i].pose));
    object->setCollisionFlags(btCollisionObject::CF_STATIC_OBJECT);
    setSurface(*object, body);
    world_->addCollisionObject(object.get());
    fixed_.push_back(std::move(object));
  }
}

void World::addFree(const cbullet_body &body, const double pose[7]) {
  btRigidBody::btRigidBodyConstructionInfo info(btScalar(body.mass), nullptr,
                                                shapes_.body(body.shapes, body.shape_count), vector(body.inertia));
  info.m_startWorldTransform = transform(pose);
  auto object = std::make_unique<btRigidBody>(info);
  setSurface(*object, body);
  world_->addRigidBody(object.get());
  free_.push_back(std::move(object));
}

void World::addLink(Articulation &articulation, int link, const cbullet_body &body, bool isStatic) {
  articulation.rows.push_back(body.body);
  btCollisionShape *shape = shapes_.body(body.shapes, body.shape_count);
  if (!shape) return;
  auto collider = std::make_unique<btMultiBodyLinkCollider>(articulation.body.get(), link);
  collider->setCollisionShape(shape);
  setSurface(*collider, body);
  if (isStatic) collider->setCollisionFlags(collider->getCollisionFlags() | btCollisionObject::CF_STATIC_OBJECT);
  if (link < 0) {
    articulation.body->setBaseCollider(collider.get());
  } else {
    articulation.body->getLink(link).m_collider = collider.get();
  }
  articulation.colliders.push_back(std::move(collider));
}

void World::addArticulation(const cbullet_body *links, const cbullet_joint *joints, int linkCount,
                            const double rootPose[7], bool rootIsFixed, bool selfCollides) {
  auto articulation = std::make_unique<Articulation>();
  articulation->body = std::make_unique<btMultiBody>(linkCount - 1, btScalar(links[0].mass), vector(links[0].inertia),
                                                     rootIsFixed, false);
  btMultiBody &body = *articulation->body;
  body.setBaseWorldTransform(transform(rootPose));
  body.setLinearDamping(0);
  body.setAngularDamping(0);
  body.setHasSelfCollision(selfCollides);
  for (int i = 0; i + 1 < linkCount; ++i) {
    const cbullet_joint &joint = joints[i];
    const cbullet_body &link = links[i + 1];
    const btTransform parentFromJoint = transform(joint.parent_from_joint);
    const btTransform jointFromChild = transform(joint.joint_from_child);
    const btMatrix3x3 childFromJoint = jointFromChild.getBasis().transpose();
    const btQuaternion childFromParent = (parentFromJoint.getRotation() * jointFromChild.getRotation()).inverse();
    const btVector3 axis = childFromJoint * vector(joint.axis);
    const btVector3 pivotToChild = childFromJoint * jointFromChild.getOrigin();
    if (joint.kind == CBULLET_PRISMATIC) {
      body.setupPrismatic(i, btScalar(link.mass), vector(link.inertia), joint.parent - 1, childFromParent, axis,
                          parentFromJoint.getOrigin(), pivotToChild, true);
    } else {
      body.setupRevolute(i, btScalar(link.mass), vector(link.inertia), joint.parent - 1, childFromParent, axis,
                         parentFromJoint.getOrigin(), pivotToChild, true);
    }
    articulation->jointRows.push_back(joint.joint);
  }
  body.finalizeMultiDof();
  for (int i = 0; i + 1 < linkCount; ++i) body.setJointPos(i, btScalar(joints[i].position));
  addLink(*articulation, -1, links[0], rootIsFixed);
  for (int i = 1; i < linkCount; ++i) addLink(*articulation, i - 1, links[i], false);

  btAlignedObjectArray<btQuaternion> rotations;
  btAlignedObjectArray<btVector3> origins;
  body.forwardKinematics(rotations, origins);
  body.updateCollisionObjectWorldTransforms(rotations, origins);
  world_->addMultiBody(&body);
  for (auto &collider : articulation->colliders) world_->addCollisionObject(collider.get());
  for (int i = 0; i + 1 < linkCount; ++i) {
    articulation->constraints.push_back(std::make_unique<JointConstraint>(&body, i, joints[i]));
    world_->addMultiBodyConstraint(articulation->constraints.back().get());
  }
  articulations_.push_back(std::move(articulation));
}

void World::advance(int substeps, const double *targets) {
  for (auto &articulation : articulations_) {
    for (size_t i = 0; i < articulation->constraints.size(); ++i) {
      articulation->constraints[i]->setTarget(btScalar(targets[articulation->jointRows[i]]));
    }
  }
  for (int i = 0; i < substeps; ++i) world_->stepSimulation(btScalar(timeStep_), 0);
}

int World::firstBrokenBody() const {
  int broken = -1;
  const auto report = [&broken](int row) {
    if (broken < 0 || row < broken) broken = row;
  };
  for (const auto &body : free_) {
    if (!isFinite(body->getWorldTransform().getOrigin()) || !isFinite(body->getLinearVelocity()) ||
        !isFinite(body->getAngularVelocity())) {
      report(body->getUserIndex());
    }
  }
  for (const auto &articulation : articulations_) {
    const btMultiBody &body = *articulation->body;
    if (!isFinite(body.getBasePos()) || !isFinite(body.getBaseVel()) || !isFinite(body.getBaseOmega())) {
      report(articulation->rows[0]);
    }
    for (int i = 0; i < body.getNumLinks(); ++i) {
      if (!std::isfinite(body.getJointPos(i)) || !std::isfinite(body.getJointVel(i))) report(articulation->rows[i + 1]);
    }
  }
  return broken;
}

void World::read(double *bodies, double *joints) {
  for (const auto &body : free_) {
    double *row = bodies + 13 * body->getUserIndex();
    store(body->getWorldTransform(), row);
    store(body->getLinearVelocity(), row + 7);
    store(body->getAngularVelocity(), row + 10);
  }
  world_->forwardKinematics();
  for (const auto &articulation : articulations_) readArticulation(*articulation, bodies, joints);
}

void World::readArticulation(const Articulation &articulation, double *bodies, double *joints) {
  btMultiBody &body = *articulation.body;
  const int links = body.getNumLinks();
  omega_.resize(links + 1);
  velocity_.resize(links + 1);
  body.compTreeLinkVelocities(&omega_[0], &velocity_[0]);
  for (int i = 0; i <= links; ++i) {
    const btTransform pose = i == 0 ? body.getBaseWorldTransform() : body.getLink(i - 1).m_cachedWorldTransform;
    double *row = bodies + 13 * articulation.rows[i];
    store(pose, row);
    store(pose.getBasis() * velocity_[i], row + 7);
    store(pose.getBasis() * omega_[i], row + 10);
  }
  for (int i = 0; i < links; ++i) {
    joints[2 * articulation.jointRows[i]] = body.getJointPos(i);
    joints[2 * articulation.jointRows[i] + 1] = body.getJointVel(i);
  }
}

const std::vector<cbullet_contact> &World::contacts() {
  contacts_.clear();
  for (int i = 0; i < dispatcher_->getNumManifolds(); ++i) {
    const btPersistentManifold &manifold = *dispatcher_->getManifoldByIndexInternal(i);
    double impulse = 0;
    for (int j = 0; j < manifold.getNumContacts(); ++j) impulse += manifold.getContactPoint(j).getAppliedImpulse();
    if (impulse <= 0) continue;
    const int a = manifold.getBody0()->getUserIndex();
    const int b = manifold.getBody1()->getUserIndex();
    contacts_.push_back({std::min(a, b), std::max(a, b), impulse / timeStep_});
  }
  std::sort(contacts_.begin(), contacts_.end(), [](const cbullet_contact &a, const cbullet_contact &b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  });
  size_t kept = 0;
  for (size_t i = 0; i < contacts_.size(); ++i) {
    if (kept > 0 && contacts_[kept - 1].first == contacts_[i].first &&
        contacts_[kept - 1].second == contacts_[i].second) {
      contacts_[kept - 1].normal_force += contacts_[i].normal_force;
    } else {
      contacts_[kept++] = contacts_[i];
    }
  }
  contacts_.resize(kept);
  return contacts_;
}

}  // namespace rehearsal
