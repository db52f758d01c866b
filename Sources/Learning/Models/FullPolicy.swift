/// The full-size network: ResNet-50 sees, BERT reads, and what is seen asks what was read (cross-attention).
///
/// The last map is pooled to 7 × 7 patches and projected; attention with the patches as queries and the instruction's
/// tokens as keys and values, residual and layer norm; the mean over the patches decides.
public struct FullPolicy {
  public struct Configuration: Hashable, Sendable {
    public var vision: ResNet.Configuration
    public var language: BERTEncoder.Configuration
    /// Of the cross-attention.
    public var heads: Int
    /// Between the action decoder's two layers.
    public var hiddenWidth: Int
    public var actionCount: Int

    public init(
      vision: ResNet.Configuration = .resNet50, language: BERTEncoder.Configuration = .base, heads: Int = 8,
      hiddenWidth: Int = 256, actionCount: Int
    ) {
      self.vision = vision
      self.language = language
      self.heads = heads
      self.hiddenWidth = hiddenWidth
      self.actionCount = actionCount
    }
  }

  /// Pixels of a picture's side.
  public static let pictureSide = 224
  /// Tokens of an instruction, padding included.
  public static let tokens = 64
  private static let patchSide = 7

  public let configuration: Configuration
  let vision: ResNet
  private let language: BERTEncoder
  private let project: Linear
  private let crossAttention: Attention
  private let norm: LayerNorm
  private let decoder: (Linear, Linear)
  private let confidenceHead: Linear

  /// Parameters of the parts may come from stores of their own, such as files of pretrained encoders.
  public init(
    vision: ParameterScope, language: ParameterScope, head: ParameterScope, _ configuration: Configuration
  ) {
    self.configuration = configuration
    let width = configuration.language.width
    self.vision = ResNet(vision, configuration.vision)
    self.language = BERTEncoder(language, configuration.language)
    project = Linear(head["vision_projection"], configuration.vision.outputWidth, width)
    crossAttention = Attention(head["cross_attention"], width: width, heads: configuration.heads)
    norm = LayerNorm(head["norm"], width)
    decoder = (
      Linear(head["action_decoder"][0], width, configuration.hiddenWidth),
      Linear(head["action_decoder"][2], configuration.hiddenWidth, configuration.actionCount)
    )
    confidenceHead = Linear(head["confidence_head"], width, 1)
  }

  public init(_ scope: ParameterScope, _ configuration: Configuration) {
    self.init(vision: scope["vision"], language: scope["language"], head: scope, configuration)
  }

  /// What is left of an instruction once it is read: the keys and values that every picture asks.
  public struct Instruction {
    let context: Attention.Context
  }

  /// Reads token `ids`, B × T; `mask` (B × T) is 1 at tokens and 0 at padding.
  public func read(_ ids: Tensor, mask: Tensor) -> Instruction {
    Instruction(context: crossAttention.context(language(ids, mask: mask), bias: Attention.bias(mask)))
  }

  public struct Output {
    /// B × actionCount, each in (−1, 1).
    public var actions: Tensor
    /// Logit of how sure the policy is: B × 1.
    public var confidence: Tensor
  }

  /// `pictures` as `normalized` makes them.
  public func callAsFunction(_ pictures: Tensor, _ instruction: Instruction) -> Output {
    decide(vision(pictures), instruction)
  }

  /// From the last map of the vision encoder, B × C × H × W.
  func decide(_ map: Tensor, _ instruction: Instruction) -> Output {
    let pooled = map.averagePooled(toHeight: Self.patchSide, width: Self.patchSide)
    let patches = pooled.reshaped(map.shape[0], map.shape[1], -1).permuted(0, 2, 1)
    let seen = project(patches)
    let y = norm(seen + crossAttention(seen, instruction.context)).mean(1)
    return Output(actions: decoder.1(decoder.0(y).relu()).tanh(), confidence: confidenceHead(y))
  }

  /// Pictures of sRGB bytes (B × H × W × 3, as floats 0…255) with ImageNet's mean and deviation taken out:
  /// B × 3 × H × W.
  public static func normalized(_ rgb: Tensor) -> Tensor {
    let mean: [Float] = [0.485, 0.456, 0.406]
    let deviation: [Float] = [0.229, 0.224, 0.225]
    let scale = Tensor(deviation.map { 1 / (255 * $0) }, shape: [3])
    let shift = Tensor(zip(mean, deviation).map { -$0 / $1 }, shape: [3])
    return (rgb * scale + shift).permuted(0, 3, 1, 2)
  }
}

/// A `FullPolicy` for inference, batch by batch as fast as the processor allows.
public struct FrozenFullPolicy {
  private let policy: FullPolicy
  private let vision: FrozenResNet

  /// Copies the vision encoder's parameters as they are now.
  public init(_ policy: FullPolicy) {
    self.policy = policy
    vision = FrozenResNet(policy.vision)
  }

  public func read(_ ids: Tensor, mask: Tensor) -> FullPolicy.Instruction {
    Tensor.withoutGradients { policy.read(ids, mask: mask) }
  }

  public func callAsFunction(_ pictures: Tensor, _ instruction: FullPolicy.Instruction) -> FullPolicy.Output {
    Tensor.withoutGradients { policy.decide(vision(pictures), instruction) }
  }
}
