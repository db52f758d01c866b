// A context of OpenGL 3.3 core that needs no display.
#pragma once
#include <string>

#include "gl.h"

namespace graphics {

class Context {
 public:
  /// `gpu` counts hardware devices; -1 takes the first that works, else Mesa's software.
  explicit Context(int gpu);
  ~Context();
  Context(const Context &) = delete;

  std::string device;
  int maxTextureSize = 0, maxBufferTexels = 0, maxLayers = 0;

  /// Throws if OpenGL reports an error since the last check, or has given the context up.
  void check(const char *what) const;

 private:
  void *display = nullptr, *context = nullptr;
  bool tellsLoss = false;
  bool open(void *candidate, std::string &reason);
};

}  // namespace graphics
