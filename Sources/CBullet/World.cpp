#include "World.hpp"

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
  info.m_customCollisionAlgorithmMaxElementSize = ContactAlgorithms::largestSize;
  return info;
}

const btCollisionObject *object(const btBroadphaseProxy *proxy) {
  return static_cast<const btCollisionObject *>(proxy->m_clientObject);
}

void setUpJoint(btMultiBody &body, int index, const cbullet_joint &joint, const cbullet_body &link) {
  const btTransform parentFromJoint = transform(joint.parent_from_joint);
  const btTransform jointFromChild = transform(joint.joint_from_child);
  const btMatrix3x3 childFromJoint = jointFromChild.getBasis().transpose();
  const btQuaternion childFromParent = (parentFromJoint.getRotation() * jointFromChild.getRotation()).inverse();
  const btVector3 axis = childFromJoint * vector(joint.axis);
  const btVector3 pivotToChild = childFromJoint * jointFromChild.getOrigin();
  if (joint.kind == CBULLET_PRISMATIC) {
    body.setupPrismatic(index, btScalar(link.mass), vector(link.inertia), joint.parent - 1, childFromParent, axis,
                        parentFromJoint.getOrigin(), pivotToChild, true);
  } else {
    body.setupRevolute(index, btScalar(link.mass), vector(link.inertia), joint.parent - 1, childFromParent, axis,
                       parentFromJoint.getOrigin(), pivotToChild, true);
  }
}
}  // namespace

bool PairFilter::needBroadphaseCollision(btBroadphaseProxy *a, btBroadphaseProxy *b) const {
  const btCollisionObject &first = *object(a);
  const btCollisionObject &second = *object(b);
  if (first.isStaticObject() && second.isStaticObject()) return false;
  const int index = first.getUserIndex2();
  if (index == noEntity || index != second.getUserIndex2()) return true;
  const Entity &entity = entities[size_t(index)];
  if (!entity.collidesWithItself) return false;
  const btMultiBody &body = entity.articulation->body();
  const int one = first.getUserIndex3();
  const int other = second.getUserIndex3();
  const bool areNeighbours =
      (one >= 0 && body.getParent(one) == other) || (other >= 0 && body.getParent(other) == one);
  return one != other && !areNeighbours;
}

World::World(const cbullet_settings &settings)
    : timeStep_(btScalar(settings.time_step)),
      gravity_(vector(settings.gravity)),
      configuration_(std::make_unique<btDefaultCollisionConfiguration>(constructionInfo())),
      dispatcher_(std::make_unique<btCollisionDispatcher>(configuration_.get())),
      broadphase_(std::make_unique<btDbvtBroadphase>()),
      world_(std::make_unique<btCollisionWorld>(dispatcher_.get(), broadphase_.get(), configuration_.get())),
      solver_(btScalar(settings.time_step), settings.solver_iterations) {
  contactAlgorithms_.install(*dispatcher_);
  broadphase_->getOverlappingPairCache()->setOverlapFilterCallback(&filter_);
  world_->setForceUpdateAllAabbs(false);
  world_->getDispatchInfo().m_timeStep = timeStep_;
  world_->getDispatchInfo().m_deterministicOverlappingPairs = true;
  world_->getDispatchInfo().m_useContinuous = false;
}

World::~World() {
  for (Entity &entity : entities_) {
    for (Collider &collider : entity.colliders) world_->removeCollisionObject(collider.object.get());
  }
  for (auto &object : fixed_) world_->removeCollisionObject(object.get());
}

std::unique_ptr<btCollisionObject> World::makeObject(const cbullet_body &body, const cbullet_shape &shape) {
  auto object = std::make_unique<btCollisionObject>();
  object->setCollisionShape(shapes_.primitive(shape));
  object->setFriction(btScalar(body.friction));
  object->setRollingFriction(btScalar(body.rolling_friction));
  object->setSpinningFriction(btScalar(body.spinning_friction));
  object->setRestitution(btScalar(body.restitution));
  object->setUserIndex(body.body);
  return object;
}

void World::addFixed(const cbullet_body &body, const double pose[7]) {
  for (int i = 0; i < body.shape_count; ++i) {
    auto object = makeObject(body, body.shapes[i]);
    object->setWorldTransform(transform(pose) * transform(body.shapes[i].pose));
    object->setCollisionFlags(btCollisionObject::CF_STATIC_OBJECT);
    object->setActivationState(ISLAND_SLEEPING);
    object->setUserIndex2(noEntity);
    world_->addCollisionObject(object.get());
    fixed_.push_back(std::move(object));
  }
}

