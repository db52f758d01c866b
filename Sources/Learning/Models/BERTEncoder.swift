internal import Foundation

/// A BERT encoder (Devlin et al., 2019) with post-norm layers; parameters by Hugging Face's names.
public struct BERTEncoder {
  public struct Configuration: Hashable, Sendable {
    public var vocabularySize: Int
    public var width: Int
    public var layers: Int
    public var heads: Int
    public var feedForwardWidth: Int
    /// The most tokens a sentence may have.
    public var positions: Int

    public init(vocabularySize: Int, width: Int, layers: Int, heads: Int, feedForwardWidth: Int, positions: Int) {
      self.vocabularySize = vocabularySize
      self.width = width
      self.layers = layers
      self.heads = heads
      self.feedForwardWidth = feedForwardWidth
      self.positions = positions
    }

    /// google-bert/bert-base-uncased.
    public static let base = Configuration(
      vocabularySize: 30522, width: 768, layers: 12, heads: 12, feedForwardWidth: 3072, positions: 512)
    /// sentence-transformers/all-MiniLM-L6-v2.
    public static let miniLM = Configuration(
      vocabularySize: 30522, width: 384, layers: 6, heads: 12, feedForwardWidth: 1536, positions: 512)
  }

  public let configuration: Configuration
  private let words: Embedding
  private let positions: Embedding
  private let types: Embedding
  private let norm: LayerNorm
  private let layers: [Layer]

  public init(_ scope: ParameterScope, _ configuration: Configuration) {
    self.configuration = configuration
    let embeddings = scope["embeddings"]
    let width = configuration.width
    words = Embedding(embeddings["word_embeddings"], configuration.vocabularySize, width)
    positions = Embedding(embeddings["position_embeddings"], configuration.positions, width)
    types = Embedding(embeddings["token_type_embeddings"], 2, width)
    norm = LayerNorm(embeddings["LayerNorm"], width, epsilon: 1e-12)
    layers = (0..<configuration.layers).map { Layer(scope["encoder"]["layer"][$0], configuration) }
  }

  /// The last layer's states, B × T × width, of token `ids` (B × T); `mask` (B × T) is 1 at tokens and 0 at padding.
  public func callAsFunction(_ ids: Tensor, mask: Tensor) -> Tensor {
    let length = ids.shape[1]
    let first = positions.weight.slice(0, from: 0, count: length) + types.weight.slice(0, from: 0, count: 1)
    var x = norm(words(ids) + first)
    let bias = Attention.bias(mask)
    for layer in layers { x = layer(x, bias) }
    return x
  }

  private struct Layer {
    let attention: Attention
    let attentionNorm: LayerNorm
    let intermediate: Linear
    let output: Linear
    let outputNorm: LayerNorm

    init(_ scope: ParameterScope, _ configuration: Configuration) {
      let (width, inner) = (configuration.width, configuration.feedForwardWidth)
      attention = Attention(
        width: width, heads: configuration.heads, query: Linear(scope["attention"]["self"]["query"], width, width),
        key: Linear(scope["attention"]["self"]["key"], width, width),
        value: Linear(scope["attention"]["self"]["value"], width, width),
        output: Linear(scope["attention"]["output"]["dense"], width, width))
      attentionNorm = LayerNorm(scope["attention"]["output"]["LayerNorm"], width, epsilon: 1e-12)
      intermediate = Linear(scope["intermediate"]["dense"], width, inner)
      output = Linear(scope["output"]["dense"], inner, width)
      outputNorm = LayerNorm(scope["output"]["LayerNorm"], width, epsilon: 1e-12)
    }

    func callAsFunction(_ x: Tensor, _ bias: Tensor) -> Tensor {
      let y = attentionNorm(x + attention(x, x, bias: bias))
      return outputNorm(y + output(intermediate(y).gelu()))
    }
  }
}

/// Scaled dot-product attention with several heads (Vaswani et al., 2017).
struct Attention {
  let width: Int
  let heads: Int
  let query: Linear
  let key: Linear
  let value: Linear
  let output: Linear

  /// What is attended to.
  struct Context {
    /// B × heads × (width / heads) × M
    var keys: Tensor
    /// B × heads × M × (width / heads)
    var values: Tensor
    /// Added to the logits; broadcasts to B × heads × N × M.
    var bias: Tensor?
  }

  /// Keys and values from `y` (B × M × width).
  func context(_ y: Tensor, bias: Tensor? = nil) -> Context {
    Context(keys: split(key(y)).permuted(0, 1, 3, 2), values: split(value(y)), bias: bias)
  }

  /// Queries from `x` (B × N × width).
  func callAsFunction(_ x: Tensor, _ context: Context) -> Tensor {
    var logits = split(query(x)).matmul(context.keys) * (1 / Double(width / heads).squareRoot())
    if let bias = context.bias { logits = logits + bias }
    let mixed = logits.softmax(-1).matmul(context.values)
    return output(mixed.permuted(0, 2, 1, 3).reshaped(x.shape[0], x.shape[1], width))
  }

  /// Queries from `x` (B × N × width), keys and values from `y` (B × M × width); `bias` is added to the logits and
  /// broadcasts to B × heads × N × M.
  func callAsFunction(_ x: Tensor, _ y: Tensor, bias: Tensor? = nil) -> Tensor { self(x, context(y, bias: bias)) }

  private func split(_ t: Tensor) -> Tensor {
    t.reshaped(t.shape[0], -1, heads, width / heads).permuted(0, 2, 1, 3)
  }
}

extension Attention {
  /// The bias that hides padding from every head and query, of a `mask` (B × M) that is 1 at tokens: B × 1 × 1 × M.
  static func bias(_ mask: Tensor) -> Tensor { ((mask + -1) * 1e4).reshaped(mask.shape[0], 1, 1, mask.shape[1]) }

  /// Parameters by the names of PyTorch's `nn.MultiheadAttention`: queries', keys' and values' rows in one matrix.
  init(_ scope: ParameterScope, width: Int, heads: Int) {
    let weight = scope.parameter("in_proj_weight", [3 * width, width], .uniform(fanIn: width))
    let bias = scope.parameter("in_proj_bias", [3 * width], .zeros)
    func part(_ index: Int) -> Linear {
      Linear(
        weight: weight.slice(0, from: index * width, count: width),
        bias: bias.slice(0, from: index * width, count: width))
    }
    self.init(
      width: width, heads: heads, query: part(0), key: part(1), value: part(2),
      output: Linear(scope["out_proj"], width, width))
  }
}

extension Tensor {
  /// The mean over the tokens that `mask` (B × T) marks, at least one a row: B × T × W becomes B × W.
  func meanOverTokens(_ mask: Tensor) -> Tensor {
    let weights = mask.reshaped(mask.shape[0], mask.shape[1], 1)
    return (self * weights).sum(1) / weights.sum(1)
  }
}
