#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "painter.hpp"

namespace cwindow {

std::atomic<int64_t> liveHandles{0};

namespace {

Failure glfwFailure(const std::string &what, int status = 1) {
  const char *reason = nullptr;
  glfwGetError(&reason);
  return Failure(reason ? what + ": " + reason : what, status);
}

/// GLFW, as long as anything uses it.
class Library {
public:
  Library() {
    if (users++ == 0 && !glfwInit()) {
      --users;
      throw glfwFailure("no window can be opened", CWINDOW_NO_DISPLAY);
    }
  }
  ~Library() {
    if (--users == 0) glfwTerminate();
  }
  Library(const Library &) = delete;
  Library &operator=(const Library &) = delete;

private:
  static inline int users = 0;
};

class Window {
public:
  Window(const char *title, int width, int height, const char *regularFont, const char *boldFont) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    // Where the driver can tell; otherwise a lost context may draw nothing and say nothing.
    glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, GLFW_LOSE_CONTEXT_ON_RESET);
    handle = glfwCreateWindow(width, height, title, nullptr, nullptr);
    if (!handle) throw glfwFailure("OpenGL 3.3 does not start here", CWINDOW_NO_OPENGL);
    try {
      makeCurrent();
      glfwSwapInterval(1);
      painter = std::make_unique<Painter>(regularFont, boldFont);
    } catch (...) {
      glfwDestroyWindow(handle);
      throw;
    }
    listen();
  }
  ~Window() {
    glfwMakeContextCurrent(handle);
    painter.reset();
    glfwDestroyWindow(handle);
  }
  Window(const Window &) = delete;
  Window &operator=(const Window &) = delete;

  std::vector<cwindow_event> events;
  std::unique_ptr<Painter> painter;
  GLFWwindow *handle = nullptr;

  /// Other users of OpenGL on this thread may have made their context current.
  void makeCurrent() {
    if (glfwGetCurrentContext() != handle) glfwMakeContextCurrent(handle);
  }

private:
  Library library;

  static void note(GLFWwindow *handle, cwindow_event event) {
    auto *window = static_cast<Window *>(glfwGetWindowUserPointer(handle));
    window->events.push_back(event);
  }

  /// Where the pointer was when it last moved: GLFW would tell where it is by now.
  double pointerX = 0, pointerY = 0;

  /// From the units of windows to those of pictures.
  static void notePointer(GLFWwindow *handle, int kind, int code, int motion, int modifiers) {
    const auto *window = static_cast<Window *>(glfwGetWindowUserPointer(handle));
    int width = 1, height = 1, pixelWidth = 1, pixelHeight = 1;
    glfwGetWindowSize(handle, &width, &height);
    glfwGetFramebufferSize(handle, &pixelWidth, &pixelHeight);
    if (width <= 0 || height <= 0) return;
    const double x = window->pointerX * pixelWidth / width, y = window->pointerY * pixelHeight / height;
    note(handle, {kind, code, motion, modifiers, x, y});
  }

  void listen() {
    glfwSetWindowUserPointer(handle, this);
    glfwSetKeyCallback(handle, [](GLFWwindow *window, int key, int, int motion, int modifiers) {
      note(window, {CWINDOW_KEY, key, motion, modifiers, 0, 0});
    });
    glfwSetMouseButtonCallback(handle, [](GLFWwindow *window, int button, int motion, int modifiers) {
      notePointer(window, CWINDOW_BUTTON, button, motion, modifiers);
    });
    glfwGetCursorPos(handle, &pointerX, &pointerY);
    glfwSetCursorPosCallback(handle, [](GLFWwindow *window, double x, double y) {
      auto *self = static_cast<Window *>(glfwGetWindowUserPointer(window));
      self->pointerX = x;
      self->pointerY = y;
      notePointer(window, CWINDOW_MOVE, 0, 0, 0);
    });
    glfwSetScrollCallback(handle, [](GLFWwindow *window, double x, double y) {
      note(window, {CWINDOW_SCROLL, 0, 0, 0, x, y});
    });
    glfwSetWindowCloseCallback(handle, [](GLFWwindow *window) { note(window, {CWINDOW_CLOSE, 0, 0, 0, 0, 0}); });
    glfwSetWindowFocusCallback(handle, [](GLFWwindow *window, int focused) {
      if (!focused) note(window, {CWINDOW_FOCUS_LOST, 0, 0, 0, 0, 0});
    });
    glfwSetWindowRefreshCallback(
        handle, [](GLFWwindow *window) { note(window, {CWINDOW_DAMAGE, 0, 0, 0, 0, 0}); });
    glfwSetFramebufferSizeCallback(
        handle, [](GLFWwindow *window, int, int) { note(window, {CWINDOW_DAMAGE, 0, 0, 0, 0, 0}); });
  }
};

