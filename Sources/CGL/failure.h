#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>

#include "cgl.h"

namespace graphics {

/// What becomes a status and a message at the C interface.
struct Failure : std::runtime_error {
  int32_t status;
  Failure(int32_t status, const std::string &message) : std::runtime_error(message), status(status) {}
};

/// Adds to the number of live handles.
void countHandle(int64_t change);

}  // namespace graphics
