#pragma once
#include <LinearMath/btTransform.h>

namespace rehearsal {

inline btVector3 vector(const double v[3]) { return btVector3(btScalar(v[0]), btScalar(v[1]), btScalar(v[2])); }

inline btTransform transform(const double pose[7]) {
  const btVector4 q = {static_cast<btScalar>(pose[3]), static_cast<btScalar>(pose[4]), static_cast<btScalar>(pose[5]),
                       static_cast<btScalar>(pose[6])};
  return btTransform(btQuaternion(q.x(), q.y(), q.z(), q.w()).normalized(), vector(pose));
}

inline void store(const btVector3 &v, double *out) {
  for (int i = 0; i < 3; ++i) out[i] = v[i];
}

inline void store(const btTransform &pose, double *out) {
  store(pose.getOrigin(), out);
  const btQuaternion rotation = pose.getRotation();
  for (int i = 0; i < 4; ++i) out[3 + i] = rotation[i];
}

}  // namespace rehearsal
