internal import CTorch

/// Element-wise arithmetic; shapes broadcast as in NumPy.
extension Tensor {
  public static func + (a: Tensor, b: Tensor) -> Tensor { Tensor { ctorch_add(a.handle, b.handle, $0, $1, $2) } }
  public static func - (a: Tensor, b: Tensor) -> Tensor { Tensor { ctorch_subtract(a.handle, b.handle, $0, $1, $2) } }
  public static func * (a: Tensor, b: Tensor) -> Tensor { Tensor { ctorch_multiply(a.handle, b.handle, $0, $1, $2) } }
  public static func / (a: Tensor, b: Tensor) -> Tensor { Tensor { ctorch_divide(a.handle, b.handle, $0, $1, $2) } }
  public static func + (a: Tensor, b: Double) -> Tensor { a.affine(scale: 1, offset: b) }
  public static func * (a: Tensor, b: Double) -> Tensor { a.affine(scale: b, offset: 0) }

  private func affine(scale: Double, offset: Double) -> Tensor {
    Tensor { ctorch_affine(handle, scale, offset, $0, $1, $2) }
  }

  public func relu() -> Tensor { Tensor { ctorch_relu(handle, $0, $1, $2) } }
  /// The exact form, with erf.
  public func gelu() -> Tensor { Tensor { ctorch_gelu(handle, $0, $1, $2) } }
  public func tanh() -> Tensor { Tensor { ctorch_tanh(handle, $0, $1, $2) } }
  public func sigmoid() -> Tensor { Tensor { ctorch_sigmoid(handle, $0, $1, $2) } }
  public func exp() -> Tensor { Tensor { ctorch_exp(handle, $0, $1, $2) } }
  public func log() -> Tensor { Tensor { ctorch_log(handle, $0, $1, $2) } }
  public func abs() -> Tensor { Tensor { ctorch_abs(handle, $0, $1, $2) } }
  public func clamped(to range: ClosedRange<Double>) -> Tensor {
    Tensor { ctorch_clamp(handle, range.lowerBound, range.upperBound, $0, $1, $2) }
  }
  /// Bytes become the floats 0…255.
  public func float() -> Tensor { Tensor { ctorch_to_float(handle, $0, $1, $2) } }
  /// With 8 bits of mantissa.
  func bfloat16() -> Tensor { Tensor { ctorch_to_bfloat16(handle, $0, $1, $2) } }
  /// In the number format of `other`.
  func typed(like other: Tensor) -> Tensor { Tensor { ctorch_to_type_of(handle, other.handle, $0, $1, $2) } }
}

/// Shapes. −1 stands for the dimension that follows from the others, negative dimensions count from the end.
extension Tensor {
  public func reshaped(_ shape: Int...) -> Tensor { reshaped(to: shape) }
  public func reshaped(to shape: [Int]) -> Tensor {
    Tensor { ctorch_reshape(handle, shape.int64, Int32(shape.count), $0, $1, $2) }
  }
  /// The dimensions in another order.
  public func permuted(_ order: Int...) -> Tensor {
    Tensor { ctorch_permute(handle, order.int64, Int32(order.count), $0, $1, $2) }
  }
  public static func concatenated(_ parts: [Tensor], along dimension: Int) -> Tensor {
    Tensor { ctorch_concatenate(parts.map(\.handle), Int32(parts.count), Int32(dimension), $0, $1, $2) }
  }
  /// `length` slices from `start` on.
  public func slice(_ dimension: Int, from start: Int, count length: Int) -> Tensor {
    Tensor { ctorch_narrow(handle, Int32(dimension), Int64(start), Int64(length), $0, $1, $2) }
  }
  /// The slices that `indices` (rank 1) name.
  public func rows(_ indices: Tensor, along dimension: Int = 0) -> Tensor {
    Tensor { ctorch_select_rows(handle, Int32(dimension), indices.handle, $0, $1, $2) }
  }
  /// N C H W, the channels of a pixel side by side in memory, as convolutions like it best.
  public func channelsLast() -> Tensor { Tensor { ctorch_channels_last(handle, $0, $1, $2) } }
}

