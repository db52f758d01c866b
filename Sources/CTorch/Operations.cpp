// Arithmetic, shapes, layers and losses: each function is one of libtorch's.
#include "CTorchSupport.h"

using ctorch::get;
using ctorch::maybe;

namespace {
at::IntArrayRef list(const int64_t *values, int32_t count) {
  return at::IntArrayRef(values, static_cast<size_t>(count));
}
}  // namespace

int ctorch_add(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT) { return CTORCH_RESULT(at::add(get(a), get(b))); }
int ctorch_subtract(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT) { return CTORCH_RESULT(at::sub(get(a), get(b))); }
int ctorch_multiply(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT) { return CTORCH_RESULT(at::mul(get(a), get(b))); }
int ctorch_divide(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT) { return CTORCH_RESULT(at::div(get(a), get(b))); }

int ctorch_affine(ctorch_tensor x, double scale, double offset, CTORCH_OUT) {
  return CTORCH_RESULT(offset == 0 ? at::mul(get(x), scale) : at::add(at::mul(get(x), scale), offset));
}

int ctorch_relu(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(at::relu(get(x))); }
int ctorch_gelu(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(at::gelu(get(x))); }
int ctorch_tanh(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(at::tanh(get(x))); }
int ctorch_sigmoid(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(at::sigmoid(get(x))); }
int ctorch_exp(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(at::exp(get(x))); }
int ctorch_log(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(at::log(get(x))); }
int ctorch_abs(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(at::abs(get(x))); }
int ctorch_to_float(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(get(x).to(at::kFloat)); }
int ctorch_to_bfloat16(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(get(x).to(at::kBFloat16)); }
int ctorch_to_type_of(ctorch_tensor x, ctorch_tensor other, CTORCH_OUT) {
  return CTORCH_RESULT(get(x).to(get(other).scalar_type()));
}

int ctorch_clamp(ctorch_tensor x, double low, double high, CTORCH_OUT) {
  return CTORCH_RESULT(at::clamp(get(x), low, high));
}

int ctorch_reshape(ctorch_tensor x, const int64_t *shape, int32_t rank, CTORCH_OUT) {
  return CTORCH_RESULT(at::reshape(get(x), list(shape, rank)));
}

int ctorch_permute(ctorch_tensor x, const int64_t *order, int32_t rank, CTORCH_OUT) {
  return CTORCH_RESULT(at::permute(get(x), list(order, rank)));
}

int ctorch_concatenate(const ctorch_tensor *parts, int32_t count, int32_t dimension, CTORCH_OUT) {
  std::vector<at::Tensor> tensors;
  for (int32_t i = 0; i < count; ++i) tensors.push_back(get(parts[i]));
  return CTORCH_RESULT(at::cat(tensors, dimension));
}

int ctorch_narrow(ctorch_tensor x, int32_t dimension, int64_t start, int64_t length, CTORCH_OUT) {
  return CTORCH_RESULT(at::narrow(get(x), dimension, start, length));
}

int ctorch_select_rows(ctorch_tensor x, int32_t dimension, ctorch_tensor indices, CTORCH_OUT) {
  return CTORCH_RESULT(at::index_select(get(x), dimension, get(indices)));
}

int ctorch_channels_last(ctorch_tensor x, CTORCH_OUT) {
  return CTORCH_RESULT(get(x).contiguous(at::MemoryFormat::ChannelsLast));
}

int ctorch_sum(ctorch_tensor x, const int64_t *dimensions, int32_t count, bool keeps, CTORCH_OUT) {
  return CTORCH_RESULT(at::sum(get(x), list(dimensions, count), keeps));
}

int ctorch_mean(ctorch_tensor x, const int64_t *dimensions, int32_t count, bool keeps, CTORCH_OUT) {
  return CTORCH_RESULT(at::mean(get(x), list(dimensions, count), keeps));
}

int ctorch_softmax(ctorch_tensor x, int32_t dimension, CTORCH_OUT) {
  return CTORCH_RESULT(at::softmax(get(x), dimension));
}

int ctorch_log_softmax(ctorch_tensor x, int32_t dimension, CTORCH_OUT) {
  return CTORCH_RESULT(at::log_softmax(get(x), dimension));
}

int ctorch_matmul(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT) { return CTORCH_RESULT(at::matmul(get(a), get(b))); }

namespace {

// A single row in the loop: libtorch would multiply matrices, and OpenBLAS then copies the weights into another order first,
// which takes longer than the product.
at::Tensor affine(const at::Tensor& x, const at::Tensor& weight, const c10::optional<at::Tensor>& bias) {
  if (at::GradMode::is_enabled() || x.dim() != 2 || x.size(0) != 1) return at::linear(x, weight, bias);
  const at::Tensor row = x.squeeze(0);
  return (bias ? at::addmv(*bias, weight, row) : at::mv(weight, row)).unsqueeze(0);
}

}  // namespace

int ctorch_linear(ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, CTORCH_OUT) {
  return CTORCH_RESULT(affine(get(x), get(weight), maybe(bias)));
}

int ctorch_convolution(
    ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, int32_t stride, int32_t padding, CTORCH_OUT) {
  return CTORCH_RESULT(at::conv2d(get(x), get(weight), maybe(bias), {stride, stride}, {padding, padding}));
}

int ctorch_layer_norm(
    ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, int64_t width, double epsilon, CTORCH_OUT) {
  return CTORCH_RESULT(at::layer_norm(get(x), {width}, maybe(weight), maybe(bias), epsilon));
}

int ctorch_batch_norm(
    ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, ctorch_tensor mean, ctorch_tensor variance,
    bool training, double momentum, double epsilon, CTORCH_OUT) {
  return CTORCH_RESULT(at::batch_norm(
      get(x), maybe(weight), maybe(bias), maybe(mean), maybe(variance), training, momentum, epsilon, false));
}

int ctorch_max_pool(ctorch_tensor x, int32_t size, int32_t stride, int32_t padding, CTORCH_OUT) {
  return CTORCH_RESULT(at::max_pool2d(get(x), {size, size}, {stride, stride}, {padding, padding}));
}

int ctorch_adaptive_average_pool(ctorch_tensor x, int64_t height, int64_t width, CTORCH_OUT) {
  return CTORCH_RESULT(at::adaptive_avg_pool2d(get(x), {height, width}));
}

int ctorch_upsample_nearest(ctorch_tensor x, int64_t height, int64_t width, CTORCH_OUT) {
  return CTORCH_RESULT(at::upsample_nearest2d(get(x), {height, width}));
}

int ctorch_embedding(ctorch_tensor weight, ctorch_tensor indices, CTORCH_OUT) {
  return CTORCH_RESULT(at::embedding(get(weight), get(indices)));
}

int ctorch_mean_squared_error(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT) {
  return CTORCH_RESULT(at::mse_loss(get(a), get(b)));
}

int ctorch_huber_loss(ctorch_tensor a, ctorch_tensor b, double delta, CTORCH_OUT) {
  return CTORCH_RESULT(at::huber_loss(get(a), get(b), at::Reduction::Mean, delta));
}

int ctorch_binary_cross_entropy(ctorch_tensor logits, ctorch_tensor targets, CTORCH_OUT) {
  return CTORCH_RESULT(at::binary_cross_entropy_with_logits(get(logits), get(targets)));
}
