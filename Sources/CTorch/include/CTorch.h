#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An array of numbers on the CPU, perhaps with the record of how it was computed. Freed by `ctorch_free`. */
typedef struct {
  void *opaque;
} ctorch_tensor;

enum { CTORCH_OK = 0, CTORCH_FAILED = 1 };
enum { CTORCH_FLOAT = 0, CTORCH_BYTE = 1, CTORCH_LONG = 2 };

/* Every function that can fail returns CTORCH_OK or CTORCH_FAILED, and then leaves libtorch's message in `error`.
   Shapes follow PyTorch: images are N C H W, weights of a linear layer are out in. */
#define CTORCH_ERROR char *error, size_t error_capacity
#define CTORCH_OUT ctorch_tensor *out, CTORCH_ERROR

/* Process */
int64_t ctorch_live_tensors(void);
/* Threads of convolutions and element-wise operations that the calling thread starts. */
void ctorch_set_threads(int32_t count);
/* Threads of matrix products, in the whole process. False where the BLAS in use is not OpenBLAS. */
bool ctorch_set_blas_threads(int32_t count);
/* Name of OpenBLAS's kernels, or "" for another BLAS. */
const char *ctorch_blas_kernels(void);
/* Whether the processor has all the instructions that OpenBLAS's SkylakeX kernels use. */
bool ctorch_has_avx512(void);
bool ctorch_has_bfloat16(void);
const char *ctorch_version(void);
/* Lets the process keep the memory of freed tensors for the next ones: a training step asks for the same again. */
void ctorch_keep_memory(void);
/* Whether the calling thread's operations are recorded for `ctorch_backward`. Returns what was so before. */
bool ctorch_set_recording(bool records);

/* Making and reading */
int ctorch_make(const void *values, int32_t type, const int64_t *shape, int32_t rank, CTORCH_OUT);
int ctorch_full(double value, const int64_t *shape, int32_t rank, CTORCH_OUT);
void ctorch_free(ctorch_tensor tensor);
int32_t ctorch_rank(ctorch_tensor tensor);
int64_t ctorch_size(ctorch_tensor tensor, int32_t dimension);
int64_t ctorch_count(ctorch_tensor tensor);
/* Copies all elements, converted to float, in C order. */
int ctorch_read(ctorch_tensor tensor, float *values, int64_t count, CTORCH_ERROR);
/* Replaces all elements, in C order, keeping identity and gradient. */
int ctorch_write(ctorch_tensor tensor, const float *values, int64_t count, CTORCH_ERROR);

/* Differentiation */
int ctorch_require_gradient(ctorch_tensor tensor, CTORCH_ERROR);
int ctorch_backward(ctorch_tensor loss, CTORCH_ERROR);
/* The gradient, or a null handle where there is none. */
int ctorch_gradient(ctorch_tensor tensor, CTORCH_OUT);
int ctorch_detach(ctorch_tensor x, CTORCH_OUT);
/* Adds the gradients of `sources` to those of `targets`, which are alike, one by one. */
int ctorch_add_gradients(
    const ctorch_tensor *targets, const ctorch_tensor *sources, int32_t count, CTORCH_ERROR);

/* Element-wise; shapes broadcast */
int ctorch_add(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT);
int ctorch_subtract(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT);
int ctorch_multiply(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT);
int ctorch_divide(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT);
/* x · scale + offset */
int ctorch_affine(ctorch_tensor x, double scale, double offset, CTORCH_OUT);
int ctorch_relu(ctorch_tensor x, CTORCH_OUT);
/* The exact form, with erf. */
int ctorch_gelu(ctorch_tensor x, CTORCH_OUT);
int ctorch_tanh(ctorch_tensor x, CTORCH_OUT);
int ctorch_sigmoid(ctorch_tensor x, CTORCH_OUT);
int ctorch_exp(ctorch_tensor x, CTORCH_OUT);
int ctorch_log(ctorch_tensor x, CTORCH_OUT);
int ctorch_abs(ctorch_tensor x, CTORCH_OUT);
int ctorch_clamp(ctorch_tensor x, double low, double high, CTORCH_OUT);
int ctorch_to_float(ctorch_tensor x, CTORCH_OUT);
int ctorch_to_bfloat16(ctorch_tensor x, CTORCH_OUT);
int ctorch_to_type_of(ctorch_tensor x, ctorch_tensor other, CTORCH_OUT);

