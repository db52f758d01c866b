internal import RehearsalCore

/// Every instruction that occurs, encoded once.
public struct SentenceTable {
  /// Row by instruction.
  private(set) var rows: [String: Int] = [:]
  private let encoder: any SentenceEncoder
  private var encoded: [[Float]] = []
  /// How often each was added, by row.
  private(set) var counts: [Int] = []
  /// What each means, by row.
  private(set) var meanings: [String] = []

  public init(_ encoder: any SentenceEncoder) { self.encoder = encoder }

  /// Of an instruction that means different things the first counts.
  public mutating func add(_ instruction: String, meaning: String) throws {
    if let row = rows[instruction] {
      counts[row] += 1
      return
    }
    encoded.append(try encoder.row(instruction))
    counts.append(1)
    meanings.append(meaning)
    rows[instruction] = encoded.count - 1
  }

  /// All of them in the order of their rows, and as they are encoded.
  var all: (instructions: [String], encoded: EncodedSentences) {
    (rows.sorted { $0.value < $1.value }.map(\.key), encoder.sentences(encoded))
  }

  /// The different sentences among `indices`, and for each of `indices` its row among them.
  func encoded(_ indices: [Int]) -> (EncodedSentences, Tensor) {
    var place: [Int: Int] = [:]
    var unique: [Int] = []
    let rows = indices.map { index in
      if let found = place[index] { return found }
      unique.append(index)
      place[index] = unique.count - 1
      return unique.count - 1
    }
    return (encoder.sentences(unique.map { encoded[$0] }), Tensor(indices: rows, shape: [rows.count]))
  }
}

/// Turns an instruction into numbers, and those into what a `TextEncoder` takes.
public protocol SentenceEncoder {
  /// Throws if the instruction is too long.
  func row(_ instruction: String) throws -> [Float]
  func sentences(_ rows: [[Float]]) -> EncodedSentences
}

/// Word pieces, for a text encoder that is part of the policy.
public struct WordPieceSentences: SentenceEncoder {
  /// The most pieces of an instruction, [CLS] and [SEP] included: as many as the text encoder has positions. Words that
  /// it never met fall into letters.
  public static let maxLength = 64

  private let tokenizer: WordPieceTokenizer

  public init(vocabulary: WordPieceVocabulary) { tokenizer = WordPieceTokenizer(vocabulary: vocabulary) }

  public func row(_ instruction: String) throws -> [Float] {
    let text = tokenizer.encode(instruction, maxLength: Self.maxLength, paddedLength: Self.maxLength)
    guard text.droppedPieces == 0 else { throw Self.overlong(instruction, Self.maxLength) }
    return text.ids.map(Float.init) + text.mask.map(Float.init)
  }

  static func overlong(_ instruction: String, _ pieces: Int) -> RehearsalError {
    RehearsalError(
      .mismatch, "the instruction \"\(instruction.prefix(60))…\" has more than \(pieces - 2) word pieces",
      remedy: "say it more briefly")
  }

  public func sentences(_ rows: [[Float]]) -> EncodedSentences {
    let length = Self.maxLength
    // No longer than the longest sentence needs.
    let needed = rows.map { $0[length...].reduce(0) { $0 + Int($1) } }.max() ?? 2
    let ids = rows.flatMap { $0[..<needed].map { Int($0) } }
    let mask = rows.flatMap { Array($0[length..<(length + needed)]) }
    return .tokens(
      ids: Tensor(indices: ids, shape: [rows.count, needed]), mask: Tensor(mask, shape: [rows.count, needed]))
  }
}
