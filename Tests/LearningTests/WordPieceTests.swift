import Foundation
import RehearsalCore
import Testing

@testable import Learning

@Suite("WordPiece") struct WordPieceTests {
  /// A piece's place is its id.
  private static let toy =
    ("[PAD] [UNK] [CLS] [SEP] [MASK] go to the red cube ##s un ##aff ##able pick ##ing up , . ! ' s don t "
    + "cafe "
    + "\u{4E2D} \u{6587} - left turn a ##b 1 ##2 \u{DF} ##ss ss hello [ ] mask i").split(separator: " ").map(
      String.init)

  private let tokenizer: WordPieceTokenizer

  init() throws { tokenizer = WordPieceTokenizer(vocabulary: try WordPieceVocabulary(tokens: Self.toy)) }

  @Test(
    "texts get the ids that Hugging Face's tokenizer gives them",
    arguments: [
      ("Go to the RED cube.", [2, 5, 6, 7, 8, 9, 18, 3]),
      ("Picking up, unaffable!", [2, 14, 15, 16, 17, 11, 12, 13, 19, 3]), ("don't", [2, 22, 20, 23, 3]),
      ("Caf\u{E9}", [2, 24, 3]), ("Cafe\u{301}", [2, 24, 3]), ("\u{4E2D}\u{6587}go", [2, 25, 26, 5, 3]),
      ("xyzzy go", [2, 1, 5, 3]), ("  go\tto\nthe\u{A0}red ", [2, 5, 6, 7, 8, 3]),
      ("re-d turn-left", [2, 1, 27, 1, 29, 27, 28, 3]), (String(repeating: "a", count: 101) + " go", [2, 1, 5, 3]),
      ("[MASK] go", [2, 4, 5, 3]), ("go[SEP]to [mask]", [2, 5, 3, 6, 38, 40, 39, 3]), ("ab a12", [2, 30, 31, 1, 3]),
      ("go\u{2026}", [2, 5, 1, 3]), ("\u{130}", [2, 41, 3]), ("\u{FF27}\u{FF4F}", [2, 1, 3]),
      ("g\u{200B}o\u{0}", [2, 5, 3]), ("", [2, 3]), (" \n", [2, 3]), ("cubes", [2, 9, 10, 3]),
    ])
  func vectors(_ text: String, ids: [Int]) {
    let encoded = tokenizer.encode(text, maxLength: 512)
    #expect(encoded.ids == ids)
    #expect(encoded.typeIDs == ids.map { _ in 0 } && encoded.mask == ids.map { _ in 1 } && encoded.droppedPieces == 0)
  }

  @Test("a text is cut to the longest length, its end mark kept, and filled up to the padded length")
  func truncation() {
    let encoded = tokenizer.encode("go to the red cube", maxLength: 5, paddedLength: 6)
    #expect(encoded.ids == [2, 5, 6, 7, 3, 0])
    #expect(encoded.mask == [1, 1, 1, 1, 1, 0])
    #expect(encoded.typeIDs == [0, 0, 0, 0, 0, 0])
    #expect(encoded.droppedPieces == 2)
    #expect(tokenizer.encode("go to", maxLength: 2).ids == [2, 3])
  }

  @Test("of a pair, the second text has type 1")
  func pair() {
    let encoded = tokenizer.encode("go to", "the red", maxLength: 512, paddedLength: 8)
    #expect(encoded.ids == [2, 5, 6, 3, 7, 8, 3, 0])
    #expect(encoded.typeIDs == [0, 0, 0, 0, 1, 1, 1, 0])
    #expect(encoded.mask == [1, 1, 1, 1, 1, 1, 1, 0])
  }

  @Test(
    "of a pair, the longer text is cut first",
    arguments: [
      ("go to the red cube", "go", 7, [2, 5, 6, 7, 3, 5, 3]), ("go", "go to the red cube", 6, [2, 5, 3, 5, 6, 3]),
      ("go to the", "go to the", 8, [2, 5, 6, 3, 5, 6, 7, 3]),
      ("go to the red", "go to the", 8, [2, 5, 6, 7, 3, 5, 6, 3]),
    ])
  func pairTruncation(_ first: String, _ second: String, maxLength: Int, ids: [Int]) {
    let encoded = tokenizer.encode(first, second, maxLength: maxLength)
    #expect(encoded.ids == ids)
    #expect(encoded.droppedPieces == tokenizer.encode(first, second, maxLength: 99).ids.count - ids.count)
  }

  /// Made by `reference/wordpiece.py`.
  private struct Reference: Decodable {
    var vocabulary: [String]
    var texts: [String]
    var ids: [String]
  }

  @Test("2000 random texts in many scripts get the ids of Hugging Face's tokenizer")
  func reference() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference/wordpiece.json")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    let tokenizer = WordPieceTokenizer(vocabulary: try WordPieceVocabulary(tokens: reference.vocabulary))
    #expect(reference.texts.count == 2000 && reference.ids.count == 2000)
    for (text, ids) in zip(reference.texts, reference.ids) {
      let encoded = tokenizer.encode(text, maxLength: 512).ids.dropFirst().dropLast()
      #expect(encoded.map(String.init).joined(separator: " ") == ids, "\(text.unicodeScalars.map { $0.value })")
    }
  }
}
