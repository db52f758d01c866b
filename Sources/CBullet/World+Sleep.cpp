#include "World.hpp"

namespace rehearsal {
namespace {
/// A free body slower than this for so long is at rest.
constexpr btScalar restSpeed = 0.01f;
constexpr btScalar restTurnRate = 0.1f;
constexpr btScalar restSeconds = 0.5f;
}  // namespace

int World::island(int entity) {
  while (islands_[size_t(entity)] != entity) {
    islands_[size_t(entity)] = islands_[size_t(islands_[size_t(entity)])];
    entity = islands_[size_t(entity)];
  }
  return entity;
}

/// Puts free bodies to sleep that rest on static scenery, and wakes them with whatever awake touches them.
///
/// Bodies that touch each other form an island, which sleeps and wakes as a whole; one with an articulation never
/// sleeps. Asleep, bodies cost nothing; nothing but a contact can move them, since gravity and scenery are constant.
void World::updateSleep() {
  const size_t count = entities_.size();
  islands_.resize(count);
  islandIsRestless_.assign(count, false);
  for (size_t i = 0; i < count; ++i) islands_[i] = int(i);
  for (int i = 0; i < dispatcher_->getNumManifolds(); ++i) {
    const btPersistentManifold &manifold = *dispatcher_->getManifoldByIndexInternal(i);
    if (manifold.getNumContacts() == 0) continue;
    const int a = movingEntity(*manifold.getBody0());
    const int b = movingEntity(*manifold.getBody1());
    if (a != noEntity && b != noEntity) islands_[size_t(island(a))] = island(b);
  }
  const int enough = int(restSeconds / timeStep_);
  for (size_t i = 0; i < count; ++i) {
    Entity &entity = entities_[i];
    if (entity.rigid && !entity.isAsleep) {
      const bool isStill = entity.rigid->getLinearVelocity().length2() < restSpeed * restSpeed &&
                           entity.rigid->getAngularVelocity().length2() < restTurnRate * restTurnRate;
      entity.stillSubsteps = isStill ? entity.stillSubsteps + 1 : 0;
    }
    if (entity.articulation || entity.stillSubsteps < enough) islandIsRestless_[size_t(island(int(i)))] = true;
  }
  for (size_t i = 0; i < count; ++i) {
    Entity &entity = entities_[i];
    if (!entity.rigid) continue;
    const bool sleeps = !islandIsRestless_[size_t(island(int(i)))];
    if (sleeps == entity.isAsleep) continue;
    entity.isAsleep = sleeps;
    for (Collider &collider : entity.colliders) {
      collider.object->forceActivationState(sleeps ? ISLAND_SLEEPING : DISABLE_DEACTIVATION);
    }
    entity.rigid->setLinearVelocity(btVector3(0, 0, 0));
    entity.rigid->setAngularVelocity(btVector3(0, 0, 0));
    if (!sleeps) entity.stillSubsteps = 0;
  }
}

}  // namespace rehearsal
