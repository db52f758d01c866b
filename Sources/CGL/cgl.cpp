#include "cgl.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <new>

#include "failure.h"
#include "painter.h"

using namespace graphics;

static std::atomic<int64_t> liveHandles{0};
void graphics::countHandle(int64_t change) { liveHandles += change; }
int64_t cgl_live_handle_count(void) { return liveHandles; }

namespace {

/// What a `cgl_context` is: the painter goes before its context.
struct Studio {
  Context context;
  Painter painter;
  explicit Studio(int gpu) : context(gpu), painter(context) { countHandle(1); }
  ~Studio() { countHandle(-1); }
};

Studio &studioOf(cgl_context context) { return *static_cast<Studio *>(context.opaque); }
Assets &assetsOf(cgl_assets assets) { return *static_cast<Assets *>(assets.opaque); }

int32_t report(int32_t status, const char *message, char *error, size_t capacity) {
  if (error && capacity) snprintf(error, capacity, "%s", message);
  return status;
}

/// Runs `body`; whatever it throws becomes a status and a message.
template <typename Body> int32_t guarded(char *error, size_t capacity, Body body) {
  try {
    body();
    return CGL_OK;
  } catch (const Failure &failure) {
    return report(failure.status, failure.what(), error, capacity);
  } catch (const std::bad_alloc &) {
    return report(CGL_TOO_LARGE, "the machine has no memory left", error, capacity);
  } catch (const std::exception &failure) {
    return report(CGL_FAILED, failure.what(), error, capacity);
  } catch (...) {
    return report(CGL_FAILED, "an unknown C++ exception", error, capacity);
  }
}

}  // namespace

int32_t cgl_context_create(int32_t gpu, cgl_context *context, char *error, size_t capacity) {
  return guarded(error, capacity, [&] { context->opaque = new Studio(gpu); });
}
void cgl_context_free(cgl_context context) { delete static_cast<Studio *>(context.opaque); }
void cgl_context_describe(cgl_context context, char *text, size_t capacity) {
  snprintf(text, capacity, "%s", studioOf(context).context.device.c_str());
}

int32_t cgl_assets_create(cgl_context context, cgl_assets *assets, char *error, size_t capacity) {
  return guarded(error, capacity, [&] { assets->opaque = new Assets(studioOf(context).context); });
}
int32_t cgl_assets_add_mesh(
    cgl_assets assets, const float *vertices, size_t vertex_count, const float *normals,
    const float *texture_coordinates, const uint32_t *indices, size_t index_count, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    assetsOf(assets).addMesh(vertices, vertex_count, normals, texture_coordinates, indices, index_count);
  });
}
int32_t cgl_assets_add_image(
    cgl_assets assets, int32_t width, int32_t height, const uint8_t *rgb, char *error, size_t capacity) {
  return guarded(error, capacity, [&] { assetsOf(assets).addImage(width, height, rgb); });
}
int32_t cgl_assets_finish(cgl_assets assets, char *error, size_t capacity) {
  return guarded(error, capacity, [&] { assetsOf(assets).finish(); });
}
void cgl_assets_free(cgl_assets assets) { delete static_cast<Assets *>(assets.opaque); }

int32_t cgl_scene_create(
    cgl_assets assets, const cscene_shape *shapes, size_t shape_count, const cscene_material *materials,
    size_t material_count, const cscene_light *lights, size_t light_count, const cscene_surroundings *surroundings,
    cgl_scene *scene, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    scene->opaque = new Scene(
        assetsOf(assets), shapes, shape_count, materials, material_count, lights, light_count, *surroundings);
  });
}
void cgl_scene_free(cgl_scene scene) { delete static_cast<Scene *>(scene.opaque); }

int32_t cgl_scene_enclosing_body(
    cgl_scene scene, const double *world_from_body, const cgl_view *view, int32_t except) {
  return static_cast<Scene *>(scene.opaque)->enclosingBody(world_from_body, *view, except);
}

int32_t cgl_draw(
    cgl_context context, const cgl_job *jobs, size_t job_count, int32_t samples, int32_t shadow_samples, int32_t slot,
    char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    Studio &studio = studioOf(context);
    bool isSoft = shadow_samples > 1 || samples > 1;
    studio.painter.draw(Frame(jobs, job_count, samples, isSoft), isSoft, studio.painter.slots.at(size_t(slot)));
  });
}
int32_t cgl_collect(cgl_context context, int32_t slot, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    Painter &painter = studioOf(context).painter;
    painter.collect(painter.slots.at(size_t(slot)));
  });
}

void cgl_copy(
    cgl_context context, int32_t index, size_t view, uint8_t *rgb, float *depth, uint16_t *segmentation) {
  const Slot &slot = studioOf(context).painter.slots[size_t(index)];
  auto [colors, measures] = slot.ofView[view];
  auto eachRow = [&](int picture, size_t bytes, size_t begin, auto body) {
    const Picture &p = slot.pictures[size_t(picture)];
    for (int y = 0; y < p.height; y++)
      body(size_t(y) * size_t(p.width), size_t(p.width), slot.mapped + begin + size_t(p.top + y) * size_t(slot.width) * bytes);
  };
  if (rgb)
    eachRow(colors, 4, slot.colors, [&](size_t at, size_t width, const uint8_t *from) {
      for (size_t x = 0; x < width; x++)
        for (size_t i = 0; i < 3; i++) rgb[3 * (at + x) + i] = from[4 * x + i];
    });
  if (depth)
    eachRow(measures, 4, slot.depths, [&](size_t at, size_t width, const uint8_t *from) {
      memcpy(depth + at, from, width * 4);
    });
  if (segmentation)
    eachRow(measures, 2, slot.segments, [&](size_t at, size_t width, const uint8_t *from) {
      memcpy(segmentation + at, from, width * 2);
    });
}

void cgl_release(cgl_context context, int32_t slot) {
  Painter &painter = studioOf(context).painter;
  painter.release(painter.slots[size_t(slot)]);
}
