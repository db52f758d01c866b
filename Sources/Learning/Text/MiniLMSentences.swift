internal import Foundation
internal import RehearsalCore

/// Sentence embeddings of all-MiniLM-L6-v2, pretrained and frozen: mean of the last states, unit length.
///
/// Fetched by `make minilm` into `Assets/models/minilm`, found there from the working directory or by the environment
/// variable `REHEARSAL_MINILM`.
public final class MiniLMSentences: SentenceEncoder {
  /// What sentence-transformers gives the model, [CLS] and [SEP] included.
  private static let maxLength = 128
  /// XXH64 of the pieces it was trained with, one a line: with others of the same number it would read nonsense.
  private static let piecesDigest: UInt64 = 0x22b3_a8f3_612f_5589

  private let tokenizer: WordPieceTokenizer
  private let encoder: BERTEncoder

  /// Throws if the model is not there or not whole.
  public convenience init() throws {
    try self.init(folder: ProcessInfo.processInfo.environment["REHEARSAL_MINILM"] ?? "Assets/models/minilm")
  }

  init(folder: String) throws {
    let weights = folder + "/model.safetensors"
    guard FileManager.default.fileExists(atPath: weights) else {
      throw RehearsalError(
        .unreadable, "the pretrained text encoder is not at \(weights)",
        remedy: "run `make minilm` in Rehearsal's folder, or set REHEARSAL_MINILM to where it is")
    }
    tokenizer = try WordPieceTokenizer(path: folder + "/vocab.txt")
    var digest = XXHash64()
    digest.update(Array(tokenizer.vocabulary.tokens.joined(separator: "\n").utf8))
    guard digest.digest == Self.piecesDigest else {
      throw RehearsalError(
        .mismatch, "\(folder)/vocab.txt holds other word pieces than all-MiniLM-L6-v2 was trained with",
        remedy: "put all-MiniLM-L6-v2's own there; `make minilm` fetches it to where it is looked for without"
          + " REHEARSAL_MINILM")
    }
    let store = ParameterStore(try SafetensorsFile(path: weights))
    encoder = BERTEncoder(ParameterScope(store, isTrained: false), .miniLM)
    try store.finish { $0.hasPrefix("pooler.") || $0 == "embeddings.position_ids" }
  }

  public func row(_ instruction: String) throws -> [Float] {
    let text = tokenizer.encode(instruction, maxLength: Self.maxLength)
    guard text.droppedPieces == 0 else { throw WordPieceSentences.overlong(instruction, Self.maxLength) }
    return Tensor.withoutGradients {
      let mask = Tensor(text.mask.map(Float.init), shape: [1, text.mask.count])
      let states = encoder(Tensor(indices: text.ids, shape: [1, text.ids.count]), mask: mask)
      let mean = states.meanOverTokens(mask).values
      let length = mean.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return mean.map { $0 / max(length, 1e-9) }
    }
  }

  public func sentences(_ rows: [[Float]]) -> EncodedSentences {
    .embeddings(Tensor(rows.flatMap { $0 }, shape: [rows.count, TextEncoder.miniLMWidth]))
  }
}
