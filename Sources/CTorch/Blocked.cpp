// Convolutions in oneDNN's own layout, without gradients.
#include "CTorchSupport.h"

using ctorch::get;

int ctorch_block(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(get(x).detach().to_mkldnn()); }
int ctorch_unblock(ctorch_tensor x, CTORCH_OUT) { return CTORCH_RESULT(get(x).to_dense()); }

int ctorch_block_weight(ctorch_tensor weight, int32_t stride, int32_t padding, CTORCH_OUT) {
  return CTORCH_RESULT(at::mkldnn_reorder_conv2d_weight(
      get(weight).detach().to_mkldnn(), {padding, padding}, {stride, stride}, {1, 1}, 1));
}

int ctorch_blocked_convolution(
    ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, ctorch_tensor addend, bool rectifies, int32_t stride,
    int32_t padding, CTORCH_OUT) {
  return ctorch::guarded(error, error_capacity, [&] {
    at::NoGradGuard unrecorded;
    at::Tensor y = at::mkldnn_convolution(
        get(x), get(weight), get(bias), {padding, padding}, {stride, stride}, {1, 1}, 1);
    if (addend.opaque) y.add_(get(addend));
    if (rectifies) y.relu_();
    *out = ctorch::wrap(y);
  });
}
