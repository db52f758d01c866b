#include "ContactAlgorithm.hpp"

#include <BulletCollision/BroadphaseCollision/btCollisionAlgorithm.h>
#include <BulletCollision/CollisionDispatch/btCollisionObjectWrapper.h>
#include <BulletCollision/CollisionDispatch/btManifoldResult.h>
#include <BulletCollision/CollisionShapes/btStaticPlaneShape.h>
#include <BulletCollision/NarrowPhaseCollision/btPersistentManifold.h>

#include <new>

#include "ClosestPoints.hpp"
#include "ContactFeatures.hpp"

namespace rehearsal {
namespace {
/// A new point this near an old one, on either body, goes on with its impulses.
constexpr btScalar matchingDistance = 0.004f;
/// A face contact deeper than this is sought anew.
constexpr btScalar deepestFlat = 0.001f;
/// Candidate points of one pair, before they are reduced to four.
constexpr int touchCapacity = 2 * Feature::capacity;

struct Touches {
  Touch list[touchCapacity];
  int count = 0;
  void add(const btVector3 &point, btScalar distance) {
    if (count < touchCapacity) list[count++] = {point, distance};
  }

  btScalar deepest() const {
    btScalar result = SIMD_INFINITY;
    for (int i = 0; i < count; ++i) result = btMin(result, list[i].distance);
    return result;
  }
};

class Algorithm : public btCollisionAlgorithm {
 public:
  Algorithm(btPersistentManifold *manifold, const btCollisionAlgorithmConstructionInfo &info,
            const btCollisionObjectWrapper *a, const btCollisionObjectWrapper *b)
      : btCollisionAlgorithm(info), manifold_(manifold), isOwner_(!manifold) {
    if (isOwner_) manifold_ = m_dispatcher->getNewManifold(a->getCollisionObject(), b->getCollisionObject());
  }

  ~Algorithm() override {
    if (isOwner_) m_dispatcher->releaseManifold(manifold_);
  }

  btScalar calculateTimeOfImpact(btCollisionObject *, btCollisionObject *, const btDispatcherInfo &,
                                 btManifoldResult *) override {
    return 1;
  }

  void getAllContactManifolds(btManifoldArray &manifolds) override {
    if (isOwner_) manifolds.push_back(manifold_);
  }

 protected:
  btScalar threshold() const { return manifold_->getContactBreakingThreshold(); }

  /// Replaces the manifold's points; those that were there before keep their impulses.
  void replace(Touches &touches, const btVector3 &normal, btManifoldResult &result) {
    btManifoldPoint old[MANIFOLD_CACHE_SIZE];
    const int oldCount = manifold_->getNumContacts();
    for (int i = 0; i < oldCount; ++i) old[i] = manifold_->getContactPoint(i);
    manifold_->clearManifold();
    result.setPersistentManifold(manifold_);
    const int count = reduce(touches.list, touches.count);
    for (int i = 0; i < count; ++i) result.addContactPoint(normal, touches.list[i].point, touches.list[i].distance);
    for (int i = 0; i < manifold_->getNumContacts(); ++i) {
      btManifoldPoint &point = manifold_->getContactPoint(i);
      int nearest = -1;
      btScalar nearestSquare = matchingDistance * matchingDistance;
      for (int j = 0; j < oldCount; ++j) {
        const btScalar square = btMin((old[j].m_localPointA - point.m_localPointA).length2(),
                                      (old[j].m_localPointB - point.m_localPointB).length2());
        if (square >= nearestSquare) continue;
        nearestSquare = square;
        nearest = j;
      }
      if (nearest < 0) continue;
      point.m_appliedImpulse = old[nearest].m_appliedImpulse;
      point.m_appliedImpulseLateral1 = old[nearest].m_appliedImpulseLateral1;
      point.m_appliedImpulseLateral2 = old[nearest].m_appliedImpulseLateral2;
      // Each old point goes on once.
      old[nearest].m_localPointA.setValue(BT_LARGE_FLOAT, BT_LARGE_FLOAT, BT_LARGE_FLOAT);
      old[nearest].m_localPointB = old[nearest].m_localPointA;
    }
  }

 private:
  btPersistentManifold *manifold_;
  bool isOwner_;
};

class ConvexAlgorithm final : public Algorithm {
 public:
  ConvexAlgorithm(btPersistentManifold *manifold, const btCollisionAlgorithmConstructionInfo &info,
                  const btCollisionObjectWrapper *a, const btCollisionObjectWrapper *b,
                  btConvexPenetrationDepthSolver *penetration)
      : Algorithm(manifold, info, a, b), penetration_(penetration) {}

