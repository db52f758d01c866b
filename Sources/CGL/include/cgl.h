#pragma once
#include <cscene.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* OpenGL without a display: a context, what is uploaded to it, and the frames under way. Every function but
   `cgl_scene_enclosing_body` must be called on the thread that made the context. */
typedef struct {
  void *opaque;
} cgl_context;

/* Meshes and images of a scene, on the GPU. */
typedef struct {
  void *opaque;
} cgl_assets;

/* Shapes, materials and lights over the assets that they name. */
typedef struct {
  void *opaque;
} cgl_scene;

enum {
  CGL_OK = 0,
  CGL_FAILED = 1,
  /* A library, driver or device is missing, or its OpenGL is older than 3.3. */
  CGL_UNAVAILABLE = 2,
  /* The driver gave the context up. */
  CGL_CONTEXT_LOST = 3,
  /* A mesh, image or picture is larger than this OpenGL takes. */
  CGL_TOO_LARGE = 4,
};

enum {
  CGL_RGB = 1,
  CGL_DEPTH = 2,
  CGL_SEGMENTATION = 4,
};

/* Poses are x y z qx qy qz qw. */
typedef struct {
  double world_from_camera[7];
  double fov_degrees;
  double near_depth;
  double far_depth;
  int32_t width;
  int32_t height;
  int32_t channels;
} cgl_view;

/* Some cameras of one scene in one state: 7 doubles a body. */
typedef struct {
  cgl_scene scene;
  const double *world_from_body;
  const cgl_view *views;
  size_t view_count;
} cgl_job;

/* `gpu` counts the hardware devices from 0; -1 takes the first that works, or Mesa's software. */
int32_t cgl_context_create(int32_t gpu, cgl_context *context, char *error, size_t error_capacity);
void cgl_context_free(cgl_context context);
/* Renderer and version, as the driver calls them. */
void cgl_context_describe(cgl_context context, char *text, size_t capacity);

/* Vertices, normals: 4 floats apart. Null: none. */
int32_t cgl_assets_create(cgl_context context, cgl_assets *assets, char *error, size_t error_capacity);
int32_t cgl_assets_add_mesh(
    cgl_assets assets, const float *vertices, size_t vertex_count, const float *normals,
    const float *texture_coordinates, const uint32_t *indices, size_t index_count, char *error, size_t error_capacity);
int32_t cgl_assets_add_image(
    cgl_assets assets, int32_t width, int32_t height, const uint8_t *rgb, char *error, size_t error_capacity);
/* Call once, after the last mesh and image. */
int32_t cgl_assets_finish(cgl_assets assets, char *error, size_t error_capacity);
void cgl_assets_free(cgl_assets assets);

/* Copies everything it is given; the assets must outlive it. Touches no OpenGL: any thread may call these. */
int32_t cgl_scene_create(
    cgl_assets assets, const cscene_shape *shapes, size_t shape_count, const cscene_material *materials,
    size_t material_count, const cscene_light *lights, size_t light_count, const cscene_surroundings *surroundings,
    cgl_scene *scene, char *error, size_t error_capacity);
void cgl_scene_free(cgl_scene scene);

/* The body other than `except` that encloses the view's camera, or -1. Touches no OpenGL. */
int32_t cgl_scene_enclosing_body(cgl_scene scene, const double *world_from_body, const cgl_view *view, int32_t except);

/* Draws every view of every job and begins to read them back into one of the context's slots, 0 or 1, which must be
   free. 1, 4, 9 or 16 samples a pixel; with one shadow sample soft lights are hard. */
int32_t cgl_draw(
    cgl_context context, const cgl_job *jobs, size_t job_count, int32_t samples_per_pixel, int32_t shadow_samples,
    int32_t slot, char *error, size_t error_capacity);
/* Waits for a slot's pictures. */
int32_t cgl_collect(cgl_context context, int32_t slot, char *error, size_t error_capacity);
/* Copies a picture of a collected slot: the view's place among all views of all jobs. Null channels are left out. */
void cgl_copy(
    cgl_context context, int32_t slot, size_t view, uint8_t *rgb, float *depth, uint16_t *segmentation);
/* Makes a slot free again. */
void cgl_release(cgl_context context, int32_t slot);

/* How many contexts, assets and scenes are alive. */
int64_t cgl_live_handle_count(void);

#ifdef __cplusplus
}
#endif
