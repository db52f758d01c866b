#include "cembree.h"

#include <atomic>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

#include "handles.h"
#include "scene.h"

using tracer::Scene;

static std::atomic<int64_t> liveHandles{0};
void tracer::countHandle(int64_t change) { liveHandles += change; }
int64_t cembree_live_handle_count(void) { return liveHandles; }

static int32_t report(int32_t status, const char *message, char *error, size_t capacity) {
  if (error && capacity) snprintf(error, capacity, "%s", message);
  return status;
}

/// Runs `body`; whatever it throws becomes a status and a message.
template <typename Body> static int32_t guarded(char *error, size_t capacity, Body body) {
  try {
    return body();
  } catch (const std::exception &failure) {
    return report(CEMBREE_FAILED, failure.what(), error, capacity);
  } catch (...) {
    return report(CEMBREE_FAILED, "an unknown C++ exception", error, capacity);
  }
}

static Scene &sceneOf(cembree_tracer tracer) { return *static_cast<Scene *>(tracer.opaque); }

int32_t cembree_tracer_create(cembree_tracer *result, char *error, size_t capacity) {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
    return report(CEMBREE_UNSUPPORTED, "this processor lacks AVX2 or FMA", error, capacity);
#endif
  return guarded(error, capacity, [&] {
    result->opaque = new Scene();
    tracer::countHandle(1);
    return CEMBREE_OK;
  });
}

void cembree_tracer_free(cembree_tracer tracer) {
  if (!tracer.opaque) return;
  delete &sceneOf(tracer);
  tracer::countHandle(-1);
}

int32_t cembree_tracer_clear_assets(cembree_tracer tracer, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    Scene &scene = sceneOf(tracer);
    scene.shapes.clear();
    scene.placed.clear();
    scene.surfaces.clear();
    scene.meshes.clear();
    scene.images.clear();
    return CEMBREE_OK;
  });
}

int32_t cembree_tracer_add_mesh(
    cembree_tracer handle, const float *vertices, size_t vertex_count, const float *normals,
    const float *texture_coordinates, const uint32_t *indices, size_t index_count, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    Scene &scene = sceneOf(handle);
    if (!scene.device) scene.device = std::make_shared<tracer::Device>();
    scene.meshes.push_back(std::make_unique<tracer::Mesh>(
        scene.device, vertices, vertex_count, normals, texture_coordinates, indices, index_count));
    return CEMBREE_OK;
  });
}

int32_t cembree_tracer_add_image(
    cembree_tracer tracer, int32_t width, int32_t height, const uint8_t *rgb, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    auto image = std::make_unique<tracer::Image>();
    image->width = width;
    image->height = height;
    image->rgb.assign(rgb, rgb + size_t(width) * size_t(height) * 3);
    sceneOf(tracer).images.push_back(std::move(image));
    return CEMBREE_OK;
  });
}

int32_t cembree_tracer_load(
    cembree_tracer tracer, const cscene_shape *shapes, size_t shape_count, const cscene_material *materials,
    size_t material_count, const cscene_light *lights, size_t light_count, const cscene_surroundings *surroundings,
    size_t body_count, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    sceneOf(tracer).load(
        {shapes, shape_count}, {materials, material_count}, {lights, light_count}, *surroundings, body_count);
    return CEMBREE_OK;
  });
}

int32_t cembree_tracer_render(
    cembree_tracer tracer, const double *world_from_body, const cembree_view *view, uint8_t *rgb, float *depth,
    uint16_t *segmentation, int32_t *enclosing_body, char *error, size_t capacity) {
  return guarded(error, capacity, [&]() -> int32_t {
    Scene &scene = sceneOf(tracer);
    scene.place(world_from_body, *view);
    int body = scene.enclosingBody(view->body);
    if (body >= 0) {
      *enclosing_body = body;
      return report(CEMBREE_CAMERA_INSIDE, "the camera lies inside a body", error, capacity);
    }
    scene.draw(rgb, depth, segmentation);
    return CEMBREE_OK;
  });
}
