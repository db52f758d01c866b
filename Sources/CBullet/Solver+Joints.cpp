#include <algorithm>
#include <cmath>

#include "Solver.hpp"

namespace rehearsal {
namespace {
/// Share of a limit's position error removed in one substep.
constexpr float errorReduction = 0.2f;
constexpr float unbounded = 1e10f;
/// Share of its greatest impulse from which a motor counts as giving all it can.
constexpr float fullEffort = 0.9999f;
constexpr double smallestPivot = 1e-12;
}  // namespace

void Solver::addJoints(Entity &entity) {
  std::vector<Joint> &joints = entity.articulation->joints();
  const size_t firstRow = joints_.size();
  for (int i = 0; i < int(joints.size()); ++i) {
    if (joints[size_t(i)].model.mimic >= 0) continue;
    addMotor(entity, i);
    addDamper(entity, i);
    addLimit(entity, i);
  }
  addMotorBlock(entity, firstRow);
}

void Solver::addMotorBlock(const Entity &entity, size_t firstRow) {
  if (blockCount_ == blocks_.size()) blocks_.emplace_back();
  MotorBlock &block = blocks_[blockCount_];
  block.rows.clear();
  for (size_t i = firstRow; i < joints_.size(); ++i) {
    const Row &row = joints_[i].row;
    if (joints_[i].isMotor && std::fabs(row.impulse) < fullEffort * row.upper) block.rows.push_back(int(i));
  }
  const size_t count = block.rows.size();
  if (count < 2) return;
  ++blockCount_;
  block.velocity = entity.offset;
  block.width = entity.width;
  for (const int row : block.rows) joints_[size_t(row)].isInBlock = true;

  // A = L Lᵀ, then Y = L⁻¹ in place, and A⁻¹ = Yᵀ Y.
  factor_.assign(count * count, 0);
  for (size_t i = 0; i < count; ++i) {
    const float *response = entity.articulation->response(joints_[size_t(block.rows[i])].coordinate);
    for (size_t j = 0; j <= i; ++j) {
      double sum = response[joints_[size_t(block.rows[j])].coordinate];
      for (size_t k = 0; k < j; ++k) sum -= factor_[i * count + k] * factor_[j * count + k];
      factor_[i * count + j] = i == j ? std::sqrt(std::max(sum, smallestPivot)) : sum / factor_[j * count + j];
    }
  }
  for (size_t i = 0; i < count; ++i) {
    const double inverse = 1 / factor_[i * count + i];
    for (size_t j = 0; j < i; ++j) {
      double sum = 0;
      for (size_t k = j; k < i; ++k) sum += factor_[i * count + k] * factor_[k * count + j];
      factor_[i * count + j] = -inverse * sum;
    }
    factor_[i * count + i] = inverse;
  }
  block.inverse.resize(count * count);
  block.steps.resize(count);
  for (size_t i = 0; i < count; ++i) {
    for (size_t j = 0; j <= i; ++j) {
      double sum = 0;
      for (size_t k = i; k < count; ++k) sum += factor_[k * count + i] * factor_[k * count + j];
      block.inverse[i * count + j] = block.inverse[j * count + i] = float(sum);
    }
  }
}

void Solver::relax(MotorBlock &block) {
  const size_t count = block.rows.size();
  float *velocity = &velocities_[block.velocity];
  for (size_t i = 0; i < count; ++i) {
    const JointRow &joint = joints_[size_t(block.rows[i])];
    block.steps[i] = joint.row.target - velocity[joint.coordinate];
  }
  bool isClamped = false;
  for (size_t i = 0; i < count; ++i) {
    Row &row = joints_[size_t(block.rows[i])].row;
    float wanted = row.impulse;
    for (size_t j = 0; j < count; ++j) wanted += block.inverse[i * count + j] * block.steps[j];
    const float impulse = std::max(row.lower, std::min(row.upper, wanted));
    isClamped = isClamped || impulse != wanted;
    setImpulse(row, impulse);
  }
  if (!isClamped) return;
  for (const int row : block.rows) relax(joints_[size_t(row)]);
}

void Solver::relaxJoints(bool isForward) {
  for (size_t i = 0; i < blockCount_; ++i) relax(blocks_[i]);
  const size_t count = joints_.size();
  for (size_t i = 0; i < count; ++i) {
    JointRow &joint = joints_[isForward ? i : count - 1 - i];
    if (!joint.isInBlock) relax(joint);
  }
}

Solver::JointRow &Solver::addJointRow(Entity &entity, int joint, Joint::Slot slot, float direction, float target,
                                      float lower, float upper) {
  const int width = entity.width;
  JointRow result;
  result.coordinate = entity.articulation->coordinate(joint);
  result.direction = direction;
  Row &row = result.row;
  row.a.velocity = entity.offset;
  row.a.width = width;
  // The Jacobian has one entry, which `relax` knows; its place stays unused.
  row.a.data = reserve(2 * width);
  float *response = &data_[row.a.data + width];
  const float *own = entity.articulation->response(result.coordinate);
  for (int i = 0; i < width; ++i) response[i] = direction * own[i];
  row.scale = 1 / own[result.coordinate];
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
  addJointRow(entity, index, Joint::motor, 1, velocity, -impulse, impulse).isMotor = true;
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

}  // namespace rehearsal
