// libEGL is opened at run time, so that a machine without it is told so, instead of a program that does not start.
#include "context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <dlfcn.h>

#include <cstdio>
#include <cstring>
#include <mutex>
#include <vector>

#include "failure.h"

namespace graphics {

Functions gl;

namespace {

struct EGL {
  PFNEGLGETPROCADDRESSPROC getProcAddress;
  PFNEGLQUERYSTRINGPROC queryString;
  PFNEGLGETDISPLAYPROC getDisplay;
  PFNEGLINITIALIZEPROC initialize;
  PFNEGLBINDAPIPROC bindAPI;
  PFNEGLCHOOSECONFIGPROC chooseConfig;
  PFNEGLCREATECONTEXTPROC createContext;
  PFNEGLMAKECURRENTPROC makeCurrent;
  PFNEGLDESTROYCONTEXTPROC destroyContext;
  PFNEGLGETERRORPROC getError;
  PFNEGLRELEASETHREADPROC releaseThread;
  // Extensions; null where they are not there.
  PFNEGLGETPLATFORMDISPLAYEXTPROC getPlatformDisplay;
  PFNEGLQUERYDEVICESEXTPROC queryDevices;
  PFNEGLQUERYDEVICESTRINGEXTPROC queryDeviceString;
};

template <typename Function> void find(void *library, const char *name, Function &function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  if (!function) throw Failure(CGL_UNAVAILABLE, std::string("libEGL.so.1 lacks ") + name);
}

/// Opened once; threads that come later wait for the first.
const EGL &egl() {
  static const EGL functions = [] {
    void *library = dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library) throw Failure(CGL_UNAVAILABLE, "libEGL.so.1 is missing (Debian: libegl1, libgl1-mesa-dri)");
    EGL e = {};
    find(library, "eglGetProcAddress", e.getProcAddress);
    find(library, "eglQueryString", e.queryString);
    find(library, "eglGetDisplay", e.getDisplay);
    find(library, "eglInitialize", e.initialize);
    find(library, "eglBindAPI", e.bindAPI);
    find(library, "eglChooseConfig", e.chooseConfig);
    find(library, "eglCreateContext", e.createContext);
    find(library, "eglMakeCurrent", e.makeCurrent);
    find(library, "eglDestroyContext", e.destroyContext);
    find(library, "eglGetError", e.getError);
    find(library, "eglReleaseThread", e.releaseThread);
    e.getPlatformDisplay =
        reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(e.getProcAddress("eglGetPlatformDisplayEXT"));
    e.queryDevices = reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(e.getProcAddress("eglQueryDevicesEXT"));
    e.queryDeviceString = reinterpret_cast<PFNEGLQUERYDEVICESTRINGEXTPROC>(e.getProcAddress("eglQueryDeviceStringEXT"));
    return e;
  }();
  return functions;
}

bool lists(const char *extensions, const char *name) {
  size_t length = strlen(name);
  for (const char *at = extensions; at && (at = strstr(at, name)); at += length)
    if ((at == extensions || at[-1] == ' ') && (at[length] == ' ' || at[length] == 0)) return true;
  return false;
}

/// Displays of the hardware devices, in the driver's order.
std::vector<EGLDisplay> hardware() {
  const EGL &e = egl();
  EGLint count = 0;
  if (!e.queryDevices || !e.getPlatformDisplay || !e.queryDevices(0, nullptr, &count)) return {};
  std::vector<EGLDeviceEXT> devices(static_cast<size_t>(count));
  if (!e.queryDevices(count, devices.data(), &count)) return {};
  std::vector<EGLDisplay> displays;
  for (EGLDeviceEXT device : devices) {
    const char *extensions = e.queryDeviceString ? e.queryDeviceString(device, EGL_EXTENSIONS) : nullptr;
    if (lists(extensions, "EGL_MESA_device_software")) continue;
    displays.push_back(e.getPlatformDisplay(EGL_PLATFORM_DEVICE_EXT, device, nullptr));
  }
  return displays;
}

EGLDisplay surfaceless() {
  const EGL &e = egl();
  if (!e.getPlatformDisplay) return EGL_NO_DISPLAY;
  if (!lists(e.queryString(EGL_NO_DISPLAY, EGL_EXTENSIONS), "EGL_MESA_platform_surfaceless")) return EGL_NO_DISPLAY;
  return e.getPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
}

void loadFunctions() {
  static std::mutex one;
  std::lock_guard<std::mutex> guard(one);
  auto load = [](const char *name, auto &function) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(egl().getProcAddress(name));
    if (!function) throw Failure(CGL_UNAVAILABLE, std::string("the driver lacks ") + name);
  };
#define CGL_LOAD(type, name) load("gl" #name, gl.name);
  CGL_FUNCTIONS(CGL_LOAD)
#undef CGL_LOAD
  gl.GetGraphicsResetStatus =
      reinterpret_cast<PFNGLGETGRAPHICSRESETSTATUSPROC>(egl().getProcAddress("glGetGraphicsResetStatusARB"));
}

}  // namespace

