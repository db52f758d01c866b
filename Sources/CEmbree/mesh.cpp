#include "mesh.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "handles.h"

PACKET_CODE_BEGIN
namespace tracer {

Device::Device() {
  // One thread, and one instruction set whatever the CPU.
  handle = rtcNewDevice("threads=1,set_affinity=0,isa=avx2");
  if (!handle) throw std::runtime_error("Embree makes no device: error " + std::to_string(rtcGetDeviceError(nullptr)));
}
Device::~Device() { rtcReleaseDevice(handle); }

Mesh::Mesh(
    std::shared_ptr<Device> device, const float *points, size_t vertexCount, const float *vertexNormals,
    const float *textureCoordinates, const uint32_t *corners, size_t indexCount)
    : device(std::move(device)), indices(corners, corners + indexCount) {
  lower = {kInfinity, kInfinity, kInfinity};
  upper = {-kInfinity, -kInfinity, -kInfinity};
  for (size_t i = 0; i < vertexCount; i++) {
    Vector p = {points[4 * i], points[4 * i + 1], points[4 * i + 2]};
    lower = {std::min(lower.x, p.x), std::min(lower.y, p.y), std::min(lower.z, p.z)};
    upper = {std::max(upper.x, p.x), std::max(upper.y, p.y), std::max(upper.z, p.z)};
    vertices.push_back(p);
    if (vertexNormals)
      normals.push_back({vertexNormals[4 * i], vertexNormals[4 * i + 1], vertexNormals[4 * i + 2]});
  }
  if (textureCoordinates) coordinates.assign(textureCoordinates, textureCoordinates + 2 * vertexCount);
  for (uint32_t index : indices)
    if (index >= vertexCount) throw std::runtime_error("a mesh's triangle names vertex " + std::to_string(index));

  RTCDevice rtc = this->device->handle;
  RTCGeometry geometry = rtcNewGeometry(rtc, RTC_GEOMETRY_TYPE_TRIANGLE);
  auto *positions = static_cast<Vector *>(rtcSetNewGeometryBuffer(
      geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3, sizeof(Vector), vertexCount));
  auto *triangles = static_cast<uint32_t *>(rtcSetNewGeometryBuffer(
      geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, 3 * sizeof(uint32_t), indexCount / 3));
  if (!positions || !triangles) {
    rtcReleaseGeometry(geometry);
    throw std::runtime_error("Embree has no memory for a mesh of " + std::to_string(indexCount / 3) + " triangles");
  }
  std::copy(vertices.begin(), vertices.end(), positions);
  std::copy(indices.begin(), indices.end(), triangles);
  rtcCommitGeometry(geometry);
  scene = rtcNewScene(rtc);
  rtcSetSceneFlags(scene, RTC_SCENE_FLAG_ROBUST);
  rtcAttachGeometry(scene, geometry);
  rtcReleaseGeometry(geometry);
  rtcCommitScene(scene);
  countHandle(1);
}

Mesh::~Mesh() {
  rtcReleaseScene(scene);
  countHandle(-1);
}

Vector Mesh::faceNormal(int triangle) const {
  const uint32_t *corner = &indices[size_t(triangle) * 3];
  Vector a = vertex(corner[0]);
  return cross(vertex(corner[1]) - a, vertex(corner[2]) - a);
}

static void intersect8(const int *valid, RTCScene scene, RTCRayHit8 *hit) {
#if RTC_VERSION_MAJOR >= 4
  rtcIntersect8(valid, scene, hit);
#else
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  rtcIntersect8(valid, scene, &context, hit);
#endif
}

static void occluded8(const int *valid, RTCScene scene, RTCRay8 *ray) {
#if RTC_VERSION_MAJOR >= 4
  rtcOccluded8(valid, scene, ray);
#else
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  rtcOccluded8(valid, scene, &context, ray);
#endif
}

static void intersect1(RTCScene scene, RTCRayHit *hit) {
#if RTC_VERSION_MAJOR >= 4
  rtcIntersect1(scene, hit);
#else
  RTCIntersectContext context;
  rtcInitIntersectContext(&context);
  rtcIntersect1(scene, &context, hit);
#endif
}

template <typename Ray> static void setRays(Ray &ray, const Vectors &o, const Vectors &d, F near, F far) {
  memcpy(ray.org_x, &o.x, sizeof(F));
  memcpy(ray.org_y, &o.y, sizeof(F));
  memcpy(ray.org_z, &o.z, sizeof(F));
  memcpy(ray.dir_x, &d.x, sizeof(F));
  memcpy(ray.dir_y, &d.y, sizeof(F));
  memcpy(ray.dir_z, &d.z, sizeof(F));
  memcpy(ray.tnear, &near, sizeof(F));
  memcpy(ray.tfar, &far, sizeof(F));
  memset(ray.time, 0, sizeof ray.time);
  memset(ray.mask, 0xFF, sizeof ray.mask);
  memset(ray.flags, 0, sizeof ray.flags);
}

F Mesh::entry(const Vectors &o, const Vectors &d, F near, F far, I active, I &triangle) const {
  RTCRayHit8 hit;
  setRays(hit.ray, o, d, near, far);
  memset(hit.hit.geomID, 0xFF, sizeof hit.hit.geomID);
  memset(hit.hit.instID, 0xFF, sizeof hit.hit.instID);
  alignas(32) int valid[kLanes];
  memcpy(valid, &active, sizeof valid);
  intersect8(valid, scene, &hit);
  F t = kInfinity;
  for (int lane = 0; lane < kLanes; lane++) {
    if (!valid[lane] || hit.hit.geomID[lane] == RTC_INVALID_GEOMETRY_ID) continue;
    // Embree's own parameter rests on the CPU's approximate reciprocal; this one is the same everywhere.
    int index = int(hit.hit.primID[lane]);
    Vector n = faceNormal(index), corner = vertex(indices[size_t(index) * 3]);
    Vector origin = {o.x[lane], o.y[lane], o.z[lane]}, direction = {d.x[lane], d.y[lane], d.z[lane]};
    t[lane] = dot(corner - origin, n) / dot(direction, n);
    triangle[lane] = index;
  }
  return t;
}

I Mesh::occluded(const Vectors &o, const Vectors &d, float near, F far, I active) const {
  RTCRay8 ray;
  setRays(ray, o, d, F(near), far);
  alignas(32) int valid[kLanes];
  memcpy(valid, &active, sizeof valid);
  occluded8(valid, scene, &ray);
  F remaining;
  memcpy(&remaining, ray.tfar, sizeof remaining);
  return active & (remaining < 0.0f);
}

void Mesh::surface(I mask, I triangle, const Vectors &p, Vectors &normal, F &u, F &v) const {
  for (int lane = 0; lane < kLanes; lane++) {
    if (!mask[lane]) continue;
    const uint32_t *corner = &indices[size_t(triangle[lane]) * 3];
    Vector face = faceNormal(triangle[lane]), point = {p.x[lane], p.y[lane], p.z[lane]};
    Vector a = vertex(corner[0]), b = vertex(corner[1]), c = vertex(corner[2]);
    float area = std::max(dot(face, face), 1e-30f);
    float wb = dot(face, cross(c - a, point - a)) / -area, wc = dot(face, cross(b - a, point - a)) / area;
    float wa = 1 - wb - wc;
    Vector n = face;
    if (!normals.empty()) n = normals[corner[0]] * wa + normals[corner[1]] * wb + normals[corner[2]] * wc;
    normal.x[lane] = n.x;
    normal.y[lane] = n.y;
    normal.z[lane] = n.z;
    if (coordinates.empty()) continue;
    const float *ta = &coordinates[2 * corner[0]], *tb = &coordinates[2 * corner[1]], *tc = &coordinates[2 * corner[2]];
    u[lane] = ta[0] * wa + tb[0] * wb + tc[0] * wc;
    v[lane] = ta[1] * wa + tb[1] * wb + tc[1] * wc;
  }
}

bool Mesh::contains(Vector p) const {
  if (p.x < lower.x || p.y < lower.y || p.z < lower.z || p.x > upper.x || p.y > upper.y || p.z > upper.z) return false;
  return isCrossedOddly(p, {0.36f, 0.48f, 0.8f}) && isCrossedOddly(p, {-0.48f, 0.6f, -0.64f});
}

bool Mesh::isCrossedOddly(Vector p, Vector direction) const {
  int crossings = 0;
  float start = 0;
  while (crossings < 1000) {
    RTCRayHit hit = {};
    hit.ray = {p.x, p.y, p.z, start, direction.x, direction.y, direction.z, 0, kInfinity, 0xFFFFFFFFu, 0, 0};
    hit.hit.geomID = RTC_INVALID_GEOMETRY_ID;
    hit.hit.instID[0] = RTC_INVALID_GEOMETRY_ID;
    intersect1(scene, &hit);
    if (hit.hit.geomID == RTC_INVALID_GEOMETRY_ID) break;
    crossings++;
    start = hit.ray.tfar + 1e-5f * (1 + hit.ray.tfar);
  }
  return crossings % 2 == 1;
}

}  // namespace tracer
PACKET_CODE_END
