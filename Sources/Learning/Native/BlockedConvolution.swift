internal import CTorch

/// A convolution and the batch norm after it as one, its weights laid out as this processor reads them fastest.
///
/// For inference: its pictures are `Tensor.blocked()`, and no gradient passes.
struct BlockedConvolution {
  private let weight: Tensor
  private let bias: Tensor
  private let stride: Int
  private let padding: Int

  init(_ convolution: Convolution, _ norm: BatchNorm) {
    let (scale, shift) = norm.affine
    let scaled = convolution.weight * scale.reshaped(-1, 1, 1, 1)
    weight = Tensor {
      ctorch_block_weight(scaled.handle, Int32(convolution.stride), Int32(convolution.padding), $0, $1, $2)
    }
    bias = convolution.bias.map { $0 * scale + shift } ?? shift
    stride = convolution.stride
    padding = convolution.padding
  }

  /// `x` and `addend` are blocked; `addend` is added to the result, of which then, if `rectifies`, only the positive
  /// part is left.
  func callAsFunction(_ x: Tensor, adding addend: Tensor? = nil, rectifies: Bool = true) -> Tensor {
    Tensor {
      ctorch_blocked_convolution(
        x.handle, weight.handle, bias.handle, addend?.handle ?? ctorch_tensor(), rectifies, Int32(stride),
        Int32(padding), $0, $1, $2)
    }
  }
}

extension Tensor {
  /// In the layout that `BlockedConvolution` takes.
  func blocked() -> Tensor { Tensor { ctorch_block(handle, $0, $1, $2) } }
  /// Back from that layout.
  func unblocked() -> Tensor { Tensor { ctorch_unblock(handle, $0, $1, $2) } }
}
