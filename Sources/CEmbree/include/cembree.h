#pragma once
#include <cscene.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A ray tracer: a scene, how it looks, and the buffers of a frame. Belongs to one thread at a time. */
typedef struct {
  void *opaque;
} cembree_tracer;

enum {
  CEMBREE_OK = 0,
  CEMBREE_FAILED = 1,
  /* The camera lies inside a body. */
  CEMBREE_CAMERA_INSIDE = 2,
  /* The processor lacks AVX2 and FMA. */
  CEMBREE_UNSUPPORTED = 3,
};

typedef struct {
  double world_from_camera[7];
  double fov_degrees;
  double near_depth;
  double far_depth;
  int32_t width;
  int32_t height;
  /* The body that carries the camera and may enclose it; -1 if none. */
  int32_t body;
  /* 1, 4, 9 or 16. */
  int32_t samples_per_pixel;
  int32_t shadow_samples;
} cembree_view;

int32_t cembree_tracer_create(cembree_tracer *tracer, char *error, size_t error_capacity);
void cembree_tracer_free(cembree_tracer tracer);

/* Forget every mesh and image; then add them in order. Vertices, normals: 4 floats apart. */
int32_t cembree_tracer_clear_assets(cembree_tracer tracer, char *error, size_t error_capacity);
int32_t cembree_tracer_add_mesh(
    cembree_tracer tracer, const float *vertices, size_t vertex_count, const float *normals,
    const float *texture_coordinates, const uint32_t *indices, size_t index_count, char *error, size_t error_capacity);
int32_t cembree_tracer_add_image(
    cembree_tracer tracer, int32_t width, int32_t height, const uint8_t *rgb, char *error, size_t error_capacity);

/* Copies everything it is given. */
int32_t cembree_tracer_load(
    cembree_tracer tracer, const cscene_shape *shapes, size_t shape_count, const cscene_material *materials,
    size_t material_count, const cscene_light *lights, size_t light_count, const cscene_surroundings *surroundings,
    size_t body_count, char *error, size_t error_capacity);

/* Draws one frame. `world_from_body` has 7 doubles a body. Null channels are not made.
   On CEMBREE_CAMERA_INSIDE, `enclosing_body` is set. */
int32_t cembree_tracer_render(
    cembree_tracer tracer, const double *world_from_body, const cembree_view *view, uint8_t *rgb, float *depth,
    uint16_t *segmentation, int32_t *enclosing_body, char *error, size_t error_capacity);

typedef struct {
  float x;
  float y;
  float angle;
  float factor;
} cembree_shadow_mask;

typedef struct {
  float rotation_degrees;
  float brightness;
  float contrast;
  float saturation;
  float hue_turns;
  float gamma;
  bool is_grayscale;
  float blur_pixels;
  float noise;
  uint64_t noise_seed;
} cembree_adjustment;

/* Changes `rgb` into `result`, in the order of the fields, shadow masks between grayscale and blur. */
int32_t cembree_adjust(
    const cembree_adjustment *adjustment, const cembree_shadow_mask *shadows, size_t shadow_count, int32_t width,
    int32_t height, const uint8_t *rgb, uint8_t *result, char *error, size_t error_capacity);

/* For each pixel of a picture rotated by `degrees` counter-clockwise: the index of its nearest source pixel. */
int32_t cembree_rotated_indices(
    float degrees, int32_t width, int32_t height, int32_t *indices, char *error, size_t error_capacity);

/* How many tracers and meshes are alive. */
int64_t cembree_live_handle_count(void);

#ifdef __cplusplus
}
#endif
