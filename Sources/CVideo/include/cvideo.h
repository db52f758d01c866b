#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Every function that returns int gives 0, or fills `error` and gives 1. Pictures are sRGB, 3 bytes a pixel, row 0 at the
/// top, rows packed.

/// An H.264 MP4 file being written.
typedef struct {
  void *opaque;
} cvideo_writer;

/// Pictures of odd size are extended by their last row or column: the format wants even sizes.
int cvideo_open(
    const char *path, int32_t width, int32_t height, int32_t frames_per_second, int32_t crf, cvideo_writer *writer,
    char *error, size_t error_capacity);
int cvideo_append(cvideo_writer writer, const uint8_t *rgb, char *error, size_t error_capacity);
/// Writes the index; nothing can be appended afterwards.
int cvideo_finish(cvideo_writer writer, char *error, size_t error_capacity);
void cvideo_free(cvideo_writer writer);

/// A PNG file's bytes.
typedef struct {
  void *opaque;
} cvideo_png;

int cvideo_encode_png(
    const uint8_t *rgb, int32_t width, int32_t height, cvideo_png *png, char *error, size_t error_capacity);
size_t cvideo_png_size(cvideo_png png);
const uint8_t *cvideo_png_bytes(cvideo_png png);
void cvideo_free_png(cvideo_png png);

/// A scalable font.
typedef struct {
  void *opaque;
} cvideo_font;

int cvideo_open_font(const char *path, cvideo_font *font, char *error, size_t error_capacity);
/// Draws UTF-8 `text` with its baseline starting at (x, y), antialiased; parts outside of the picture are dropped.
int cvideo_draw_text(
    cvideo_font font, uint8_t *rgb, int32_t width, int32_t height, const char *text, double x, double y, double size,
    const uint8_t *color, double opacity, char *error, size_t error_capacity);
/// How far the pen moves, in pixels.
int cvideo_measure_text(
    cvideo_font font, const char *text, double size, double *advance, char *error, size_t error_capacity);
void cvideo_free_font(cvideo_font font);

/// Writers, PNG files and fonts alive now.
int64_t cvideo_live_handle_count(void);
/// Of libavcodec, such as "59.37.100".
const char *cvideo_version(void);

#ifdef __cplusplus
}
#endif
