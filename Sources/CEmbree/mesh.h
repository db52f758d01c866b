// A triangle mesh in an Embree BVH.
#pragma once
#include <memory>
#include <vector>

#if __has_include(<embree4/rtcore.h>)
#include <embree4/rtcore.h>
#else
#include <embree3/rtcore.h>
#endif

#include "cembree.h"
#include "packet.h"

PACKET_CODE_BEGIN
namespace tracer {

/// The one Embree device of a tracer; made when the first mesh comes.
class Device {
 public:
  Device();
  ~Device();
  Device(const Device &) = delete;
  RTCDevice handle;
};

class Mesh {
 public:
  Mesh(
      std::shared_ptr<Device> device, const float *vertices, size_t vertexCount, const float *normals,
      const float *textureCoordinates, const uint32_t *indices, size_t indexCount);
  ~Mesh();
  Mesh(const Mesh &) = delete;

  Vector lower, upper;
  bool hasTextureCoordinates() const { return !coordinates.empty(); }

  /// The nearest hit in (`near`, `far`): its parameter, or infinity, and its triangle.
  F entry(const Vectors &o, const Vectors &d, F near, F far, I active, I &triangle) const;
  I occluded(const Vectors &o, const Vectors &d, float near, F far, I active) const;
  /// The shading normal at `p`, not normalized, and texture coordinates where the mesh has them.
  void surface(I mask, I triangle, const Vectors &p, Vectors &normal, F &u, F &v) const;
  /// Whether a closed mesh encloses `p`: an odd number of crossings in two directions.
  bool contains(Vector p) const;

 private:
  bool isCrossedOddly(Vector p, Vector direction) const;
  Vector vertex(uint32_t index) const { return vertices[index]; }
  Vector faceNormal(int triangle) const;

  std::shared_ptr<Device> device;
  RTCScene scene = nullptr;
  std::vector<Vector> vertices, normals;
  std::vector<float> coordinates;
  std::vector<uint32_t> indices;
};

}  // namespace tracer
PACKET_CODE_END