  void processCollision(const btCollisionObjectWrapper *a, const btCollisionObjectWrapper *b, const btDispatcherInfo &,
                        btManifoldResult *result) override {
    const auto &first = *static_cast<const btConvexShape *>(a->getCollisionShape());
    const auto &second = *static_cast<const btConvexShape *>(b->getCollisionShape());
    const Pair pair = {first, second, a->getWorldTransform(), b->getWorldTransform()};
    Touches touches;
    btVector3 normal = pair.secondPose.getBasis() * lastNormal_;
    if (!(wasFlat_ && addFlat(pair, normal, normal, touches) && touches.deepest() > -deepestFlat)) {
      touches.count = 0;
      find(pair, normal, touches);
    }
    lastNormal_ = normal * pair.secondPose.getBasis();
    replace(touches, normal, *result);
  }

 private:
  struct Pair {
    const btConvexShape &first, &second;
    btTransform firstPose, secondPose;

    Feature below(const btVector3 &normal) const { return supportingFeature(first, firstPose, -normal); }
    Feature above(const btVector3 &normal) const { return supportingFeature(second, secondPose, normal); }
  };

  /// Seeks the contact anew; `normal` becomes its direction.
  void find(const Pair &pair, btVector3 &normal, Touches &touches) {
    const Closest closest =
        closestPoints(pair.first, pair.firstPose, pair.second, pair.secondPose, threshold(), *penetration_);
    wasFlat_ = false;
    if (!closest.isFound || closest.distance >= threshold()) return;
    normal = closest.normal;
    btVector3 face;
    wasFlat_ = addFlat(pair, closest.normal, face, touches);
    if (wasFlat_) {
      normal = face;
    } else {
      addClipped(pair.below(normal), pair.above(normal), normal, touches);
      addDeepest(closest, touches);
    }
  }

  /// Adds the contacts against a face that looks nearly along `normal`, if there is one; `face` becomes its direction.
  bool addFlat(const Pair &pair, const btVector3 &normal, btVector3 &face, Touches &touches) const {
    btVector3 direction;
    if (!faceNormal(pair.above(normal), normal, direction) && !faceNormal(pair.below(normal), normal, direction)) {
      return false;
    }
    addClipped(pair.below(direction), pair.above(direction), direction, touches);
    face = direction;
    return touches.count > 0;
  }

  /// The unit normal of a polygon that faces along `normal` within the accuracy that GJK has on small shapes.
  static bool faceNormal(const Feature &polygon, const btVector3 &normal, btVector3 &face) {
    constexpr btScalar nearlyAlong = 0.98f;
    if (polygon.count < 3) return false;
    face = (polygon.points[1] - polygon.points[0]).cross(polygon.points[2] - polygon.points[0]);
    if (face.length2() < SIMD_EPSILON * SIMD_EPSILON) return false;
    face.normalize();
    if (face.dot(normal) < 0) face = -face;
    return face.dot(normal) > nearlyAlong;
  }

  /// Of two features facing each other: `below` of the first body, `above` of the second, `normal` from second to first.
  void addClipped(const Feature &below, const Feature &above, const btVector3 &normal, Touches &touches) const {
    const bool isReferenceSecond = above.count >= 3;
    const Feature &reference = isReferenceSecond ? above : below;
    const Feature &incident = isReferenceSecond ? below : above;
    if (reference.count < 3 || incident.count < 2) return;
    btVector3 face = (reference.points[1] - reference.points[0]).cross(reference.points[2] - reference.points[0]);
    const btScalar slope = face.dot(normal);
    if (btFabs(slope) < 0.1f * face.length()) return;
    const Feature inside = clipped(incident, reference, normal);
    for (int i = 0; i < inside.count; ++i) {
      const btVector3 &p = inside.points[i];
      // How far along the normal from the reference's plane to the point.
      const btScalar height = face.dot(p - reference.points[0]) / slope;
      const btScalar distance = isReferenceSecond ? height : -height;
      if (distance < threshold()) touches.add(isReferenceSecond ? p - normal * height : p, distance);
    }
  }

  /// GJK's own point, unless a point as deep is there already.
  void addDeepest(const Closest &closest, Touches &touches) const {
    constexpr btScalar tolerance = 0.0002f;
    for (int i = 0; i < touches.count; ++i) {
      if (touches.list[i].distance < closest.distance + tolerance) return;
    }
    touches.add(closest.point, closest.distance);
  }

