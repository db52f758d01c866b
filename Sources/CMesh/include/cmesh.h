// A C face for assimp (triangle meshes) and stb_image (pictures).
// Every function returns 0, or 1 with a message in `error`.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  void *opaque;
} cmesh_mesh;

// All meshes of the file as one, node transforms applied, in the file's own axes and in metres where it knows them.
int cmesh_mesh_read(const char *path, cmesh_mesh *mesh, char *error, size_t error_capacity);
void cmesh_mesh_free(cmesh_mesh mesh);
size_t cmesh_mesh_vertex_count(cmesh_mesh mesh);
size_t cmesh_mesh_triangle_count(cmesh_mesh mesh);
bool cmesh_mesh_has_texture_coordinates(cmesh_mesh mesh);
// 3, 3 and 2 floats a vertex; 3 indices a triangle. `texture_coordinates` may be null.
void cmesh_mesh_copy(cmesh_mesh mesh, float *vertices, float *normals, float *texture_coordinates,
                     uint32_t *triangles);

typedef struct {
  void *opaque;
} cmesh_image;

// PNG, JPEG, BMP, TGA and what else stb_image knows; sRGB, 3 bytes a pixel, row 0 at the top.
int cmesh_image_read(const char *path, cmesh_image *image, char *error, size_t error_capacity);
void cmesh_image_free(cmesh_image image);
int32_t cmesh_image_width(cmesh_image image);
int32_t cmesh_image_height(cmesh_image image);
void cmesh_image_copy(cmesh_image image, uint8_t *rgb);

int64_t cmesh_live_handle_count(void);

#ifdef __cplusplus
}
#endif
