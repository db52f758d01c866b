#include "Articulation.hpp"

#include <algorithm>

namespace rehearsal {

Articulation::Articulation(std::unique_ptr<btMultiBody> body, std::vector<Joint> joints)
    : body_(std::move(body)), joints_(std::move(joints)), dynamics_(*body_) {
  baseCoordinates_ = body_->hasFixedBase() ? 0 : 6;
  count_ = dynamics_.count();
  width_ = (count_ + 3) & ~3;
  inverseMass_.assign(size_t(count_) * size_t(width_), 0);
}

void Articulation::updateDynamics(const btVector3 &gravity) {
  dynamics_.update(*body_, gravity);
  dynamics_.storeInverseMass(inverseMass_.data(), width_);
}

void Articulation::loadVelocities(btScalar timeStep, float *velocities) const {
  const btScalar *source = body_->getVelocityVector() + (6 - baseCoordinates_);
  for (int i = 0; i < count_; ++i) {
    velocities[i] = float(source[i] + timeStep * dynamics_.accelerations()[size_t(i)]);
  }
  std::fill(velocities + count_, velocities + width_, 0.0f);
}

void Articulation::storeVelocities(const float *velocities) {
  if (baseCoordinates_ > 0) {
    body_->setBaseOmega(btVector3(velocities[0], velocities[1], velocities[2]));
    body_->setBaseVel(btVector3(velocities[3], velocities[4], velocities[5]));
  }
  for (int i = 0; i < body_->getNumLinks(); ++i) body_->setJointVel(i, velocities[baseCoordinates_ + i]);
}

void Articulation::move(btScalar timeStep) {
  body_->stepPositionsMultiDof(timeStep);
  updateTransforms();
}

void Articulation::updateTransforms() {
  body_->forwardKinematics(rotations_, origins_);
  for (auto &collider : colliders_) {
    const btTransform pose =
        collider->m_link < 0 ? body_->getBaseWorldTransform() : body_->getLink(collider->m_link).m_cachedWorldTransform;
    collider->setWorldTransform(pose);
  }
}

void Articulation::fillJacobian(int link, const btVector3 &point, const btVector3 &direction, bool isTurn,
                                float *jacobian) const {
  std::fill(jacobian, jacobian + width_, 0.0f);
  if (baseCoordinates_ > 0) {
    const btVector3 turn = isTurn ? direction : (point - body_->getBasePos()).cross(direction);
    for (int i = 0; i < 3; ++i) {
      jacobian[i] = turn[i];
      jacobian[3 + i] = isTurn ? 0 : direction[i];
    }
  }
  for (int i = link; i >= 0; i = body_->getParent(i)) {
    const btVector3 &axis = dynamics_.axis(i);
    float *entry = jacobian + baseCoordinates_ + i;
    if (body_->getLink(i).m_jointType == btMultibodyLink::ePrismatic) {
      *entry = isTurn ? 0 : axis.dot(direction);
    } else {
      *entry = axis.dot(isTurn ? direction : (point - dynamics_.pivot(i)).cross(direction));
    }
  }
}

void Articulation::applyInverseMass(const float *jacobian, float *response) const {
  std::fill(response, response + width_, 0.0f);
  for (int i = 0; i < count_; ++i) {
    const float weight = jacobian[i];
    if (weight == 0) continue;
    const float *row = this->response(i);
    for (int j = 0; j < width_; ++j) response[j] += weight * row[j];
  }
}

}  // namespace rehearsal
