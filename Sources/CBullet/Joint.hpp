#pragma once
#include <BulletDynamics/Featherstone/btMultiBody.h>
#include <BulletDynamics/Featherstone/btMultiBodyConstraint.h>

#include "include/cbullet.h"

namespace rehearsal {

/// Everything that acts along one joint's coordinate: motor, limits, damping, friction, and the tie to a leading joint.
///
/// All of it is solved implicitly, as rows of the world's velocity constraints, so that stiff settings stay stable.
class JointConstraint final : public btMultiBodyConstraint {
 public:
  JointConstraint(btMultiBody *body, int link, const cbullet_joint &joint);

  void setTarget(btScalar target) { target_ = target; }

  int getIslandIdA() const override { return islandTag(); }
  int getIslandIdB() const override { return islandTag(); }
  void finalizeMultiDof() override {}
  void createConstraintRows(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data,
                            const btContactSolverInfo &info) override;
  void debugDraw(btIDebugDraw *) override {}

 private:
  /// Slots of the cached impulses.
  enum Slot { motor, limit, damper, tie, slotCount };

  int islandTag() const;
  btMultiBodySolverConstraint &addRow(Slot slot, btScalar direction, btScalar velocity, btScalar lower,
                                      btScalar upper, btMultiBodyConstraintArray &rows,
                                      btMultiBodyJacobianData &data, const btContactSolverInfo &info);
  void addMotor(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data, const btContactSolverInfo &info);
  void addLimit(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data, const btContactSolverInfo &info);
  void addDamper(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data, const btContactSolverInfo &info);
  void addTie(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data, const btContactSolverInfo &info);

  cbullet_joint joint_;
  btScalar target_ = 0;
  btAlignedObjectArray<btScalar> jacobian_;
};

}  // namespace rehearsal
