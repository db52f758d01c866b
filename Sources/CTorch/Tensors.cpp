// Tensors: making, reading, freeing; the process's threads.
#include <dlfcn.h>
#include <malloc.h>
#include <torch/csrc/api/include/torch/version.h>

#include <ATen/Parallel.h>
#include <atomic>

#include "CTorchSupport.h"

using ctorch::get;
using ctorch::guarded;

namespace {
std::atomic<int64_t> live{0};

at::ScalarType scalar_type(int32_t type) {
  switch (type) {
    case CTORCH_BYTE: return at::kByte;
    case CTORCH_LONG: return at::kLong;
    default: return at::kFloat;
  }
}

at::IntArrayRef sizes(const int64_t *shape, int32_t rank) {
  return at::IntArrayRef(shape, static_cast<size_t>(rank));
}
}  // namespace

ctorch_tensor ctorch::wrap(at::Tensor tensor) {
  auto *opaque = new at::Tensor(std::move(tensor));
  live += 1;
  return {opaque};
}

int64_t ctorch_live_tensors(void) { return live; }

void ctorch_set_threads(int32_t count) { at::set_num_threads(count); }

bool ctorch_set_blas_threads(int32_t count) {
  // Found by name, so that another BLAS can stand in for OpenBLAS.
  auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
  if (set) set(count);
  return set != nullptr;
}

const char *ctorch_blas_kernels(void) {
  auto name = reinterpret_cast<char *(*)(void)>(dlsym(RTLD_DEFAULT, "openblas_get_corename"));
  return name ? name() : "";
}

void ctorch_keep_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
}

bool ctorch_has_avx512(void) {
#ifdef __x86_64__
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512bw")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

bool ctorch_has_bfloat16(void) {
#ifdef __x86_64__
  return ctorch_has_avx512() && __builtin_cpu_supports("avx512bf16");
#else
  return false;
#endif
}

const char *ctorch_version(void) { return TORCH_VERSION; }

bool ctorch_set_recording(bool records) {
  bool before = at::GradMode::is_enabled();
  at::GradMode::set_enabled(records);
  return before;
}

int ctorch_make(const void *values, int32_t type, const int64_t *shape, int32_t rank, CTORCH_OUT) {
  return CTORCH_RESULT(at::from_blob(const_cast<void *>(values), sizes(shape, rank), scalar_type(type)).clone());
}

int ctorch_full(double value, const int64_t *shape, int32_t rank, CTORCH_OUT) {
  return CTORCH_RESULT(at::full(sizes(shape, rank), value, at::kFloat));
}

void ctorch_free(ctorch_tensor tensor) {
  if (!tensor.opaque) return;
  delete static_cast<at::Tensor *>(tensor.opaque);
  live -= 1;
}

int32_t ctorch_rank(ctorch_tensor tensor) { return static_cast<int32_t>(get(tensor).dim()); }
int64_t ctorch_size(ctorch_tensor tensor, int32_t dimension) { return get(tensor).sizes()[dimension]; }
int64_t ctorch_count(ctorch_tensor tensor) { return get(tensor).numel(); }

int ctorch_read(ctorch_tensor tensor, float *values, int64_t count, CTORCH_ERROR) {
  return guarded(error, error_capacity, [&] {
    TORCH_CHECK(get(tensor).numel() == count, "room for ", count, " of ", get(tensor).numel(), " elements");
    at::Tensor plain = get(tensor).detach().to(at::kFloat).contiguous();
    std::memcpy(values, plain.data_ptr<float>(), static_cast<size_t>(count) * sizeof(float));
  });
}

int ctorch_write(ctorch_tensor tensor, const float *values, int64_t count, CTORCH_ERROR) {
  return guarded(error, error_capacity, [&] {
    TORCH_CHECK(get(tensor).numel() == count, count, " values for ", get(tensor).numel(), " elements");
    at::Tensor target = get(tensor).detach();
    target.copy_(at::from_blob(const_cast<float *>(values), target.sizes(), at::kFloat));
  });
}

int ctorch_require_gradient(ctorch_tensor tensor, CTORCH_ERROR) {
  return guarded(error, error_capacity, [&] { get(tensor).set_requires_grad(true); });
}

int ctorch_backward(ctorch_tensor loss, CTORCH_ERROR) {
  return guarded(error, error_capacity, [&] { get(loss).backward(); });
}

int ctorch_gradient(ctorch_tensor tensor, CTORCH_OUT) {
  return guarded(error, error_capacity, [&] {
    const at::Tensor &gradient = get(tensor).grad();
    *out = gradient.defined() ? ctorch::wrap(gradient) : ctorch_tensor{nullptr};
  });
}

int ctorch_detach(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(get(x).detach()); }
