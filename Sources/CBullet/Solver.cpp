#include "Solver.hpp"

#include <algorithm>
#include <cmath>

namespace rehearsal {
namespace {
/// Share of a contact's penetration removed in one substep, and the speed at which that happens at most.
constexpr float penetrationReduction = 0.2f;
constexpr float fastestPushOut = 1.0f;
/// N/m at a contact point. It decides how a robot's weight spreads over more supports than three, which perfectly rigid
/// contacts leave open: casters that carry all would leave wheels slipping. 100 N sink in by 0.2 mm.
constexpr float contactStiffness = 5e5f;
/// A round that changes no velocity by more (m/s, rad/s) is the last.
constexpr float converged = 1e-5f;
/// Approach below this speed does not bounce.
constexpr float bounceThreshold = 0.2f;

typedef float Four __attribute__((vector_size(16)));

const Four *fours(const float *p) { return reinterpret_cast<const Four *>(p); }
}  // namespace

int Solver::reserve(int count) {
  const int start = used_;
  used_ += count;
  if (used_ > data_.size()) data_.resize(std::max(used_, 2 * data_.size()));
  return start;
}

void Solver::begin(std::vector<Entity> &entities) {
  entities_ = &entities;
  used_ = 0;
  joints_.clear();
  blockCount_ = 0;
  rows_.clear();
  contacts_.clear();
  twists_.clear();
  int total = 0;
  for (Entity &entity : entities) {
    if (entity.isAsleep) continue;
    entity.offset = total;
    entity.width = entity.rigid ? 8 : entity.articulation->width();
    total += entity.width;
  }
  velocities_.resize(total);
  for (Entity &entity : entities) {
    if (entity.isAsleep) continue;
    float *v = &velocities_[entity.offset];
    if (entity.rigid) {
      const btVector3 linear = entity.rigid->getLinearVelocity();
      const btVector3 angular = entity.rigid->getAngularVelocity();
      for (int i = 0; i < 3; ++i) {
        v[i] = linear[i];
        v[4 + i] = angular[i];
      }
      v[3] = v[7] = 0;
    } else {
      entity.articulation->loadVelocities(timeStep_, v);
    }
  }
}

void Solver::addContacts(btPersistentManifold &manifold) {
  const auto place = [this](const btCollisionObject *object) {
    const int index = movingEntity(*object);
    Entity *entity = index == noEntity ? nullptr : &(*entities_)[size_t(index)];
    return Place{entity, object->getUserIndex3(), btVector3(0, 0, 0)};
  };
  Place a = place(manifold.getBody0());
  Place b = place(manifold.getBody1());
  if ((!a.entity || a.entity->isAsleep) && (!b.entity || b.entity->isAsleep)) return;
  for (int i = 0; i < manifold.getNumContacts(); ++i) {
    btManifoldPoint &point = manifold.getContactPoint(i);
    a.point = point.getPositionWorldOnA();
    b.point = point.getPositionWorldOnB();
    addPoint(point, a, b, i);
  }
}

/// Of the point, while its body's velocities stay as they are.
btVector3 Solver::Place::acceleration() const {
  if (!entity) return btVector3(0, 0, 0);
  if (entity->articulation) return entity->articulation->pointAcceleration(link, point);
  const btVector3 spin = entity->rigid->getAngularVelocity();
  return spin.cross(spin.cross(point - entity->rigid->getCenterOfMassPosition()));
}

void Solver::addPoint(btManifoldPoint &point, const Place &a, const Place &b, int ordinal) {
  const btVector3 &normal = point.m_normalWorldOnB;
  Contact contact;
  contact.normal = addRow(a, b, normal, false, &point.m_appliedImpulse);
  Row &row = rows_[size_t(contact.normal)];
  const float distance = point.getDistance();
  const float approach = -speed(row);
  row.target = distance > 0 ? -distance / timeStep_
                            : std::min(-distance * penetrationReduction / timeStep_, fastestPushOut);
  if (approach > bounceThreshold && distance <= 0) {
    row.target = std::max(row.target, point.m_combinedRestitution * approach);
  }
  // What velocities leave out of a substep's motion, to second order: without it, what is held on a curved path creeps.
  const btVector3 drift = (a.acceleration() - b.acceleration()) * (timeStep_ / 2);
  row.target -= drift.dot(normal);
  row.lower = 0;
  row.upper = 1e10f;
  // The push-out speed stands still where penetration · stiffness is the force (implicit spring).
  row.softness = penetrationReduction / (contactStiffness * timeStep_ * timeStep_);
  if (row.scale > 0) row.scale = 1 / (1 / row.scale + row.softness);
  if (point.m_combinedFriction > 0) {
    btVector3 first, second;
    btPlaneSpace1(normal, first, second);
    contact.coefficient = point.m_combinedFriction;
    contact.friction = addRow(a, b, first, false, &point.m_appliedImpulseLateral1);
    addRow(a, b, second, false, &point.m_appliedImpulseLateral2);
    rows_[size_t(contact.friction)].target = -drift.dot(first);
    rows_[size_t(contact.friction) + 1].target = -drift.dot(second);
  }
  if (point.m_combinedSpinningFriction > 0) {
    twists_.push_back({addRow(a, b, normal, true, nullptr), contact.normal, point.m_combinedSpinningFriction});
  }
  if (point.m_combinedRollingFriction > 0) {
    btVector3 first, second;
    btPlaneSpace1(normal, first, second);
    twists_.push_back({addRow(a, b, first, true, nullptr), contact.normal, point.m_combinedRollingFriction});
    twists_.push_back({addRow(a, b, second, true, nullptr), contact.normal, point.m_combinedRollingFriction});
  }
  contacts_.push_back(contact);
}

int Solver::addRow(const Place &a, const Place &b, const btVector3 &direction, bool isTurn, btScalar *memory) {
  Row row;
  const float inverseMass = fill(a, direction, isTurn, row.a) + fill(b, -direction, isTurn, row.b);
  row.scale = inverseMass > SIMD_EPSILON ? 1 / inverseMass : 0;
  row.memory = memory;
  row.impulse = memory ? 0.95f * *memory : 0;
  rows_.push_back(row);
  return int(rows_.size()) - 1;
}

float Solver::fill(const Place &place, const btVector3 &direction, bool isTurn, Side &side) {
  const Entity *entity = place.entity;
  if (!entity) return 0;
  side.velocity = entity->offset;
  side.width = entity->width;
  side.data = reserve(2 * side.width);
  float *jacobian = &data_[side.data];
  float *response = jacobian + side.width;
  if (entity->rigid) {
    const btRigidBody &body = *entity->rigid;
    const btVector3 turn =
        isTurn ? direction : (place.point - body.getCenterOfMassPosition()).cross(direction);
    const btVector3 turnResponse = body.getInvInertiaTensorWorld() * turn;
    for (int i = 0; i < 3; ++i) {
      jacobian[i] = isTurn ? 0 : direction[i];
      jacobian[4 + i] = turn[i];
      response[i] = jacobian[i] * body.getInvMass();
      response[4 + i] = turnResponse[i];
    }
    jacobian[3] = jacobian[7] = response[3] = response[7] = 0;
  } else {
    entity->articulation->fillJacobian(place.link, place.point, direction, isTurn, jacobian);
    entity->articulation->applyInverseMass(jacobian, response);
  }
  float inverseMass = 0;
  for (int i = 0; i < side.width; ++i) inverseMass += jacobian[i] * response[i];
  return inverseMass;
}

float Solver::dot(const Side &side) const {
  if (side.width == 0) return 0;
  const Four *jacobian = fours(&data_[side.data]);
  const Four *velocity = fours(&velocities_[side.velocity]);
  Four sum = jacobian[0] * velocity[0];
  for (int i = 1; i < side.width / 4; ++i) sum += jacobian[i] * velocity[i];
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void Solver::push(const Side &side, float impulse) {
  if (side.width == 0) return;
  const Four *response = fours(&data_[side.data + side.width]);
  Four *velocity = reinterpret_cast<Four *>(&velocities_[side.velocity]);
  for (int i = 0; i < side.width / 4; ++i) velocity[i] += response[i] * impulse;
}

void Solver::push(const Row &row, float impulse) {
  push(row.a, impulse);
  push(row.b, impulse);
}

void Solver::setImpulse(Row &row, float impulse) {
  const float step = impulse - row.impulse;
  row.impulse = impulse;
  if (step == 0) return;
  change_ = std::max(change_, std::fabs(step) / row.scale);
  push(row, step);
}

void Solver::relax(Row &row) {
  const float wanted = row.impulse + (row.target - speed(row) - row.softness * row.impulse) * row.scale;
  setImpulse(row, std::max(row.lower, std::min(row.upper, wanted)));
}

void Solver::relaxFriction(Row &first, Row &second, float bound) {
  float x = first.impulse + (first.target - speed(first)) * first.scale;
  float y = second.impulse + (second.target - speed(second)) * second.scale;
  const float squared = x * x + y * y;
  if (squared > bound * bound) {
    const float shrink = bound / std::sqrt(squared);
    x *= shrink;
    y *= shrink;
  }
  setImpulse(first, x);
  setImpulse(second, y);
}

void Solver::relax(JointRow &joint) {
  Row &row = joint.row;
  const float current = joint.direction * velocities_[row.a.velocity + joint.coordinate];
  const float wanted = row.impulse + (row.target - current - row.softness * row.impulse) * row.scale;
  setImpulse(row, std::max(row.lower, std::min(row.upper, wanted)));
}

void Solver::warmStart() {
  for (JointRow &joint : joints_) {
    Row &row = joint.row;
    row.impulse = std::max(row.lower, std::min(row.upper, row.impulse));
    push(row.a, row.impulse);
  }
  for (Row &row : rows_) push(row, row.impulse);
}

void Solver::solve() {
  warmStart();
  change_ = converged + 1;
  for (int iteration = 0; iteration < iterations_ && change_ > converged; ++iteration) {
    change_ = 0;
    relaxJoints(iteration % 2 == 0);
    for (const Contact &contact : contacts_) relax(rows_[size_t(contact.normal)]);
    for (const Twist &twist : twists_) {
      Row &row = rows_[size_t(twist.row)];
      row.upper = twist.coefficient * rows_[size_t(twist.normal)].impulse;
      row.lower = -row.upper;
      relax(row);
    }
    for (const Contact &contact : contacts_) {
      if (contact.friction < 0) continue;
      const float bound = contact.coefficient * rows_[size_t(contact.normal)].impulse;
      relaxFriction(rows_[size_t(contact.friction)], rows_[size_t(contact.friction) + 1], bound);
    }
  }
}

void Solver::finish() {
  for (const JointRow &joint : joints_) *joint.row.memory = joint.row.impulse;
  for (const Row &row : rows_) {
    if (row.memory) *row.memory = row.impulse;
  }
  for (Entity &entity : *entities_) {
    if (entity.isAsleep) continue;
    const float *v = &velocities_[entity.offset];
    if (entity.rigid) {
      entity.rigid->setLinearVelocity(btVector3(v[0], v[1], v[2]));
      entity.rigid->setAngularVelocity(btVector3(v[4], v[5], v[6]));
    } else {
      entity.articulation->storeVelocities(v);
    }
  }
}

}  // namespace rehearsal
