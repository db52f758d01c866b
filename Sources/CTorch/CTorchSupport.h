#pragma once
#include <ATen/ATen.h>
#include <torch/csrc/autograd/variable.h>

#include <cstdio>
#include <cstring>
#include <exception>

#include "include/CTorch.h"

namespace ctorch {

/// Counts what is alive, so that tests can see leaks.
ctorch_tensor wrap(at::Tensor tensor);

inline at::Tensor &get(ctorch_tensor tensor) { return *static_cast<at::Tensor *>(tensor.opaque); }

inline c10::optional<at::Tensor> maybe(ctorch_tensor tensor) {
  return tensor.opaque ? c10::optional<at::Tensor>(get(tensor)) : c10::nullopt;
}

/// Runs `body`; an exception becomes a status and its first line a message.
template <typename Body>
int guarded(char *error, size_t capacity, Body body) {
  const char *message = "unknown exception";
  try {
    body();
    return CTORCH_OK;
  } catch (const c10::Error &failure) {
    std::snprintf(error, capacity, "%s", failure.what_without_backtrace());
    return CTORCH_FAILED;
  } catch (const std::exception &failure) {
    message = failure.what();
    std::snprintf(error, capacity, "%s", message);
  } catch (...) {
    std::snprintf(error, capacity, "%s", message);
  }
  return CTORCH_FAILED;
}

}  // namespace ctorch

/// A function whose only result is a tensor.
#define CTORCH_RESULT(expression) \
  ctorch::guarded(error, error_capacity, [&] { *out = ctorch::wrap(expression); })
