#pragma once
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <exception>

namespace curdf {

extern std::atomic<int64_t> live_handles;

// Runs `body`, which returns a status, and turns every exception into status 1 and a message.
template <typename Body>
int guarded(char *error, size_t capacity, Body body) {
  try {
    return body();
  } catch (const std::exception &fault) {
    if (error != nullptr && capacity > 0) std::snprintf(error, capacity, "%s", fault.what());
  } catch (...) {
    if (error != nullptr && capacity > 0) std::snprintf(error, capacity, "unknown C++ exception");
  }
  return 1;
}

}  // namespace curdf