void World::addColliders(Entity &entity, int link, const cbullet_body &body, bool isBolted) {
  for (int i = 0; i < body.shape_count; ++i) {
    auto object = makeObject(body, body.shapes[i]);
    object->setCollisionFlags(isBolted ? btCollisionObject::CF_STATIC_OBJECT : 0);
    object->setActivationState(isBolted ? ISLAND_SLEEPING : DISABLE_DEACTIVATION);
    object->setUserIndex2(int(entities_.size()));
    object->setUserIndex3(link);
    entity.colliders.push_back({std::move(object), transform(body.shapes[i].pose), link});
  }
}

void World::add(Entity entity) {
  entity.placeColliders();
  entities_.push_back(std::move(entity));
  for (Collider &collider : entities_.back().colliders) world_->addCollisionObject(collider.object.get());
}

void World::addFree(const cbullet_body &body, const double pose[7]) {
  btRigidBody::btRigidBodyConstructionInfo info(btScalar(body.mass), nullptr, nullptr, vector(body.inertia));
  info.m_startWorldTransform = transform(pose);
  Entity entity;
  entity.rigid = std::make_unique<btRigidBody>(info);
  entity.rows.push_back(body.body);
  addColliders(entity, -1, body, false);
  add(std::move(entity));
}

void World::addArticulation(const cbullet_body *links, const cbullet_joint *joints, int linkCount,
                            const double rootPose[7], bool rootIsFixed, bool selfCollides) {
  auto body = std::make_unique<btMultiBody>(linkCount - 1, btScalar(links[0].mass), vector(links[0].inertia),
                                            rootIsFixed, false);
  body->setBaseWorldTransform(transform(rootPose));
  body->setLinearDamping(0);
  body->setAngularDamping(0);
  Entity entity;
  entity.collidesWithItself = selfCollides;
  std::vector<Joint> acting;
  for (int i = 0; i < linkCount; ++i) entity.rows.push_back(links[i].body);
  for (int i = 0; i + 1 < linkCount; ++i) {
    setUpJoint(*body, i, joints[i], links[i + 1]);
    entity.jointRows.push_back(joints[i].joint);
    Joint joint;
    joint.model = joints[i];
    joint.targetAfter = joints[i].position;
    acting.push_back(joint);
  }
  body->finalizeMultiDof();
  for (int i = 0; i + 1 < linkCount; ++i) body->setJointPos(i, btScalar(joints[i].position));
  entity.articulation = std::make_unique<Articulation>(std::move(body), std::move(acting));
  entity.articulation->updateTransforms();
  for (int i = 0; i < linkCount; ++i) addColliders(entity, i - 1, links[i], rootIsFixed && i == 0);
  add(std::move(entity));
}

void World::advance(int substeps, const double *targets) {
  for (Entity &entity : entities_) {
    for (size_t i = 0; i < entity.jointRows.size(); ++i) {
      Joint &joint = entity.articulation->joints()[i];
      joint.targetBefore = joint.targetAfter;
      joint.targetAfter = targets[entity.jointRows[i]];
    }
  }
  for (int i = 1; i <= substeps; ++i) {
    setTargets(double(i) / substeps);
    step();
  }
}

void World::setTargets(double progress) {
  for (Entity &entity : entities_) {
    if (!entity.articulation) continue;
    for (Joint &joint : entity.articulation->joints()) {
      const bool isRamped = joint.model.actuator == CBULLET_POSITION;
      const double share = isRamped ? progress : 1;
      joint.target = btScalar(joint.targetBefore + share * (joint.targetAfter - joint.targetBefore));
    }
  }
}

void World::step() {
  world_->performDiscreteCollisionDetection();
  updateSleep();
  for (Entity &entity : entities_) {
    if (entity.articulation) {
      entity.articulation->updateDynamics(gravity_);
    } else if (!entity.isAsleep) {
      btRigidBody &body = *entity.rigid;
      const btVector3 spin = body.computeGyroscopicImpulseImplicit_Body(timeStep_);
      body.setLinearVelocity(body.getLinearVelocity() + gravity_ * timeStep_);
      body.setAngularVelocity(body.getAngularVelocity() + spin);
    }
  }
  solver_.begin(entities_);
  for (Entity &entity : entities_) {
    if (entity.articulation) solver_.addJoints(entity);
  }
  for (int i = 0; i < dispatcher_->getNumManifolds(); ++i) {
    solver_.addContacts(*dispatcher_->getManifoldByIndexInternal(i));
  }
  solver_.solve();
  solver_.finish();
  for (Entity &entity : entities_) {
    if (entity.articulation) {
      entity.articulation->move(timeStep_);
    } else if (!entity.isAsleep) {
      btTransform next;
      entity.rigid->predictIntegratedTransform(timeStep_, next);
      entity.rigid->setCenterOfMassTransform(next);
    }
    if (!entity.isAsleep) entity.placeColliders();
  }
}

}  // namespace rehearsal