Window &at(cwindow_window window) { return *static_cast<Window *>(window.opaque); }

}  // namespace
}  // namespace cwindow

using namespace cwindow;

int cwindow_open(
    const char *title, int32_t width, int32_t height, const char *regular, const char *bold, cwindow_window *window,
    char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    window->opaque = new Window(title, width, height, regular, bold);
    ++liveHandles;
  });
}

void cwindow_close(cwindow_window window) {
  delete &at(window);
  --liveHandles;
}

void cwindow_set_title(cwindow_window window, const char *title) { glfwSetWindowTitle(at(window).handle, title); }

void cwindow_size(cwindow_window window, int32_t *width, int32_t *height) {
  glfwGetFramebufferSize(at(window).handle, width, height);
}

int cwindow_wait(
    cwindow_window window, double seconds, cwindow_event *events, int32_t capacity, int32_t *count, char *error,
    size_t error_capacity) {
  return guarded(error, error_capacity, [&] {
    auto &waiting = at(window).events;
    if (waiting.empty()) {
      if (seconds > 0) glfwWaitEventsTimeout(seconds);
      else glfwPollEvents();
    }
    const size_t taken = std::min<size_t>(waiting.size(), static_cast<size_t>(capacity));
    std::copy(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(taken), events);
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(taken));
    *count = static_cast<int32_t>(taken);
  });
}

bool cwindow_read_gamepad(cwindow_window, cwindow_gamepad *state) {
  for (int joystick = GLFW_JOYSTICK_1; joystick <= GLFW_JOYSTICK_LAST; ++joystick) {
    GLFWgamepadstate read;
    if (!glfwGetGamepadState(joystick, &read)) continue;
    std::copy(std::begin(read.axes), std::end(read.axes), state->axes);
    std::copy(std::begin(read.buttons), std::end(read.buttons), state->buttons);
    return true;
  }
  return false;
}

int cwindow_set_picture(
    cwindow_window window, int32_t slot, const uint8_t *rgb, int32_t width, int32_t height, char *error,
    size_t capacity) {
  return guarded(error, capacity, [&] {
    at(window).makeCurrent();
    at(window).painter->setPicture(slot, rgb, width, height);
  });
}

int cwindow_set_depth(
    cwindow_window window, const float *metres, int32_t width, int32_t height, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    at(window).makeCurrent();
    at(window).painter->setDepth(metres, width, height);
  });
}

int cwindow_draw(
    cwindow_window window, const cwindow_item *items, int32_t count, const char *texts, int32_t textCapacity,
    char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    Window &open = at(window);
    open.makeCurrent();
    int width = 0, height = 0;
    glfwGetFramebufferSize(open.handle, &width, &height);
    if (width <= 0 || height <= 0) return;
    open.painter->draw(items, count, texts, textCapacity, width, height);
    glfwSwapBuffers(open.handle);
  });
}

int cwindow_read(
    cwindow_window window, uint8_t *rgb, int32_t width, int32_t height, char *error, size_t capacity) {
  return guarded(error, capacity, [&] {
    at(window).makeCurrent();
    at(window).painter->read(rgb, width, height);
  });
}

int64_t cwindow_live_handle_count(void) { return liveHandles; }
