#include <algorithm>
#include <cmath>

#include "Conversion.hpp"
#include "World.hpp"

namespace rehearsal {
namespace {
bool isFinite(const btVector3 &v) { return std::isfinite(v.x()) && std::isfinite(v.y()) && std::isfinite(v.z()); }

/// Adds what the same two bodies exert on each other elsewhere.
void merge(cbullet_contact &sum, const cbullet_contact &other) {
  const double share = other.normal_force / (sum.normal_force + other.normal_force);
  for (int axis = 0; axis < 3; ++axis) sum.point[axis] += share * (other.point[axis] - sum.point[axis]);
  sum.normal_force += other.normal_force;
}
}  // namespace

int World::firstBrokenBody() const {
  int broken = -1;
  const auto report = [&broken](int row) {
    if (broken < 0 || row < broken) broken = row;
  };
  for (const Entity &entity : entities_) {
    if (entity.rigid) {
      const btRigidBody &body = *entity.rigid;
      const bool isSound = isFinite(body.getWorldTransform().getOrigin()) && isFinite(body.getLinearVelocity()) &&
                           isFinite(body.getAngularVelocity());
      if (!isSound) report(entity.rows[0]);
      continue;
    }
    const btMultiBody &body = entity.articulation->body();
    if (!isFinite(body.getBasePos()) || !isFinite(body.getBaseVel()) || !isFinite(body.getBaseOmega())) {
      report(entity.rows[0]);
    }
    for (int i = 0; i < body.getNumLinks(); ++i) {
      if (!std::isfinite(body.getJointPos(i)) || !std::isfinite(body.getJointVel(i))) report(entity.rows[size_t(i) + 1]);
    }
  }
  return broken;
}

void World::read(double *bodies, double *joints) {
  for (const Entity &entity : entities_) {
    if (entity.articulation) {
      readArticulation(entity, bodies, joints);
      continue;
    }
    double *row = bodies + 13 * entity.rows[0];
    store(entity.rigid->getWorldTransform(), row);
    store(entity.rigid->getLinearVelocity(), row + 7);
    store(entity.rigid->getAngularVelocity(), row + 10);
  }
}

void World::readArticulation(const Entity &entity, double *bodies, double *joints) {
  const btMultiBody &body = entity.articulation->body();
  const int links = body.getNumLinks();
  omega_.resize(size_t(links) + 1);
  velocity_.resize(size_t(links) + 1);
  body.compTreeLinkVelocities(&omega_[0], &velocity_[0]);
  for (int i = 0; i <= links; ++i) {
    const btTransform pose = entity.pose(i - 1);
    double *row = bodies + 13 * entity.rows[size_t(i)];
    store(pose, row);
    store(pose.getBasis() * velocity_[size_t(i)], row + 7);
    store(pose.getBasis() * omega_[size_t(i)], row + 10);
  }
  for (int i = 0; i < links; ++i) {
    const int row = entity.jointRows[size_t(i)];
    joints[2 * row] = body.getJointPos(i);
    joints[2 * row + 1] = body.getJointVel(i);
  }
}

const std::vector<cbullet_contact> &World::contacts() {
  contacts_.clear();
  for (int i = 0; i < dispatcher_->getNumManifolds(); ++i) {
    const btPersistentManifold &manifold = *dispatcher_->getManifoldByIndexInternal(i);
    double impulse = 0;
    btVector3 moment(0, 0, 0);
    for (int j = 0; j < manifold.getNumContacts(); ++j) {
      const btManifoldPoint &point = manifold.getContactPoint(j);
      impulse += point.getAppliedImpulse();
      moment += point.getPositionWorldOnB() * point.getAppliedImpulse();
    }
    if (impulse <= 0) continue;
    const btVector3 mean = moment / btScalar(impulse);
    const int a = manifold.getBody0()->getUserIndex();
    const int b = manifold.getBody1()->getUserIndex();
    contacts_.push_back({std::min(a, b), std::max(a, b), impulse / timeStep_, {mean.x(), mean.y(), mean.z()}});
  }
  std::sort(contacts_.begin(), contacts_.end(), [](const cbullet_contact &a, const cbullet_contact &b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  });
  size_t kept = 0;
  for (size_t i = 0; i < contacts_.size(); ++i) {
    if (kept > 0 && contacts_[kept - 1].first == contacts_[i].first &&
        contacts_[kept - 1].second == contacts_[i].second) {
      merge(contacts_[kept - 1], contacts_[i]);
    } else {
      contacts_[kept++] = contacts_[i];
    }
  }
  contacts_.resize(kept);
  return contacts_;
}

}  // namespace rehearsal
