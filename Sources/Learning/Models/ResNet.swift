/// A residual network of bottlenecks (He et al., 2016; the stride is the 3 × 3 convolution's) up to its last map.
///
/// Parameters by torchvision's names. Batch norms use their running statistics.
public struct ResNet {
  public struct Configuration: Hashable, Sendable {
    /// Channels of the first convolution; stage n is width · 2ⁿ wide inside and four times as wide outside.
    public var width: Int
    /// Bottlenecks of each stage.
    public var blocks: [Int]

    public init(width: Int, blocks: [Int]) {
      self.width = width
      self.blocks = blocks
    }

    /// torchvision's resnet50.
    public static let resNet50 = Configuration(width: 64, blocks: [3, 4, 6, 3])

    /// Channels of the last map.
    public var outputWidth: Int { width << (blocks.count + 1) }
  }

  let stem: Convolution
  let stemNorm: BatchNorm
  let blocks: [Bottleneck]

  public init(_ scope: ParameterScope, _ configuration: Configuration) {
    stem = Convolution(scope["conv1"], 3, configuration.width, size: 7, stride: 2, hasBias: false)
    stemNorm = BatchNorm(scope["bn1"], configuration.width)
    var (inputs, blocks) = (configuration.width, [Bottleneck]())
    for (stage, count) in configuration.blocks.enumerated() {
      let width = configuration.width << stage
      for index in 0..<count {
        blocks.append(
          Bottleneck(
            scope["layer\(stage + 1)"][index], inputs, width, stride: stage > 0 && index == 0 ? 2 : 1))
        inputs = width * Bottleneck.expansion
      }
    }
    self.blocks = blocks
  }

  /// B × 3 × H × W becomes B × outputWidth × H/32 × W/32 (for four stages, rounded up).
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let start = stemNorm(stem(x)).relu().maxPooled(size: 3, stride: 2, padding: 1)
    return blocks.reduce(start) { $1($0) }
  }
}

/// Three convolutions, narrow in the middle, around which the input passes.
struct Bottleneck {
  static let expansion = 4

  let convolutions: [(Convolution, BatchNorm)]
  let shortcut: (Convolution, BatchNorm)?

  init(_ scope: ParameterScope, _ inputs: Int, _ width: Int, stride: Int) {
    let outputs = width * Self.expansion
    func pair(_ index: Int, _ inputs: Int, _ outputs: Int, size: Int, stride: Int = 1) -> (Convolution, BatchNorm) {
      (
        Convolution(scope["conv\(index)"], inputs, outputs, size: size, stride: stride, hasBias: false),
        BatchNorm(scope["bn\(index)"], outputs)
      )
    }
    convolutions = [
      pair(1, inputs, width, size: 1), pair(2, width, width, size: 3, stride: stride), pair(3, width, outputs, size: 1),
    ]
    let aside = scope["downsample"]
    shortcut =
      stride == 1 && inputs == outputs
      ? nil
      : (
        Convolution(aside[0], inputs, outputs, size: 1, stride: stride, hasBias: false), BatchNorm(aside[1], outputs)
      )
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    var y = x
    for (index, (convolution, norm)) in convolutions.enumerated() {
      y = norm(convolution(y))
      if index < 2 { y = y.relu() }
    }
    return (y + (shortcut.map { $1($0(x)) } ?? x)).relu()
  }
}
