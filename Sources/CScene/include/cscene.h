#pragma once
#include <stdbool.h>
#include <stdint.h>

/* What is drawn, as both renderers are given it. */

enum {
  CSCENE_BOX = 0,      /* full edges */
  CSCENE_SPHERE = 1,   /* radius */
  CSCENE_CYLINDER = 2, /* radius, length along z */
  CSCENE_CONE = 3,     /* radius, length; apex at +z */
  CSCENE_CAPSULE = 4,  /* radius, length of the cylindrical part */
  CSCENE_PLANE = 5,    /* edge of the drawn square; solid below z = 0 */
  CSCENE_MESH = 6,     /* scale along x, y, z */
};

/* Poses are x y z qx qy qz qw. */
typedef struct {
  int32_t kind;
  int32_t body;
  int32_t material;
  int32_t mesh;
  double size[3];
  double body_from_shape[7];
} cscene_shape;

enum {
  CSCENE_PLAIN = 0,
  CSCENE_CHECKER = 1,
  CSCENE_NOISE = 2,
  CSCENE_WOOD = 3,
  CSCENE_STRIPES = 4,
  CSCENE_IMAGE = 5,
};

typedef struct {
  float color[3];
  float roughness;
  float specular;
  int32_t texture;
  float second_color[3];
  float texture_scale;
  uint32_t texture_seed;
  int32_t image;
} cscene_material;

enum {
  CSCENE_DIRECTIONAL = 0,
  CSCENE_POINT = 1,
  CSCENE_SPOT = 2,
};

typedef struct {
  int32_t kind;
  double position[3];
  double direction[3];
  double inner_angle;
  double outer_angle;
  float color[3];
  float softness;
  bool casts_shadow;
} cscene_light;

typedef struct {
  float ambient[3];
  float zenith[3];
  float horizon[3];
  float nadir[3];
} cscene_surroundings;
