#include "Shapes.hpp"

#include <BulletCollision/CollisionShapes/btBoxShape.h>
#include <BulletCollision/CollisionShapes/btCapsuleShape.h>
#include <BulletCollision/CollisionShapes/btConeShape.h>
#include <BulletCollision/CollisionShapes/btConvexHullShape.h>
#include <BulletCollision/CollisionShapes/btCylinderShape.h>
#include <BulletCollision/CollisionShapes/btShapeHull.h>
#include <BulletCollision/CollisionShapes/btSphereShape.h>
#include <BulletCollision/CollisionShapes/btStaticPlaneShape.h>

#include <stdexcept>

#include "Conversion.hpp"

namespace rehearsal {
namespace {
/// How far cones and hulls reach beyond their true surface.
constexpr btScalar outerMargin = 0.0005f;
/// Hulls of more vertices are made coarser: of those that lie farthest in 42 directions.
constexpr int greatestHull = 100;
/// Share of their smallest half extent by which boxes and cylinders are rounded, inwards, while GJK seeks the direction
/// of contact; their contact points lie on the true surface. The deeper, the more penetration GJK takes without help.
constexpr btScalar innerMargin = 0.4f;

template <typename Shape>
std::unique_ptr<Shape> rounded(const btVector3 &half) {
  auto shape = std::make_unique<Shape>(half);
  shape->setMargin(innerMargin * half[half.minAxis()]);
  return shape;
}

std::unique_ptr<btConvexHullShape> hull(const cbullet_shape &shape) {
  if (shape.point_count < 4) throw std::invalid_argument("a convex hull needs at least 4 points");
  auto hull = std::make_unique<btConvexHullShape>();
  for (int i = 0; i < shape.point_count; ++i) {
    const float *p = shape.points + 3 * i;
    hull->addPoint(btVector3(p[0], p[1], p[2]), false);
  }
  hull->optimizeConvexHull();
  hull->setMargin(outerMargin);
  if (hull->getNumPoints() > greatestHull) {
    btShapeHull coarse(hull.get());
    if (!coarse.buildHull(outerMargin)) throw std::invalid_argument("a mesh has no convex hull");
    hull = std::make_unique<btConvexHullShape>(&coarse.getVertexPointer()->x(), coarse.numVertices());
    hull->setMargin(outerMargin);
  }
  hull->recalcLocalAabb();
  return hull;
}
}  // namespace

template <typename Shape>
Shape *ShapeStore::keep(std::unique_ptr<Shape> shape) {
  Shape *kept = shape.get();
  shapes_.push_back(std::move(shape));
  return kept;
}

btCollisionShape *ShapeStore::primitive(const cbullet_shape &shape) {
  const btVector3 size = vector(shape.size);
  switch (shape.kind) {
    case CBULLET_BOX: return keep(rounded<btBoxShape>(size / 2));
    case CBULLET_SPHERE: return keep(std::make_unique<btSphereShape>(size.x()));
    case CBULLET_CYLINDER:
      return keep(rounded<btCylinderShapeZ>(btVector3(size.x(), size.x(), size.y() / 2)));
    case CBULLET_CONE: {
      btCollisionShape *cone = keep(std::make_unique<btConeShapeZ>(size.x(), size.y()));
      cone->setMargin(outerMargin);
      return cone;
    }
    case CBULLET_CAPSULE: return keep(std::make_unique<btCapsuleShapeZ>(size.x(), size.y()));
    case CBULLET_PLANE: return keep(std::make_unique<btStaticPlaneShape>(btVector3(0, 0, 1), btScalar(0)));
    case CBULLET_HULL: return keep(hull(shape));
    default: throw std::invalid_argument("unknown kind of shape");
  }
}

}  // namespace rehearsal