  btConvexPenetrationDepthSolver *penetration_;
  /// Whether the last contact was with a face, and its direction in the second body's frame. While such a contact lasts
  /// and is shallow, GJK, which now and then misses one on shapes this small, is not asked.
  bool wasFlat_ = false;
  btVector3 lastNormal_ = btVector3(0, 0, 0);
};

class PlaneAlgorithm final : public Algorithm {
 public:
  PlaneAlgorithm(btPersistentManifold *manifold, const btCollisionAlgorithmConstructionInfo &info,
                 const btCollisionObjectWrapper *a, const btCollisionObjectWrapper *b)
      : Algorithm(manifold, info, a, b), isPlaneFirst_(a->getCollisionShape()->getShapeType() == STATIC_PLANE_PROXYTYPE) {}

  void processCollision(const btCollisionObjectWrapper *a, const btCollisionObjectWrapper *b, const btDispatcherInfo &,
                        btManifoldResult *result) override {
    const btCollisionObjectWrapper &ground = isPlaneFirst_ ? *a : *b;
    const btCollisionObjectWrapper &solid = isPlaneFirst_ ? *b : *a;
    const auto &plane = *static_cast<const btStaticPlaneShape *>(ground.getCollisionShape());
    const auto &shape = *static_cast<const btConvexShape *>(solid.getCollisionShape());
    const btTransform &pose = solid.getWorldTransform();
    const btVector3 up = ground.getWorldTransform().getBasis() * plane.getPlaneNormal();
    const btVector3 origin = ground.getWorldTransform() * (plane.getPlaneNormal() * plane.getPlaneConstant());
    Touches touches;
    const auto add = [&](const btVector3 &p) {
      const btScalar height = up.dot(p - origin);
      if (height < threshold()) touches.add(isPlaneFirst_ ? p : p - up * height, height);
    };
    const btVector3 lowest = pose * shape.localGetSupportingVertex(-up * pose.getBasis());
    if (up.dot(lowest - origin) < threshold()) {
      const Feature feature = supportingFeature(shape, pose, -up);
      for (int i = 0; i < feature.count; ++i) add(feature.points[i]);
      // Where a rim or a corner lies lower than the feature's points.
      btScalar featureHeight = SIMD_INFINITY;
      for (int i = 0; i < feature.count; ++i) {
        featureHeight = btMin(featureHeight, up.dot(feature.points[i] - origin));
      }
      if (up.dot(lowest - origin) < featureHeight - 0.0002f) add(lowest);
    }
    replace(touches, isPlaneFirst_ ? -up : up, *result);
  }

 private:
  bool isPlaneFirst_;
};
}  // namespace

btCollisionAlgorithm *ContactAlgorithms::Convex::CreateCollisionAlgorithm(btCollisionAlgorithmConstructionInfo &info,
                                                                          const btCollisionObjectWrapper *a,
                                                                          const btCollisionObjectWrapper *b) {
  void *memory = info.m_dispatcher1->allocateCollisionAlgorithm(sizeof(ConvexAlgorithm));
  return new (memory) ConvexAlgorithm(info.m_manifold, info, a, b, penetration);
}

btCollisionAlgorithm *ContactAlgorithms::Plane::CreateCollisionAlgorithm(btCollisionAlgorithmConstructionInfo &info,
                                                                         const btCollisionObjectWrapper *a,
                                                                         const btCollisionObjectWrapper *b) {
  void *memory = info.m_dispatcher1->allocateCollisionAlgorithm(sizeof(PlaneAlgorithm));
  return new (memory) PlaneAlgorithm(info.m_manifold, info, a, b);
}

const int ContactAlgorithms::largestSize = int(sizeof(ConvexAlgorithm));

ContactAlgorithms::ContactAlgorithms() { convex_.penetration = &penetration_; }

void ContactAlgorithms::install(btCollisionDispatcher &dispatcher) {
  const int solids[] = {BOX_SHAPE_PROXYTYPE,  SPHERE_SHAPE_PROXYTYPE,  CYLINDER_SHAPE_PROXYTYPE,
                        CONE_SHAPE_PROXYTYPE, CAPSULE_SHAPE_PROXYTYPE, CONVEX_HULL_SHAPE_PROXYTYPE};
  for (const int a : solids) {
    dispatcher.registerCollisionCreateFunc(a, STATIC_PLANE_PROXYTYPE, &plane_);
    dispatcher.registerCollisionCreateFunc(STATIC_PLANE_PROXYTYPE, a, &plane_);
    for (const int b : solids) {
      const bool isBullets = a == b && (a == BOX_SHAPE_PROXYTYPE || a == SPHERE_SHAPE_PROXYTYPE);
      if (!isBullets) dispatcher.registerCollisionCreateFunc(a, b, &convex_);
    }
  }
}

}  // namespace rehearsal
