// What an optimizer does to parameters, in bulk and in place.
#include <cmath>

#include "CTorchSupport.h"

using ctorch::get;
using ctorch::guarded;

namespace {
/// The gradient in the parameter's own order of elements, so that raw loops may walk both.
at::Tensor matching_gradient(const at::Tensor &parameter) {
  const at::Tensor &gradient = parameter.grad();
  if (!gradient.defined() || gradient.strides() == parameter.strides()) return gradient;
  at::Tensor aligned = at::empty_like(parameter);
  aligned.copy_(gradient);
  return aligned;
}

void update(
    at::Tensor parameter, const at::Tensor &gradient, at::Tensor first, at::Tensor second, const ctorch_adamw &s,
    bool decays) {
  TORCH_CHECK(
      parameter.is_non_overlapping_and_dense() && first.strides() == parameter.strides()
          && second.strides() == parameter.strides(),
      "parameters and moments must be dense and laid out alike");
  float *p = parameter.data_ptr<float>(), *m = first.data_ptr<float>(), *v = second.data_ptr<float>();
  const float *g = gradient.data_ptr<float>();
  const auto keep = static_cast<float>(decays ? 1 - s.learning_rate * s.weight_decay : 1);
  const auto b1 = static_cast<float>(s.beta1), b2 = static_cast<float>(s.beta2);
  const double correction1 = 1 - std::pow(s.beta1, s.step), correction2 = 1 - std::pow(s.beta2, s.step);
  const auto rate = static_cast<float>(s.learning_rate / correction1);
  const auto scale = static_cast<float>(1 / std::sqrt(correction2)), epsilon = static_cast<float>(s.epsilon);
  const int64_t count = parameter.numel();
  for (int64_t i = 0; i < count; ++i) {
    m[i] = b1 * m[i] + (1 - b1) * g[i];
    v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
    // Not std::sqrt: that may set errno, which keeps the loop from being vectorized.
    p[i] = p[i] * keep - rate * m[i] / (__builtin_elementwise_sqrt(v[i]) * scale + epsilon);
  }
}
}  // namespace

int ctorch_clip_gradients(const ctorch_tensor *parameters, int32_t count, double limit, double *norm, CTORCH_ERROR) {
  return guarded(error, error_capacity, [&] {
    at::NoGradGuard unrecorded;
    double squares = 0;
    for (int32_t i = 0; i < count; ++i) {
      const at::Tensor &gradient = get(parameters[i]).grad();
      if (gradient.defined()) squares += std::pow(gradient.norm().item<double>(), 2);
    }
    *norm = std::sqrt(squares);
    if (limit <= 0 || !(*norm > limit)) return;
    for (int32_t i = 0; i < count; ++i) {
      at::Tensor gradient = get(parameters[i]).grad();
      if (gradient.defined()) gradient.mul_(limit / (*norm + 1e-6));
    }
  });
}

int ctorch_add_gradients(
    const ctorch_tensor *targets, const ctorch_tensor *sources, int32_t count, CTORCH_ERROR) {
  return guarded(error, error_capacity, [&] {
    at::NoGradGuard unrecorded;
    for (int32_t i = 0; i < count; ++i) {
      const at::Tensor &addend = get(sources[i]).grad();
      if (!addend.defined()) continue;
      at::Tensor &gradient = get(targets[i]).mutable_grad();
      if (gradient.defined()) {
        gradient.add_(addend);
      } else {
        gradient = addend.clone();
      }
    }
  });
}

void ctorch_clear_gradients(const ctorch_tensor *parameters, int32_t count) {
  for (int32_t i = 0; i < count; ++i) get(parameters[i]).mutable_grad().reset();
}

int ctorch_adamw_step(
    const ctorch_adamw *settings, const ctorch_tensor *parameters, const ctorch_tensor *first_moments,
    const ctorch_tensor *second_moments, const bool *decays, int32_t count, CTORCH_ERROR) {
  return guarded(error, error_capacity, [&] {
    at::NoGradGuard unrecorded;
    for (int32_t i = 0; i < count; ++i) {
      at::Tensor gradient = matching_gradient(get(parameters[i]));
      if (!gradient.defined()) continue;
      update(
          get(parameters[i]).detach(), gradient, get(first_moments[i]), get(second_moments[i]), *settings, decays[i]);
    }
  });
}

int ctorch_average(
    const ctorch_tensor *averages, const ctorch_tensor *values, int32_t count, double decay, CTORCH_ERROR) {
  return guarded(error, error_capacity, [&] {
    at::NoGradGuard unrecorded;
    for (int32_t i = 0; i < count; ++i) get(averages[i]).mul_(decay).add_(get(values[i]).detach(), 1 - decay);
  });
}
