#include "Joint.hpp"

#include <BulletDynamics/ConstraintSolver/btContactSolverInfo.h>
#include <BulletDynamics/Featherstone/btMultiBodyLinkCollider.h>

namespace rehearsal {
namespace {
/// Share of the limit's and the tie's position error removed in one substep.
constexpr btScalar errorReduction = 0.2f;
constexpr btScalar unbounded = 1e10f;
}  // namespace

JointConstraint::JointConstraint(btMultiBody *body, int link, const cbullet_joint &joint)
    : btMultiBodyConstraint(body, nullptr, link, -1, slotCount, false, MULTIBODY_CONSTRAINT_1DOF_JOINT_MOTOR),
      joint_(joint) {
  allocateJacobiansMultiDof();
  jacobian_.resize(6 + body->getNumDofs(), 0);
}

int JointConstraint::islandTag() const {
  const btMultiBodyLinkCollider *collider = m_bodyA->getLink(m_linkA).m_collider;
  for (int link = 0; !collider && link < m_bodyA->getNumLinks(); ++link) collider = m_bodyA->getLink(link).m_collider;
  if (!collider) collider = m_bodyA->getBaseCollider();
  return collider ? collider->getIslandTag() : -1;
}

btMultiBodySolverConstraint &JointConstraint::addRow(Slot slot, btScalar direction, btScalar velocity, btScalar lower,
                                                     btScalar upper, btMultiBodyConstraintArray &rows,
                                                     btMultiBodyJacobianData &data, const btContactSolverInfo &info) {
  const int coordinate = 6 + m_bodyA->getLink(m_linkA).m_dofOffset;
  jacobian_[coordinate] = direction;
  const btVector3 none(0, 0, 0);
  btMultiBodySolverConstraint &row = rows.expandNonInitializing();
  fillMultiBodyConstraint(row, data, &jacobian_[0], nullptr, none, none, none, none, 0, info, lower, upper, false, 1,
                          false, velocity);
  row.m_solverBodyIdA = -1;
  row.m_solverBodyIdB = -1;
  row.m_orgConstraint = this;
  row.m_orgDofIndex = slot;
  row.m_contactNormal1.setZero();
  row.m_contactNormal2.setZero();
  row.m_relpos1CrossNormal.setZero();
  row.m_relpos2CrossNormal.setZero();
  jacobian_[coordinate] = 0;
  return row;
}

void JointConstraint::createConstraintRows(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data,
                                           const btContactSolverInfo &info) {
  if (joint_.mimic >= 0) {
    addTie(rows, data, info);
    return;
  }
  addMotor(rows, data, info);
  addDamper(rows, data, info);
  addLimit(rows, data, info);
}

void JointConstraint::addMotor(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data,
                               const btContactSolverInfo &info) {
  btScalar velocity = 0;
  btScalar effort = btScalar(joint_.max_effort);
  switch (joint_.actuator) {
    case CBULLET_VELOCITY: velocity = target_; break;
    case CBULLET_POSITION:
      velocity = btScalar(joint_.stiffness) * (target_ - m_bodyA->getJointPos(m_linkA)) / info.m_timeStep;
      break;
    default: effort = btScalar(joint_.friction); break;
  }
  if (effort <= 0) return;
  const btScalar limit = btScalar(joint_.max_velocity);
  velocity = btMax(-limit, btMin(limit, velocity));
  const btScalar impulse = effort * info.m_timeStep;
  addRow(motor, 1, velocity, -impulse, impulse, rows, data, info);
}

void JointConstraint::addDamper(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data,
                                const btContactSolverInfo &info) {
  if (joint_.actuator != CBULLET_PASSIVE || joint_.damping <= 0) return;
  btMultiBodySolverConstraint &row = addRow(damper, 1, 0, -unbounded, unbounded, rows, data, info);
  // impulse = -damping * dt * velocity after the step: a velocity constraint softened by 1 / (damping * dt).
  const btScalar softness = 1 / (btScalar(joint_.damping) * info.m_timeStep);
  const btScalar stiff = row.m_jacDiagABInv;
  row.m_jacDiagABInv = stiff / (1 + softness * stiff);
  row.m_rhs *= row.m_jacDiagABInv / stiff;
  row.m_cfm = softness * row.m_jacDiagABInv;
}

void JointConstraint::addLimit(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data,
                               const btContactSolverInfo &info) {
  if (!joint_.has_limits) return;
  const btScalar position = m_bodyA->getJointPos(m_linkA);
  // Nearer than the joint can travel in two substeps; beyond that the row could not act.
  const btScalar speed = btMax(btFabs(m_bodyA->getJointVel(m_linkA)), btScalar(joint_.max_velocity));
  const btScalar window = 2 * speed * info.m_timeStep;
  const btScalar aboveLower = position - btScalar(joint_.lower);
  const btScalar belowUpper = btScalar(joint_.upper) - position;
  const bool isLower = aboveLower < belowUpper;
  const btScalar room = isLower ? aboveLower : belowUpper;
  if (room > window) return;
  const btScalar velocity = -room * (room < 0 ? errorReduction : 1) / info.m_timeStep;
  addRow(limit, isLower ? 1 : -1, velocity, 0, unbounded, rows, data, info);
}

void JointConstraint::addTie(btMultiBodyConstraintArray &rows, btMultiBodyJacobianData &data,
                             const btContactSolverInfo &info) {
  const btScalar ratio = btScalar(joint_.mimic_multiplier);
  const int leader = joint_.mimic;
  const btScalar error = m_bodyA->getJointPos(m_linkA) - ratio * m_bodyA->getJointPos(leader);
  const int coordinate = 6 + m_bodyA->getLink(leader).m_dofOffset;
  jacobian_[coordinate] = -ratio;
  addRow(tie, 1, -errorReduction * error / info.m_timeStep, -unbounded, unbounded, rows, data, info);
  jacobian_[coordinate] = 0;
}

}  // namespace rehearsal
