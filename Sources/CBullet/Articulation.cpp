#include "Articulation.hpp"

#include <algorithm>

namespace rehearsal {

namespace {
TreeDynamics dynamics(const btMultiBody &body, const std::vector<Joint> &joints) {
  std::vector<int> leaders;
  std::vector<double> ratios;
  for (const Joint &joint : joints) {
    leaders.push_back(joint.model.mimic);
    ratios.push_back(joint.model.mimic_multiplier);
  }
  return TreeDynamics(body, leaders, ratios);
}
}  // namespace

Articulation::Articulation(std::unique_ptr<btMultiBody> body, std::vector<Joint> joints)
    : body_(std::move(body)), joints_(std::move(joints)), dynamics_(dynamics(*body_, joints_)) {
  width_ = (dynamics_.count() + 3) & ~3;
  inverseMass_.assign(size_t(dynamics_.count()) * size_t(width_), 0);
  alignFollowers();
}

void Articulation::updateDynamics(const btVector3 &gravity) {
  dynamics_.update(*body_, gravity);
  dynamics_.storeInverseMass(inverseMass_.data(), width_);
}

void Articulation::loadVelocities(btScalar timeStep, float *velocities) const {
  std::fill(velocities, velocities + width_, 0.0f);
  for (int i = 0; i < dynamics_.baseCount(); ++i) velocities[i] = body_->getVelocityVector()[i];
  for (int i = 0; i < body_->getNumLinks(); ++i) {
    if (joints_[size_t(i)].model.mimic < 0) velocities[coordinate(i)] = body_->getJointVel(i);
  }
  for (int i = 0; i < dynamics_.count(); ++i) velocities[i] += float(timeStep * dynamics_.accelerations()[size_t(i)]);
}

void Articulation::storeVelocities(const float *velocities) {
  if (dynamics_.baseCount() > 0) {
    body_->setBaseOmega(btVector3(velocities[0], velocities[1], velocities[2]));
    body_->setBaseVel(btVector3(velocities[3], velocities[4], velocities[5]));
  }
  for (int i = 0; i < body_->getNumLinks(); ++i) {
    const TreeDynamics::Share &share = dynamics_.share(i);
    body_->setJointVel(i, float(share.weight) * velocities[share.coordinate]);
  }
}

void Articulation::move(btScalar timeStep) {
  body_->stepPositionsMultiDof(timeStep);
  alignFollowers();
  updateTransforms();
}

void Articulation::alignFollowers() {
  for (int i = 0; i < body_->getNumLinks(); ++i) {
    const cbullet_joint &model = joints_[size_t(i)].model;
    if (model.mimic >= 0) body_->setJointPos(i, btScalar(model.mimic_multiplier) * body_->getJointPos(model.mimic));
  }
}

void Articulation::updateTransforms() { body_->forwardKinematics(rotations_, origins_); }

void Articulation::fillJacobian(int link, const btVector3 &point, const btVector3 &direction, bool isTurn,
                                float *jacobian) const {
  std::fill(jacobian, jacobian + width_, 0.0f);
  if (dynamics_.baseCount() > 0) {
    const btVector3 turn = isTurn ? direction : (point - body_->getBasePos()).cross(direction);
    for (int i = 0; i < 3; ++i) {
      jacobian[i] = turn[i];
      jacobian[3 + i] = isTurn ? 0 : direction[i];
    }
  }
  for (int i = link; i >= 0; i = body_->getParent(i)) {
    const TreeDynamics::Share &share = dynamics_.share(i);
    const btVector3 &axis = dynamics_.axis(i);
    const bool isPrismatic = body_->getLink(i).m_jointType == btMultibodyLink::ePrismatic;
    if (isPrismatic && isTurn) continue;
    const btVector3 lever =
        isPrismatic || isTurn ? direction : (point - dynamics_.pivot(i)).cross(direction);
    jacobian[share.coordinate] += float(share.weight) * axis.dot(lever);
  }
}

void Articulation::applyInverseMass(const float *jacobian, float *response) const {
  std::fill(response, response + width_, 0.0f);
  for (int i = 0; i < dynamics_.count(); ++i) {
    const float weight = jacobian[i];
    if (weight == 0) continue;
    const float *row = this->response(i);
    for (int j = 0; j < width_; ++j) response[j] += weight * row[j];
  }
}

}  // namespace rehearsal
