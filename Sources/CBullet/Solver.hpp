#pragma once
#include <BulletCollision/NarrowPhaseCollision/btPersistentManifold.h>
#include <BulletDynamics/Dynamics/btRigidBody.h>

#include <memory>
#include <vector>

#include "Articulation.hpp"

namespace rehearsal {

/// A shape in the world, where it lies on its body, and on which link (-1: the root, or a free body itself).
struct Collider {
  std::unique_ptr<btCollisionObject> object;
  btTransform bodyFromShape;
  int link;
};

/// Something that moves: a free body or an articulation.
///
/// Its collision objects, one a shape, carry the row of their body as `userIndex`, the entity's index as `userIndex2` and
/// the link as `userIndex3`. Compounds would be fewer, but Bullet drops their shapes' contacts at the first gap.
struct Entity {
  std::unique_ptr<btRigidBody> rigid;
  std::unique_ptr<Articulation> articulation;
  std::vector<Collider> colliders;
  bool collidesWithItself = false;
  bool isAsleep = false;
  int stillSubsteps = 0;
  /// Where its velocities lie while a substep is solved, and how many there are; a multiple of 4.
  int offset = 0;
  int width = 0;
  /// Rows of its links, root first, and of its joints.
  std::vector<int> rows, jointRows;

  btTransform pose(int link) const { return rigid ? rigid->getWorldTransform() : articulation->pose(link); }
  void placeColliders() {
    for (Collider &collider : colliders) collider.object->setWorldTransform(pose(collider.link) * collider.bodyFromShape);
  }
};

/// `userIndex2` of scenery.
constexpr int noEntity = -1;

/// The index of the entity that a contact with `object` moves; the bolted root of an articulation moves none.
inline int movingEntity(const btCollisionObject &object) {
  return object.isStaticObject() ? noEntity : object.getUserIndex2();
}

/// Solves one substep's velocity constraints: joints and contacts, by projected Gauss-Seidel over all that is awake.
///
/// Each row keeps its Jacobian and its response (inverse mass times Jacobian) next to each other, over only the
/// coordinates of the one or two entities that it joins. Impulses start from those of the last substep.
class Solver {
 public:
  Solver(btScalar timeStep, int iterations) : timeStep_(timeStep), iterations_(iterations) {}

  /// Takes the velocities of all awake entities, forces already applied.
  void begin(std::vector<Entity> &entities);
  void addJoints(Entity &entity);
  void addContacts(btPersistentManifold &manifold);
  void solve();
  /// Hands back velocities, and impulses for the next substep's start and for contact reports.
  void finish();

 private:
  /// Where one entity's part of a row lies: Jacobian, then response.
  struct Side {
    int velocity = 0;
    int width = 0;
    int data = 0;
  };
  struct Row {
    Side a, b;
    float target = 0;
    /// 1 / (J M⁻¹ Jᵀ + softness).
    float scale = 0;
    float softness = 0;
    float lower = 0, upper = 0;
    float impulse = 0;
    /// Where the impulse is kept for the next substep.
    btScalar *memory = nullptr;
  };
  /// A row along one coordinate, in its direction (1) or against it (-1).
  struct JointRow {
    Row row;
    int coordinate = 0;
    float direction = 1;
    bool isMotor = false;
    bool isInBlock = false;
  };
  /// The motors of one articulation that do not give all they can, solved at once.
  ///
  /// Motors of an arm whose axes are nearly parallel hold each other back so strongly that taking them one by one does
  /// not converge in a few rounds; those that give all they can are not held by anything, and are taken one by one.
  struct MotorBlock {
    int velocity = 0;
    int width = 0;
    /// Indices into `joints_`.
    std::vector<int> rows;
    /// Inverse of how their velocities answer to their impulses; row-major.
    std::vector<float> inverse;
    std::vector<float> steps;
  };
  /// A point's normal row, and its two friction rows where it has friction.
  struct Contact {
    int normal = 0;
    int friction = -1;
    float coefficient = 0;
  };
  /// A row of rolling or spinning friction, bounded by a share of a contact's normal impulse.
  struct Twist {
    int row = 0;
    int normal = 0;
    float coefficient = 0;
  };

  struct Place {
    Entity *entity;
    int link;
    btVector3 point;
    btVector3 acceleration() const;
  };

  void addMotor(Entity &entity, int joint);
  void addMotorBlock(const Entity &entity, size_t firstRow);
  void addDamper(Entity &entity, int joint);
  void addLimit(Entity &entity, int joint);
  JointRow &addJointRow(Entity &entity, int joint, Joint::Slot slot, float direction, float target, float lower,
                        float upper);
  void addPoint(btManifoldPoint &point, const Place &a, const Place &b, int ordinal);
  int addRow(const Place &a, const Place &b, const btVector3 &direction, bool isTurn, btScalar *memory);
  float fill(const Place &place, const btVector3 &direction, bool isTurn, Side &side);
  int reserve(int count);

  float dot(const Side &side) const;
  void push(const Side &side, float impulse);
  void push(const Row &row, float impulse);
  float speed(const Row &row) const { return dot(row.a) + dot(row.b); }
  /// Gives `row` the impulse `impulse` and notes by how much velocities changed.
  void setImpulse(Row &row, float impulse);
  void relax(Row &row);
  void relaxFriction(Row &first, Row &second, float bound);
  void relax(JointRow &joint);
  void relax(MotorBlock &block);
  void relaxJoints(bool isForward);
  void warmStart();

  btScalar timeStep_;
  int iterations_;
  std::vector<Entity> *entities_ = nullptr;
  btAlignedObjectArray<float> velocities_;
  btAlignedObjectArray<float> data_;
  int used_ = 0;
  /// The greatest change of a row's velocity in the round so far.
  float change_ = 0;
  std::vector<JointRow> joints_;
  /// The first `blockCount_` are in use; the rest keep their memory for later substeps.
  std::vector<MotorBlock> blocks_;
  size_t blockCount_ = 0;
  std::vector<double> factor_;
  std::vector<Row> rows_;
  std::vector<Contact> contacts_;
  std::vector<Twist> twists_;
};

}  // namespace rehearsal
