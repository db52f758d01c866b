#pragma once
#include <atomic>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

#include "cwindow.h"

namespace cwindow {

extern std::atomic<int64_t> liveHandles;

struct Failure : std::runtime_error {
  int status;
  explicit Failure(const std::string &message, int status = 1) : std::runtime_error(message), status(status) {}
};

template <typename Body> int guarded(char *error, size_t capacity, Body body) {
  try {
    body();
    return 0;
  } catch (const Failure &failure) {
    std::snprintf(error, capacity, "%s", failure.what());
    return failure.status;
  } catch (const std::exception &failure) {
    std::snprintf(error, capacity, "%s", failure.what());
  } catch (...) {
    std::snprintf(error, capacity, "unknown C++ exception");
  }
  return 1;
}

}  // namespace cwindow
