// A C face for tinyxml (elements with their places) and urdfdom (the robot model).
// Strings live as long as their handle. Every function returns 0, or 1 with a message in `error`.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The elements of an XML text, parents before children, in the order of the text.
typedef struct {
  void *opaque;
} curdf_document;

typedef struct {
  const char *tag;
  // Index of the parent element, -1 for the root.
  int32_t parent;
  int32_t first_attribute;
  int32_t attribute_count;
  int32_t line;
  int32_t column;
} curdf_element;

typedef struct {
  const char *name;
  const char *value;
  int32_t line;
  int32_t column;
} curdf_attribute;

// On a syntax error `line` and `column` say where it is.
int curdf_document_parse(const char *text, curdf_document *document, int32_t *line, int32_t *column, char *error,
                         size_t error_capacity);
void curdf_document_free(curdf_document document);
const curdf_element *curdf_document_elements(curdf_document document, size_t *count);
const curdf_attribute *curdf_document_attributes(curdf_document document, size_t *count);

// A robot as urdfdom understands it. Links, joints and materials are sorted by name.
typedef struct {
  void *opaque;
} curdf_model;

typedef struct {
  double position[3];
  // x, y, z, w
  double orientation[4];
} curdf_pose;

typedef struct {
  const char *name;
  bool has_inertial;
  curdf_pose inertial_origin;
  double mass;
  // xx, yy, zz, xy, xz, yz
  double inertia[6];
} curdf_link;

enum { CURDF_BOX = 0, CURDF_SPHERE = 1, CURDF_CYLINDER = 2, CURDF_MESH = 3 };

typedef struct {
  int32_t link;
  bool is_visual;
  int32_t kind;
  // box: edges; sphere: radius; cylinder: radius, length; mesh: scale
  double size[3];
  curdf_pose origin;
  // Empty unless the kind is CURDF_MESH.
  const char *mesh;
  // Index of a material, -1 for none.
  int32_t material;
} curdf_shape;

typedef struct {
  const char *name;
  double rgba[4];
  const char *texture;
} curdf_material;

enum { CURDF_FIXED = 0, CURDF_REVOLUTE = 1, CURDF_CONTINUOUS = 2, CURDF_PRISMATIC = 3, CURDF_OTHER = 4 };

typedef struct {
  const char *name;
  int32_t kind;
  // Indices of links.
  int32_t parent;
  int32_t child;
  curdf_pose origin;
  double axis[3];
  bool has_limits;
  double lower;
  double upper;
  double effort;
  double velocity;
  double damping;
  double friction;
  // Index of the joint that this one follows, -1 for none.
  int32_t mimic;
  double mimic_multiplier;
  double mimic_offset;
} curdf_joint;

// What urdfdom logs while it parses becomes the error message, not console output.
int curdf_model_parse(const char *text, curdf_model *model, char *error, size_t error_capacity);
void curdf_model_free(curdf_model model);
const char *curdf_model_name(curdf_model model);
const curdf_link *curdf_model_links(curdf_model model, size_t *count);
const curdf_joint *curdf_model_joints(curdf_model model, size_t *count);
const curdf_shape *curdf_model_shapes(curdf_model model, size_t *count);
const curdf_material *curdf_model_materials(curdf_model model, size_t *count);

int64_t curdf_live_handle_count(void);

#ifdef __cplusplus
}
#endif
