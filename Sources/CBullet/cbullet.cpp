#include "include/cbullet.h"

#include <atomic>
#include <cstdio>
#include <exception>
#include <new>
#include <stdexcept>

#include "World.hpp"

static_assert(sizeof(btScalar) == sizeof(float), "the shim is written for Bullet's single-precision build");

namespace {
using rehearsal::World;

std::atomic<int64_t> liveHandles{0};

void report(const char *message, char *error, size_t capacity) {
  if (error && capacity > 0) std::snprintf(error, capacity, "%s", message);
}

template <typename Body>
int32_t guarded(char *error, size_t capacity, Body body) {
  try {
    body();
    return 0;
  } catch (const std::exception &fault) {
    report(fault.what(), error, capacity);
  } catch (...) {
    report("unknown failure in Bullet", error, capacity);
  }
  return 1;
}

World &get(cbullet_world world) { return *static_cast<World *>(world.opaque); }

/// Whether the library that was loaded was built with the scalar that its headers were read with.
bool libraryIsSinglePrecision() {
  // Room for the larger object of a double-precision build, whose constructor lives in the library.
  alignas(16) static thread_local unsigned char storage[8192];
  btRigidBody *body = new (storage) btRigidBody(btRigidBody::btRigidBodyConstructionInfo(0, nullptr, nullptr));
  const bool isSingle = body->calculateSerializeBufferSize() == int(sizeof(btRigidBodyFloatData));
  body->~btRigidBody();
  return isSingle;
}
}  // namespace

int64_t cbullet_live_handle_count(void) { return liveHandles.load(); }

int cbullet_library_version(void) { return btGetVersion(); }

int32_t cbullet_world_create(const cbullet_settings *settings, cbullet_world *world, char *error,
                             size_t error_capacity) {
  return guarded(error, error_capacity, [&] {
    if (!libraryIsSinglePrecision()) throw std::runtime_error("the Bullet library is a double-precision build");
    world->opaque = new World(*settings);
    ++liveHandles;
  });
}

void cbullet_world_destroy(cbullet_world world) {
  if (!world.opaque) return;
  delete &get(world);
  --liveHandles;
}

int32_t cbullet_add_fixed(cbullet_world world, const cbullet_body *body, const double pose[7], char *error,
                          size_t error_capacity) {
  return guarded(error, error_capacity, [&] { get(world).addFixed(*body, pose); });
}

int32_t cbullet_add_free(cbullet_world world, const cbullet_body *body, const double pose[7], char *error,
                         size_t error_capacity) {
  return guarded(error, error_capacity, [&] { get(world).addFree(*body, pose); });
}

int32_t cbullet_add_articulation(cbullet_world world, const cbullet_body *links, const cbullet_joint *joints,
                                 int32_t link_count, const double root_pose[7], bool root_is_fixed,
                                 bool self_collides, char *error, size_t error_capacity) {
  return guarded(error, error_capacity, [&] {
    get(world).addArticulation(links, joints, link_count, root_pose, root_is_fixed, self_collides);
  });
}

int32_t cbullet_advance(cbullet_world world, int32_t substeps, const double *targets, int32_t *failed_body,
                        char *error, size_t error_capacity) {
  *failed_body = -1;
  return guarded(error, error_capacity, [&] {
    get(world).advance(substeps, targets);
    *failed_body = get(world).firstBrokenBody();
    if (*failed_body >= 0) throw std::runtime_error("the state is not finite");
  });
}

int32_t cbullet_read(cbullet_world world, double *bodies, double *joints, char *error, size_t error_capacity) {
  return guarded(error, error_capacity, [&] { get(world).read(bodies, joints); });
}

int32_t cbullet_read_contacts(cbullet_world world, cbullet_contact *contacts, int32_t capacity, int32_t *count,
                              char *error, size_t error_capacity) {
  return guarded(error, error_capacity, [&] {
    const auto &found = get(world).contacts();
    *count = int32_t(found.size());
    for (int32_t i = 0; i < *count && i < capacity; ++i) contacts[i] = found[size_t(i)];
  });
}