/* Shape */
int ctorch_reshape(ctorch_tensor x, const int64_t *shape, int32_t rank, CTORCH_OUT);
int ctorch_permute(ctorch_tensor x, const int64_t *order, int32_t rank, CTORCH_OUT);
int ctorch_concatenate(const ctorch_tensor *parts, int32_t count, int32_t dimension, CTORCH_OUT);
int ctorch_narrow(ctorch_tensor x, int32_t dimension, int64_t start, int64_t length, CTORCH_OUT);
int ctorch_select_rows(ctorch_tensor x, int32_t dimension, ctorch_tensor indices, CTORCH_OUT);
/* N C H W with the channels of a pixel side by side in memory: the convolutions' favourite. */
int ctorch_channels_last(ctorch_tensor x, CTORCH_OUT);

/* Reductions */
int ctorch_sum(ctorch_tensor x, const int64_t *dimensions, int32_t count, bool keeps, CTORCH_OUT);
int ctorch_mean(ctorch_tensor x, const int64_t *dimensions, int32_t count, bool keeps, CTORCH_OUT);
int ctorch_softmax(ctorch_tensor x, int32_t dimension, CTORCH_OUT);
int ctorch_log_softmax(ctorch_tensor x, int32_t dimension, CTORCH_OUT);

/* Layers; a null handle stands for an absent bias */
int ctorch_matmul(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT);
int ctorch_linear(ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, CTORCH_OUT);
int ctorch_convolution(
    ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, int32_t stride, int32_t padding, CTORCH_OUT);
int ctorch_layer_norm(
    ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, int64_t width, double epsilon, CTORCH_OUT);
/* With the running statistics when not training; updates them in place when training. */
int ctorch_batch_norm(
    ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, ctorch_tensor mean, ctorch_tensor variance,
    bool training, double momentum, double epsilon, CTORCH_OUT);
int ctorch_max_pool(ctorch_tensor x, int32_t size, int32_t stride, int32_t padding, CTORCH_OUT);
int ctorch_adaptive_average_pool(ctorch_tensor x, int64_t height, int64_t width, CTORCH_OUT);
int ctorch_upsample_nearest(ctorch_tensor x, int64_t height, int64_t width, CTORCH_OUT);
int ctorch_embedding(ctorch_tensor weight, ctorch_tensor indices, CTORCH_OUT);

/* Inference only, in oneDNN's blocked layout: what it makes of a tensor is taken only by the functions here,
   `ctorch_max_pool` and `ctorch_free`. */
int ctorch_block(ctorch_tensor x, CTORCH_OUT);
int ctorch_unblock(ctorch_tensor x, CTORCH_OUT);
int ctorch_block_weight(ctorch_tensor weight, int32_t stride, int32_t padding, CTORCH_OUT);
/* A convolution by a blocked weight; then plus `addend`, if it is not a null handle; then at least 0, if `rectifies`. */
int ctorch_blocked_convolution(
    ctorch_tensor x, ctorch_tensor weight, ctorch_tensor bias, ctorch_tensor addend, bool rectifies, int32_t stride,
    int32_t padding, CTORCH_OUT);

/* Losses, averaged over all elements */
int ctorch_mean_squared_error(ctorch_tensor a, ctorch_tensor b, CTORCH_OUT);
int ctorch_huber_loss(ctorch_tensor a, ctorch_tensor b, double delta, CTORCH_OUT);
int ctorch_binary_cross_entropy(ctorch_tensor logits, ctorch_tensor targets, CTORCH_OUT);

/* Optimization: in bulk, in place, over parameters that have gradients */
/* The gradients' common Euclidean norm; scales them so that it is at most `limit` (not where limit ≤ 0). */
int ctorch_clip_gradients(const ctorch_tensor *parameters, int32_t count, double limit, double *norm, CTORCH_ERROR);
void ctorch_clear_gradients(const ctorch_tensor *parameters, int32_t count);
typedef struct {
  double learning_rate, beta1, beta2, epsilon, weight_decay;
  /* 1 at the first step. */
  int64_t step;
} ctorch_adamw;
/* Decoupled weight decay (Loshchilov and Hutter 2019), bias-corrected as in PyTorch. `decays` says where it decays. */
int ctorch_adamw_step(
    const ctorch_adamw *settings, const ctorch_tensor *parameters, const ctorch_tensor *first_moments,
    const ctorch_tensor *second_moments, const bool *decays, int32_t count, CTORCH_ERROR);

/* average ← decay · average + (1 − decay) · value */
int ctorch_average(
    const ctorch_tensor *averages, const ctorch_tensor *values, int32_t count, double decay, CTORCH_ERROR);

#ifdef __cplusplus
}
#endif
