#pragma once
#include <BulletCollision/CollisionShapes/btCollisionShape.h>

#include <memory>
#include <vector>

#include "include/cbullet.h"

namespace rehearsal {

/// Owns every collision shape of a world.
class ShapeStore {
 public:
  /// One shape about its own frame.
  btCollisionShape *primitive(const cbullet_shape &shape);
  /// All shapes of a body about its inertial frame, or null where it has none.
  btCollisionShape *body(const cbullet_shape *shapes, int count);

 private:
  template <typename Shape>
  Shape *keep(std::unique_ptr<Shape> shape);

  std::vector<std::unique_ptr<btCollisionShape>> shapes_;
};

}  // namespace rehearsal
