#pragma once
#include <BulletCollision/CollisionShapes/btCollisionShape.h>

#include <memory>
#include <vector>

#include "include/cbullet.h"

namespace rehearsal {

/// Owns every collision shape of a world.
class ShapeStore {
 public:
  /// A shape about its own frame.
  btCollisionShape *primitive(const cbullet_shape &shape);

 private:
  template <typename Shape>
  Shape *keep(std::unique_ptr<Shape> shape);

  std::vector<std::unique_ptr<btCollisionShape>> shapes_;
};

}  // namespace rehearsal
