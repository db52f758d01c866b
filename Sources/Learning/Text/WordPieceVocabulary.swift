internal import RehearsalCore

/// The pieces that a WordPiece tokenizer knows; a piece's place is its id.
///
/// Pieces are told apart by their bytes: two spellings that Swift's `String` takes for equal are two pieces.
public struct WordPieceVocabulary: Hashable, Sendable {
  public static let padding = "[PAD]"
  public static let unknown = "[UNK]"
  public static let start = "[CLS]"
  public static let separator = "[SEP]"
  public static let mask = "[MASK]"
  /// Before a piece that continues a word.
  static let continuation = "##"

  public let tokens: [String]
  public let paddingID: Int
  public let unknownID: Int
  public let startID: Int
  public let separatorID: Int
  private let ids: [[UInt8]: Int]

  /// Throws unless the tokens are distinct, none is empty, and `[PAD]`, `[UNK]`, `[CLS]` and `[SEP]` are among them.
  public init(tokens: [String]) throws { try self.init(tokens: tokens, source: "the vocabulary") }

  /// `source` is where the tokens are from, for errors.
  init(tokens: [String], source: String) throws {
    var ids: [[UInt8]: Int] = [:]
    for (id, token) in tokens.enumerated() {
      if token.isEmpty { throw Self.unsound(source, "token \(id) is empty") }
      if let first = ids.updateValue(id, forKey: Array(token.utf8)) {
        throw Self.unsound(source, "\"\(token)\" is both token \(first) and token \(id)")
      }
    }
    func special(_ name: String) throws -> Int {
      if let id = ids[Array(name.utf8)] { return id }
      throw Self.unsound(source, "it has no \(name)")
    }
    paddingID = try special(Self.padding)
    unknownID = try special(Self.unknown)
    startID = try special(Self.start)
    separatorID = try special(Self.separator)
    self.tokens = tokens
    self.ids = ids
  }

  public var count: Int { tokens.count }

  /// The id of a piece; nil if it is not in the vocabulary.
  public func id(of token: String) -> Int? { ids[Array(token.utf8)] }

  func id(of bytes: [UInt8]) -> Int? { ids[bytes] }

  /// The special tokens that are in the vocabulary; written in a text, they stand for themselves.
  var specialTokens: [(text: String, id: Int)] {
    [Self.padding, Self.unknown, Self.start, Self.separator, Self.mask].compactMap { text in
      id(of: text).map { (text, $0) }
    }
  }

  static func unsound(_ source: String, _ what: String) -> RehearsalError {
    RehearsalError(
      .malformed, "\(source) is not a WordPiece vocabulary: \(what)",
      remedy: "use the vocab.txt or tokenizer.json that belongs to the checkpoint")
  }
}
