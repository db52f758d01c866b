/// A rigid-body world over Bullet's multibody dynamics, in bulk calls.
///
/// Poses are 7 doubles (x y z, then quaternion x y z w) of inertial frames: origin at the centre of mass, axes along the
/// principal axes. Units are SI. Every function that returns an int32_t returns 0 when it did what it says; otherwise it
/// writes a message into `error` and leaves the world as it was. A handle belongs to one thread at a time.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  void *opaque;
} cbullet_world;

typedef struct {
  double gravity[3];
  double time_step;
  int32_t solver_iterations;
  /// Rows of `cbullet_read`.
  int32_t body_count;
  int32_t joint_count;
} cbullet_settings;

enum {
  CBULLET_BOX = 0,       // size: edge lengths
  CBULLET_SPHERE = 1,    // size[0]: radius
  CBULLET_CYLINDER = 2,  // size[0]: radius, size[1]: length along z
  CBULLET_CONE = 3,      // size[0]: radius, size[1]: height along z
  CBULLET_CAPSULE = 4,   // size[0]: radius, size[1]: length of the cylindrical part along z
  CBULLET_PLANE = 5,     // the half-space below z = 0; static bodies only
  CBULLET_HULL = 6,      // points: the convex hull of `point_count` xyz triples
};

typedef struct {
  int32_t kind;
  double size[3];
  const float *points;
  int32_t point_count;
  /// The shape in the body's inertial frame.
  double pose[7];
} cbullet_shape;

typedef struct {
  /// Row of the state; below `body_count`, used once.
  int32_t body;
  double mass;
  double inertia[3];
  double friction, rolling_friction, spinning_friction, restitution;
  const cbullet_shape *shapes;
  int32_t shape_count;
} cbullet_body;

enum { CBULLET_REVOLUTE = 0, CBULLET_PRISMATIC = 1 };
enum { CBULLET_PASSIVE = 0, CBULLET_VELOCITY = 1, CBULLET_POSITION = 2 };

/// The joint between a link and its parent.
typedef struct {
  /// Row of the joint state and of the targets.
  int32_t joint;
  int32_t kind;
  /// Index of the parent in the articulation's links; 0 is the root.
  int32_t parent;
  /// The joint's frame at position 0 in the parent's inertial frame, and the child's inertial frame in the joint's.
  double parent_from_joint[7];
  double joint_from_child[7];
  double axis[3];
  bool has_limits;
  double lower, upper;
  double damping, friction;
  int32_t actuator;
  double max_effort, max_velocity, stiffness;
  /// Index, among the articulation's joints, of the joint it follows; -1: none.
  int32_t mimic;
  double mimic_multiplier;
  double position;
} cbullet_joint;

typedef struct {
  int32_t first, second;
  double normal_force;
  /// The mean of the places where they touch, weighted by force; world.
  double point[3];
} cbullet_contact;

/// Handles created and not yet destroyed, in the whole process.
int64_t cbullet_live_handle_count(void);
/// Of the Bullet that is compiled in, such as 324 for 3.24.
int cbullet_library_version(void);

int32_t cbullet_world_create(const cbullet_settings *settings, cbullet_world *world, char *error,
                             size_t error_capacity);
void cbullet_world_destroy(cbullet_world world);

/// A body that never moves.
int32_t cbullet_add_fixed(cbullet_world world, const cbullet_body *body, const double pose[7], char *error,
                          size_t error_capacity);
/// A body that moves freely, at rest.
int32_t cbullet_add_free(cbullet_world world, const cbullet_body *body, const double pose[7], char *error,
                         size_t error_capacity);
/// `link_count` links, root first; joint i joins link i + 1 to an earlier one.
int32_t cbullet_add_articulation(cbullet_world world, const cbullet_body *links, const cbullet_joint *joints,
                                 int32_t link_count, const double root_pose[7], bool root_is_fixed,
                                 bool self_collides, char *error, size_t error_capacity);

/// Steps `substeps` times towards `targets`, one a joint. Targets of position actuators move evenly from those of the call
/// before (at first, from where the joints start) to the new ones, which the last substep reaches. On failure `failed_body` is the row of the first body whose
/// state is not finite, or -1.
int32_t cbullet_advance(cbullet_world world, int32_t substeps, const double *targets, int32_t *failed_body,
                        char *error, size_t error_capacity);

/// Per body 13 numbers: pose, linear velocity of the centre of mass, angular velocity, in world axes; rows of bodies
/// that were never added are left as they are. Per joint position and velocity.
int32_t cbullet_read(cbullet_world world, double *bodies, double *joints, char *error, size_t error_capacity);

/// The pairs that touch, sorted, first < second; at most `capacity` of them. `count` is how many there are.
int32_t cbullet_read_contacts(cbullet_world world, cbullet_contact *contacts, int32_t capacity, int32_t *count,
                              char *error, size_t error_capacity);

#ifdef __cplusplus
}
#endif
