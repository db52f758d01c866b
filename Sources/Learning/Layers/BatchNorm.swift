/// Zero mean and unit variance of each channel by running statistics, then scaled and shifted.
struct BatchNorm {
  let weight: Tensor
  let bias: Tensor
  let mean: Tensor
  let variance: Tensor
  private static let epsilon = 1e-5

  init(_ scope: ParameterScope, _ channels: Int) {
    weight = scope.parameter("weight", [channels], .ones)
    bias = scope.parameter("bias", [channels], .zeros)
    mean = scope.buffer("running_mean", [channels], .zeros)
    variance = scope.buffer("running_var", [channels], .ones)
  }

  /// `x` is B × channels × H × W.
  func callAsFunction(_ x: Tensor) -> Tensor {
    x.batchNormalized(
      weight, bias, mean: mean, variance: variance, training: false, momentum: 0, epsilon: Self.epsilon)
  }

  /// What it does to each channel: times `scale`, plus `shift`.
  var affine: (scale: Tensor, shift: Tensor) {
    let scale = zip(weight.values, variance.values).map { $0 / ($1 + Float(Self.epsilon)).squareRoot() }
    let shift = zip(bias.values, zip(mean.values, scale)).map { $0 - $1.0 * $1.1 }
    return (Tensor(scale, shape: [scale.count]), Tensor(shift, shape: [shift.count]))
  }
}