bool Context::open(void *candidate, std::string &reason) {
  const EGL &e = egl();
  EGLint major, minor, count = 0;
  if (candidate == EGL_NO_DISPLAY || !e.initialize(candidate, &major, &minor)) {
    reason = "its EGL does not start";
    return false;
  }
  const EGLint wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, 0, EGL_NONE};
  EGLConfig config = nullptr;
  const char *extensions = e.queryString(candidate, EGL_EXTENSIONS);
  if (!lists(extensions, "EGL_KHR_surfaceless_context") || !e.bindAPI(EGL_OPENGL_API) ||
      !e.chooseConfig(candidate, wanted, &config, 1, &count) || count == 0) {
    reason = "it draws with no OpenGL off screen";
    return false;
  }
  std::vector<EGLint> attributes = {
      EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT};
  // Asks to be told when the driver gives the context up, instead of drawing nothing without a word.
  bool tells = lists(extensions, "EGL_EXT_create_context_robustness");
  if (tells)
    attributes.insert(
        attributes.end(),
        {EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY_EXT, EGL_LOSE_CONTEXT_ON_RESET_EXT});
  attributes.push_back(EGL_NONE);
  EGLContext made = e.createContext(candidate, config, EGL_NO_CONTEXT, attributes.data());
  if (made == EGL_NO_CONTEXT && tells) {
    tells = false;
    attributes.resize(6);
    attributes.push_back(EGL_NONE);
    made = e.createContext(candidate, config, EGL_NO_CONTEXT, attributes.data());
  }
  if (made == EGL_NO_CONTEXT) {
    reason = "its OpenGL is older than 3.3";
    return false;
  }
  if (!e.makeCurrent(candidate, EGL_NO_SURFACE, EGL_NO_SURFACE, made)) {
    e.destroyContext(candidate, made);
    reason = "its context cannot be used";
    return false;
  }
  display = candidate;
  context = made;
  tellsLoss = tells;
  return true;
}

Context::Context(int gpu) {
  std::string reason;
  std::vector<EGLDisplay> devices = hardware();
  if (gpu >= 0) {
    if (size_t(gpu) >= devices.size())
      throw Failure(
          CGL_UNAVAILABLE, "GPU " + std::to_string(gpu) + " is not there: EGL finds " + std::to_string(devices.size()));
    if (!open(devices[size_t(gpu)], reason))
      throw Failure(CGL_UNAVAILABLE, "GPU " + std::to_string(gpu) + " cannot draw: " + reason);
  } else {
    devices.push_back(surfaceless());
    for (EGLDisplay candidate : devices)
      if (open(candidate, reason)) break;
    if (!context)
      throw Failure(
          CGL_UNAVAILABLE, "no EGL device can draw without a display: " + reason +
                               " (Debian: libgl1-mesa-dri for software, the vendor's driver for a GPU)");
  }
  try {
    loadFunctions();
  } catch (...) {
    egl().makeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    egl().destroyContext(display, context);
    throw;
  }
  auto text = [](GLenum name) { return std::string(reinterpret_cast<const char *>(gl.GetString(name))); };
  device = text(GL_RENDERER) + ", OpenGL " + text(GL_VERSION);
  gl.GetIntegerv(GL_MAX_TEXTURE_SIZE, &maxTextureSize);
  gl.GetIntegerv(GL_MAX_TEXTURE_BUFFER_SIZE, &maxBufferTexels);
  gl.GetIntegerv(GL_MAX_ARRAY_TEXTURE_LAYERS, &maxLayers);
}

// The display stays initialized: other contexts of the process share it.
Context::~Context() {
  egl().makeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  egl().destroyContext(display, context);
  egl().releaseThread();
}

void Context::check(const char *what) const {
  GLenum reset = tellsLoss && gl.GetGraphicsResetStatus ? gl.GetGraphicsResetStatus() : GL_NO_ERROR;
  if (reset != GL_NO_ERROR)
    throw Failure(CGL_CONTEXT_LOST, std::string("the driver gave the OpenGL context up while ") + what);
  GLenum error = gl.GetError();
  if (error == GL_NO_ERROR) return;
  if (error == GL_CONTEXT_LOST) throw Failure(CGL_CONTEXT_LOST, std::string("the OpenGL context was lost while ") + what);
  if (error == GL_OUT_OF_MEMORY) throw Failure(CGL_TOO_LARGE, std::string("OpenGL has no memory left for ") + what);
  char code[16];
  snprintf(code, sizeof code, "0x%04X", error);
  throw Failure(CGL_FAILED, std::string("OpenGL error ") + code + " while " + what);
}

}  // namespace graphics
