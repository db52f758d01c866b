/// Which encoder reads the instruction.
public enum TextConfiguration: Hashable, Sendable {
  /// Trained with the policy from scratch, on a vocabulary of so many pieces.
  case scratch(vocabularySize: Int)
  /// all-MiniLM-L6-v2, frozen: the policy is given its sentence embeddings (384 wide, unit length).
  case miniLM
}

/// Turns what an encoder makes of an instruction into the vector that steers the policy.
public struct TextEncoder {
  public static let miniLMWidth = 384

  private let encoder: BERTEncoder?
  let project: Linear
  private let norm: LayerNorm

  init(_ scope: ParameterScope, _ configuration: TextConfiguration, outputWidth: Int) {
    switch configuration {
    case .scratch(let size):
      let shape = BERTEncoder.Configuration(
        vocabularySize: size, width: 96, layers: 2, heads: 4, feedForwardWidth: 192, positions: 64)
      encoder = BERTEncoder(scope["encoder"], shape)
      project = Linear(scope["project"], shape.width, outputWidth)
    case .miniLM:
      encoder = nil
      project = Linear(scope["project"], Self.miniLMWidth, outputWidth)
    }
    norm = LayerNorm(scope["norm"], outputWidth)
  }

  /// Sentences, one a row: B × outputWidth.
  public func callAsFunction(_ sentences: EncodedSentences) -> Tensor { norm(project(features(sentences))) }

  /// What is projected, B × the encoder's width.
  func features(_ sentences: EncodedSentences) -> Tensor {
    switch (sentences, encoder) {
    case (.tokens(let ids, let mask), let encoder?): encoder(ids, mask: mask).meanOverTokens(mask)
    case (.embeddings(let vectors), nil): vectors * 4
    default: preconditionFailure("sentences are not encoded for this text encoder")
    }
  }
}

/// Sentences as a text encoder takes them.
public enum EncodedSentences {
  /// Ids and mask, B × T each; the mask is 1 at tokens.
  case tokens(ids: Tensor, mask: Tensor)
  /// Sentence embeddings, B × miniLMWidth.
  case embeddings(Tensor)
}
