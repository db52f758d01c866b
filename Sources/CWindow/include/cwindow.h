#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Every function that returns int gives 0, or fills `error` and gives another status. All calls about a window come from
/// the thread that opened it. Places are pixels of the picture, y downward from the top; pictures are sRGB, 3 bytes a
/// pixel, row 0 at the top, rows packed.

/// There is no display to open a window on.
#define CWINDOW_NO_DISPLAY 2
/// The display has no OpenGL 3.3.
#define CWINDOW_NO_OPENGL 3
/// The driver gave the window's context up, such as after a reset of the GPU.
#define CWINDOW_LOST 4

/// A window with an OpenGL 3.3 core context and two weights of a font.
typedef struct {
  void *opaque;
} cwindow_window;

int cwindow_open(
    const char *title, int32_t width, int32_t height, const char *regular_font, const char *bold_font,
    cwindow_window *window, char *error, size_t error_capacity);
void cwindow_close(cwindow_window window);
void cwindow_set_title(cwindow_window window, const char *title);
/// Of the picture, pixels.
void cwindow_size(cwindow_window window, int32_t *width, int32_t *height);

#define CWINDOW_KEY 1
#define CWINDOW_BUTTON 2
#define CWINDOW_MOVE 3
#define CWINDOW_SCROLL 4
#define CWINDOW_CLOSE 5
#define CWINDOW_FOCUS_LOST 6
#define CWINDOW_DAMAGE 7

typedef struct {
  int32_t kind;
  /// A key or a button, by GLFW's numbers.
  int32_t code;
  /// 0 up, 1 down, 2 held down and repeating.
  int32_t motion;
  /// GLFW's bits: 1 shift, 2 control, 4 alt.
  int32_t modifiers;
  /// Of the pointer; of a scroll, how far.
  double x, y;
} cwindow_event;

/// Waits at most `seconds` for something to happen, and takes what has happened; at most `capacity` events.
int cwindow_wait(
    cwindow_window window, double seconds, cwindow_event *events, int32_t capacity, int32_t *count, char *error,
    size_t error_capacity);

/// Axes in [-1, 1] and buttons in the order of an Xbox controller, as GLFW numbers them.
typedef struct {
  float axes[6];
  uint8_t buttons[15];
} cwindow_gamepad;

/// Whether a gamepad that GLFW knows is plugged in; fills `state` with the first one's.
bool cwindow_read_gamepad(cwindow_window window, cwindow_gamepad *state);

/// Keeps a picture for items of kind CWINDOW_PICTURE; `slot` is any small number.
int cwindow_set_picture(
    cwindow_window window, int32_t slot, const uint8_t *rgb, int32_t width, int32_t height, char *error,
    size_t error_capacity);
/// Keeps how far what the whole window shows is away, metres along the view: items with a depth fade behind it.
/// Nothing fades while `width` is 0.
int cwindow_set_depth(
    cwindow_window window, const float *metres, int32_t width, int32_t height, char *error, size_t error_capacity);

#define CWINDOW_PANEL 1
#define CWINDOW_LINE 2
#define CWINDOW_TEXT 3
#define CWINDOW_PICTURE 4

typedef struct {
  int32_t kind;
  /// Opposite corners; of a line, its ends; of a text, where its baseline starts.
  float x0, y0, x1, y1;
  /// Of a line's ends, metres; 0: on top of everything.
  float depth0, depth1;
  /// Of corners; the width of a line; the em of a text.
  float radius;
  /// Of an outline, inside of the edge; 0: filled.
  float thickness;
  /// Over how many pixels the edge fades away; 0: antialiased.
  float softness;
  uint8_t color[4];
  /// The picture; of a text, the weight: 0 regular, 1 bold.
  int32_t slot;
  /// Where the text lies in the texts, bytes of UTF-8.
  int32_t text, length;
} cwindow_item;

/// Draws the items in order over black. `text_capacity` bytes of texts.
int cwindow_draw(
    cwindow_window window, const cwindow_item *items, int32_t count, const char *texts, int32_t text_capacity,
    char *error, size_t error_capacity);
/// What was drawn last: width · height · 3 bytes of the size that it was drawn at.
int cwindow_read(
    cwindow_window window, uint8_t *rgb, int32_t width, int32_t height, char *error, size_t error_capacity);

/// Windows alive now.
int64_t cwindow_live_handle_count(void);

#ifdef __cplusplus
}
#endif
