#pragma once
#include <BulletDynamics/Featherstone/btMultiBody.h>

#include <memory>
#include <vector>

#include "TreeDynamics.hpp"
#include "include/cbullet.h"

namespace rehearsal {

/// What acts along one joint's coordinate, and the impulses it took in the last substep.
struct Joint {
  cbullet_joint model;
  btScalar target = 0;
  /// Where `target` was and will be at the ends of the current call of `advance`.
  double targetBefore = 0, targetAfter = 0;
  enum Slot { motor, damper, limit, slotCount };
  btScalar impulses[slotCount] = {};
};

/// A tree of links: its state and kinematics are a `btMultiBody`'s, its dynamics `TreeDynamics`'.
///
/// Coordinates are those of `TreeDynamics`, padded with zeros to a multiple of 4.
class Articulation {
 public:
  Articulation(std::unique_ptr<btMultiBody> body, std::vector<Joint> joints);

  btMultiBody &body() { return *body_; }
  const btMultiBody &body() const { return *body_; }
  std::vector<Joint> &joints() { return joints_; }
  btTransform pose(int link) const {
    return link < 0 ? body_->getBaseWorldTransform() : body_->getLink(link).m_cachedWorldTransform;
  }

  /// Padded number of coordinates.
  int width() const { return width_; }
  int coordinate(int joint) const { return dynamics_.share(joint).coordinate; }
  /// Prepares the functions below for the coordinates and velocities of now.
  void updateDynamics(const btVector3 &gravity);
  /// The velocities after a step without constraints.
  void loadVelocities(btScalar timeStep, float *velocities) const;
  void storeVelocities(const float *velocities);
  void move(btScalar timeStep);
  /// Moves following joints to where their leaders say.
  void alignFollowers();
  /// Brings links to where the coordinates say.
  void updateTransforms();

  /// Row i: the change of velocities that a unit impulse along coordinate i makes.
  const float *response(int coordinate) const { return &inverseMass_[size_t(coordinate) * size_t(width_)]; }
  /// How `point` of `link` (-1: base) moves along `direction`, or `link` turns about it, with the coordinates.
  void fillJacobian(int link, const btVector3 &point, const btVector3 &direction, bool isTurn, float *jacobian) const;
  /// Of a point of `link`'s surface while all velocities stay as they are. What turns without limits counts as its parent:
  /// a wheel's points rise behind its contact, but its surface comes round and stays down.
  btVector3 pointAcceleration(int link, const btVector3 &point) const {
    while (link >= 0 && isWheel(link)) link = body_->getParent(link);
    return dynamics_.pointAcceleration(link, point);
  }
  /// What an impulse along `jacobian` does to the velocities.
  void applyInverseMass(const float *jacobian, float *response) const;

 private:
  bool isWheel(int link) const {
    return body_->getLink(link).m_jointType == btMultibodyLink::eRevolute && !joints_[size_t(link)].model.has_limits;
  }

  std::unique_ptr<btMultiBody> body_;
  std::vector<Joint> joints_;
  TreeDynamics dynamics_;
  int width_;
  std::vector<float> inverseMass_;
  btAlignedObjectArray<btVector3> origins_;
  btAlignedObjectArray<btQuaternion> rotations_;
};

}  // namespace rehearsal
