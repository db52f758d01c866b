/// A `ResNet` for inference: batch norms folded into the convolutions, everything in oneDNN's blocked layout.
public struct FrozenResNet {
  private let stem: BlockedConvolution
  private let blocks: [Block]

  /// Copies the network's parameters as they are now.
  public init(_ network: ResNet) {
    (stem, blocks) = Tensor.withoutGradients {
      (BlockedConvolution(network.stem, network.stemNorm), network.blocks.map(Block.init))
    }
  }

  /// The same as the network's, without gradients.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let start = stem(x.blocked()).maxPooled(size: 3, stride: 2, padding: 1)
    return blocks.reduce(start) { $1($0) }.unblocked()
  }

  private struct Block {
    let narrow: BlockedConvolution
    let look: BlockedConvolution
    let widen: BlockedConvolution
    let shortcut: BlockedConvolution?

    init(_ block: Bottleneck) {
      let folded = block.convolutions.map { BlockedConvolution($0, $1) }
      (narrow, look, widen) = (folded[0], folded[1], folded[2])
      shortcut = block.shortcut.map { BlockedConvolution($0, $1) }
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      widen(look(narrow(x)), adding: shortcut?(x, rectifies: false) ?? x)
    }
  }
}
