#pragma once
#include <cstdint>

namespace tracer {
/// Adds to the number of live tracers and meshes.
void countHandle(int64_t change);
}  // namespace tracer
