#include <algorithm>
#include <cmath>

#include "Solver.hpp"

namespace rehearsal {
namespace {
/// Share of the limit's and the tie's position error removed in one substep.
constexpr float errorReduction = 0.2f;
constexpr float unbounded = 1e10f;
}  // namespace

void Solver::addJoints(Entity &entity) {
  std::vector<Joint> &joints = entity.articulation->joints();
  for (int i = 0; i < int(joints.size()); ++i) {
    if (joints[size_t(i)].model.mimic >= 0) {
      addTie(entity, i);
      continue;
    }
    addMotor(entity, i);
    addDamper(entity, i);
    addLimit(entity, i);
  }
}

Solver::JointRow &Solver::addJointRow(Entity &entity, int joint, Joint::Slot slot, float direction, float target,
                                      float lower, float upper, int leader, float ratio) {
  const Articulation &articulation = *entity.articulation;
  const int width = entity.width;
  JointRow result;
  Row &row = result.row;
  result.first = articulation.coordinate(joint);
  result.ratio = direction;
  row.a.velocity = entity.offset;
  row.a.width = width;
  // The Jacobian has one or two entries, which `relax` knows; its place stays unused.
  row.a.data = reserve(2 * width);
  float *response = &data_[row.a.data + width];
  const float *own = articulation.response(result.first);
  if (leader < 0) {
    for (int i = 0; i < width; ++i) response[i] = direction * own[i];
    row.scale = 1 / own[result.first];
  } else {
    result.second = articulation.coordinate(leader);
    result.ratio = ratio;
    const float *other = articulation.response(result.second);
    for (int i = 0; i < width; ++i) response[i] = own[i] - ratio * other[i];
    row.scale = 1 / (response[result.first] - ratio * response[result.second]);
  }
  row.target = target;
  row.lower = lower;
  row.upper = upper;
  row.memory = &entity.articulation->joints()[size_t(joint)].impulses[slot];
  row.impulse = *row.memory;
  joints_.push_back(result);
  return joints_.back();
}

void Solver::addMotor(Entity &entity, int index) {
  const Joint &joint = entity.articulation->joints()[size_t(index)];
  const cbullet_joint &model = joint.model;
  float velocity = 0;
  float effort = float(model.max_effort);
  switch (model.actuator) {
    case CBULLET_VELOCITY: velocity = joint.target; break;
    case CBULLET_POSITION:
      velocity = float(model.stiffness) * (joint.target - entity.articulation->body().getJointPos(index)) / timeStep_;
      break;
    default: effort = float(model.friction); break;
  }
  if (effort <= 0) return;
  const float fastest = float(model.max_velocity);
  velocity = std::max(-fastest, std::min(fastest, velocity));
  const float impulse = effort * timeStep_;
  addJointRow(entity, index, Joint::motor, 1, velocity, -impulse, impulse);
}

void Solver::addDamper(Entity &entity, int index) {
  const cbullet_joint &model = entity.articulation->joints()[size_t(index)].model;
  if (model.actuator != CBULLET_PASSIVE || model.damping <= 0) return;
  // impulse = -damping * dt * velocity after the step: a velocity constraint softened by 1 / (damping * dt).
  Row &row = addJointRow(entity, index, Joint::damper, 1, 0, -unbounded, unbounded).row;
  row.softness = 1 / (float(model.damping) * timeStep_);
  row.scale = 1 / (1 / row.scale + row.softness);
}

void Solver::addLimit(Entity &entity, int index) {
  Joint &joint = entity.articulation->joints()[size_t(index)];
  const cbullet_joint &model = joint.model;
  if (!model.has_limits) return;
  const btMultiBody &body = entity.articulation->body();
  const float position = body.getJointPos(index);
  const float speed = std::max(std::fabs(body.getJointVel(index)), float(model.max_velocity));
  const float aboveLower = position - float(model.lower);
  const float belowUpper = float(model.upper) - position;
  const bool isLower = aboveLower < belowUpper;
  const float room = isLower ? aboveLower : belowUpper;
  // Farther than the joint can travel in two substeps, the row could not act.
  if (room > 2 * speed * timeStep_) {
    joint.impulses[Joint::limit] = 0;
    return;
  }
  const float velocity = -room * (room < 0 ? errorReduction : 1) / timeStep_;
  addJointRow(entity, index, Joint::limit, isLower ? 1 : -1, velocity, 0, unbounded);
}

void Solver::addTie(Entity &entity, int index) {
  const cbullet_joint &model = entity.articulation->joints()[size_t(index)].model;
  const btMultiBody &body = entity.articulation->body();
  const float ratio = float(model.mimic_multiplier);
  const float error = body.getJointPos(index) - ratio * body.getJointPos(model.mimic);
  addJointRow(entity, index, Joint::tie, 1, -errorReduction * error / timeStep_, -unbounded, unbounded, model.mimic,
              ratio);
}

}  // namespace rehearsal
