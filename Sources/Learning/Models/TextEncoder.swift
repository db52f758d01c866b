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
  private static let landmarkCount = 2048

  private let encoder: BERTEncoder?
  /// Embeddings that others are compared with.
  private let landmarks: Tensor?
  let project: Linear
  let norm: LayerNorm
  private let recollection: Recollection?

  init(_ scope: ParameterScope, _ configuration: TextConfiguration, outputWidth: Int) {
    switch configuration {
    case .scratch(let size):
      let shape = BERTEncoder.Configuration(
        vocabularySize: size, width: 96, layers: 2, heads: 4, feedForwardWidth: 192, positions: 64)
      encoder = BERTEncoder(scope["encoder"], shape)
      landmarks = nil
      recollection = nil
      project = Linear(scope["project"], shape.width, outputWidth)
    case .miniLM:
      encoder = nil
      landmarks = scope.parameter("landmarks", [Self.landmarkCount, Self.miniLMWidth], .normal(0.05))
      project = Linear(scope["project"], Self.landmarkCount, outputWidth)
      recollection = Recollection(scope["recollection"], count: Self.landmarkCount, width: outputWidth)
    }
    norm = LayerNorm(scope["norm"], outputWidth)
  }

  /// Sentences, one a row: B × outputWidth.
  public func callAsFunction(_ sentences: EncodedSentences) -> Tensor {
    let understood = norm(project(features(sentences)))
    return recollection?(understood) ?? understood
  }

  /// What is projected: B × the encoder's width, or how like the landmarks the embeddings are, B × landmarks.
  func features(_ sentences: EncodedSentences) -> Tensor {
    switch (sentences, encoder, landmarks) {
    case (.tokens(let ids, let mask), let encoder?, _): encoder(ids, mask: mask).meanOverTokens(mask)
    // Of unit vectors, exp(−|a − b|²).
    case (.embeddings(let vectors), _, let landmarks?): ((vectors.linear(landmarks, nil) + -1) * 2).exp()
    default: preconditionFailure("sentences are not encoded for this text encoder")
    }
  }

  /// Takes some of the `sentences`, evenly spread, for the landmarks of the kernel (Williams and Seeger, 2001: the
  /// Nyström method). Does nothing for an encoder that has none.
  func chooseLandmarks(among sentences: EncodedSentences) {
    guard let landmarks, case .embeddings(let vectors) = sentences else { return }
    landmarks.replace(with: Self.spread(vectors).values)
  }

  /// Answers from here on with what is nearest among the `meanings`, one for each of the sentences, of those that
  /// `chooseLandmarks` takes. Does nothing for an encoder that has no landmarks.
  func recall(_ meanings: Tensor) { recollection?.learn(Self.spread(meanings)) }

  /// As many rows as there are landmarks, evenly spread over those of a matrix.
  private static func spread(_ matrix: Tensor) -> Tensor {
    let rows = (0..<landmarkCount).map { $0 * matrix.shape[0] / landmarkCount }
    return matrix.rows(Tensor(indices: rows, shape: [landmarkCount]))
  }
}

/// Sentences as a text encoder takes them.
public enum EncodedSentences {
  /// Ids and mask, B × T each; the mask is 1 at tokens.
  case tokens(ids: Tensor, mask: Tensor)
  /// Sentence embeddings, B × miniLMWidth.
  case embeddings(Tensor)
}
