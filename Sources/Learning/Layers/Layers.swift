/// x Wᵀ + b.
struct Linear {
  /// out × in
  let weight: Tensor
  let bias: Tensor?

  init(_ scope: ParameterScope, _ inputs: Int, _ outputs: Int, weight initializer: Initializer? = nil) {
    weight = scope.parameter("weight", [outputs, inputs], initializer ?? .uniform(fanIn: inputs))
    bias = scope.parameter("bias", [outputs], initializer == nil ? .uniform(fanIn: inputs) : .zeros)
  }

  init(weight: Tensor, bias: Tensor?) {
    self.weight = weight
    self.bias = bias
  }

  func callAsFunction(_ x: Tensor) -> Tensor { x.linear(weight, bias) }
}

/// A two-dimensional convolution with a square kernel, in the number format of its input.
struct Convolution {
  /// out × in × size × size
  let weight: Tensor
  let bias: Tensor?
  let stride: Int
  let padding: Int

  init(
    _ scope: ParameterScope, _ inputs: Int, _ outputs: Int, size: Int, stride: Int = 1, padding: Int? = nil,
    hasBias: Bool = true, weight initializer: Initializer? = nil
  ) {
    let fanIn = inputs * size * size
    weight = scope.parameter(
      "weight", [outputs, inputs, size, size], initializer ?? .he(fanIn: fanIn, gain: 2.0.squareRoot()))
    bias = hasBias ? scope.parameter("bias", [outputs], .zeros) : nil
    self.stride = stride
    self.padding = padding ?? size / 2
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    x.convolved(weight.typed(like: x), bias?.typed(like: x), stride: stride, padding: padding)
  }
}

/// Zero mean and unit variance over the last dimension, then scaled and shifted.
struct LayerNorm {
  let weight: Tensor
  let bias: Tensor
  let epsilon: Double

  init(_ scope: ParameterScope, _ width: Int, epsilon: Double = 1e-5) {
    weight = scope.parameter("weight", [width], .ones)
    bias = scope.parameter("bias", [width], .zeros)
    self.epsilon = epsilon
  }

  func callAsFunction(_ x: Tensor) -> Tensor { x.layerNormalized(weight, bias, epsilon: epsilon) }
}

/// A table of vectors.
struct Embedding {
  /// count × width
  let weight: Tensor

  init(_ scope: ParameterScope, _ count: Int, _ width: Int) {
    weight = scope.parameter("weight", [count, width], .normal(0.02))
  }

  func callAsFunction(_ indices: Tensor) -> Tensor { weight.embedded(indices) }
}