/// Reductions.
extension Tensor {
  public func sum(_ dimensions: Int..., keepsDimensions: Bool = false) -> Tensor {
    let all = dimensions.isEmpty ? Array(0..<rank) : dimensions
    return Tensor { ctorch_sum(handle, all.int64, Int32(all.count), keepsDimensions, $0, $1, $2) }
  }
  public func mean(_ dimensions: Int..., keepsDimensions: Bool = false) -> Tensor {
    let all = dimensions.isEmpty ? Array(0..<rank) : dimensions
    return Tensor { ctorch_mean(handle, all.int64, Int32(all.count), keepsDimensions, $0, $1, $2) }
  }
  public func softmax(_ dimension: Int) -> Tensor { Tensor { ctorch_softmax(handle, Int32(dimension), $0, $1, $2) } }
  public func logSoftmax(_ dimension: Int) -> Tensor {
    Tensor { ctorch_log_softmax(handle, Int32(dimension), $0, $1, $2) }
  }
}

/// Layers as functions of their weights.
extension Tensor {
  /// Batched where either has more than two dimensions.
  public func matmul(_ other: Tensor) -> Tensor { Tensor { ctorch_matmul(handle, other.handle, $0, $1, $2) } }

  /// x Wᵀ + b over the last dimension.
  func linear(_ weight: Tensor, _ bias: Tensor?) -> Tensor {
    Tensor { ctorch_linear(handle, weight.handle, bias.optionalHandle, $0, $1, $2) }
  }

  func convolved(_ weight: Tensor, _ bias: Tensor?, stride: Int, padding: Int) -> Tensor {
    Tensor {
      ctorch_convolution(handle, weight.handle, bias.optionalHandle, Int32(stride), Int32(padding), $0, $1, $2)
    }
  }

  func layerNormalized(_ weight: Tensor, _ bias: Tensor, epsilon: Double) -> Tensor {
    Tensor { ctorch_layer_norm(handle, weight.handle, bias.handle, Int64(weight.count), epsilon, $0, $1, $2) }
  }

  /// By running statistics, or by the batch's own, which then also move the running ones.
  func batchNormalized(
    _ weight: Tensor, _ bias: Tensor, mean: Tensor, variance: Tensor, training: Bool, momentum: Double, epsilon: Double
  ) -> Tensor {
    Tensor {
      ctorch_batch_norm(
        handle, weight.handle, bias.handle, mean.handle, variance.handle, training, momentum, epsilon, $0, $1, $2)
    }
  }

  func maxPooled(size: Int, stride: Int, padding: Int) -> Tensor {
    Tensor { ctorch_max_pool(handle, Int32(size), Int32(stride), Int32(padding), $0, $1, $2) }
  }

  func averagePooled(toHeight height: Int, width: Int) -> Tensor {
    Tensor { ctorch_adaptive_average_pool(handle, Int64(height), Int64(width), $0, $1, $2) }
  }

  func upsampled(toHeight height: Int, width: Int) -> Tensor {
    Tensor { ctorch_upsample_nearest(handle, Int64(height), Int64(width), $0, $1, $2) }
  }

  /// Rows of a table (count × width), by the indices of any shape.
  func embedded(_ indices: Tensor) -> Tensor { Tensor { ctorch_embedding(handle, indices.handle, $0, $1, $2) } }
}

/// Losses, averaged over all elements.
extension Tensor {
  public func meanSquaredError(_ target: Tensor) -> Tensor {
    Tensor { ctorch_mean_squared_error(handle, target.handle, $0, $1, $2) }
  }
  /// Quadratic below `delta`, linear above (Huber 1964).
  public func huberLoss(_ target: Tensor, delta: Double) -> Tensor {
    Tensor { ctorch_huber_loss(handle, target.handle, delta, $0, $1, $2) }
  }
  /// Of logits against probabilities.
  public func binaryCrossEntropy(_ target: Tensor) -> Tensor {
    Tensor { ctorch_binary_cross_entropy(handle, target.handle, $0, $1, $2) }
  }
}

extension Tensor? {
  fileprivate var optionalHandle: ctorch_tensor { self?.handle ?? ctorch_tensor() }
}
