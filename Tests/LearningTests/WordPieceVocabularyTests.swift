import RehearsalCore
import Testing

@testable import Learning

@Suite("WordPiece vocabularies") struct WordPieceVocabularyTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("a vocab.txt counts its lines from 0, with or without a last line end or carriage returns")
  func lines() throws {
    for text in ["[PAD]\n[UNK]\n[CLS]\n[SEP]\ngo\n", "[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\ngo"] {
      let tokenizer = try WordPieceTokenizer(path: directory.file("vocab.txt", text))
      #expect(tokenizer.vocabulary.tokens == ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "go"])
      #expect(tokenizer.encode("Go home", maxLength: 9).ids == [2, 4, 1, 3])
    }
  }

  @Test("a tokenizer.json gives vocabulary and normalization")
  func json() throws {
    let text = #"""
      {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
        "strip_accents": null, "lowercase": false},
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 3,
        "vocab": {"go": 5, "[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "Go": 4, "\u00e9": 6, "goes": 7}}}
      """#
    let tokenizer = try WordPieceTokenizer(path: directory.file("tokenizer.json", text))
    #expect(tokenizer.encode("Go go \u{E9} e goes", maxLength: 9).ids == [2, 4, 5, 6, 1, 1, 3])
  }

  @Test("pieces that Swift's strings take for equal are different pieces")
  func bytes() throws {
    let vocabulary = try WordPieceVocabulary(tokens: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "\u{E9}", "e\u{301}"])
    #expect(vocabulary.id(of: "\u{E9}") == 4 && vocabulary.id(of: "e\u{301}") == 5)
  }

  @Test(
    "a vocabulary that is not sound is an error that says why",
    arguments: [
      ("vocab.txt", "[PAD]\n[UNK]\n[CLS]\ngo\n", "it has no [SEP]"),
      ("vocab.txt", "", "it has no [PAD]"), ("vocab.txt", "[PAD]\n\n[UNK]\n", "token 1 is empty"),
      ("vocab.txt", "[PAD]\ngo\n[UNK]\n[CLS]\n[SEP]\ngo\n", "\"go\" is both token 1 and token 5"),
      ("tokenizer.json", "{", "line 1, column 2"),
      ("tokenizer.json", #"{"model":{"type":"BPE","vocab":{},"merges":[]}}"#, "its model is BPE, not WordPiece"),
      ("tokenizer.json", "[]", "its model is missing"),
      ("tokenizer.json", #"{"model":{"type":"WordPiece"}}"#, "no model.vocab"),
      ("tokenizer.json", #"{"model":{"type":"WordPiece","vocab":{"a":1}}}"#, "the id of \"a\" is not one of 0 to 0"),
      ("tokenizer.json", #"{"model":{"type":"WordPiece","vocab":{"a":0,"b":0}}}"#, "share the id 0"),
      (
        "tokenizer.json",
        #"{"model":{"type":"WordPiece","vocab":{"[PAD]":0,"[UNK]":1,"[CLS]":2,"[SEP]":3}},"normalizer":{"type":"NFC"}}"#,
        "its normalizer is NFC"
      ),
    ])
  func unsound(_ name: String, _ text: String, message: String) throws {
    let path = try directory.file(name, text)
    let error = try #require(throws: RehearsalError.self) { try WordPieceTokenizer(path: path) }
    #expect(error.code == .malformed && error.message.contains(message) && error.message.contains(path))
  }

  @Test("bytes that are no text are an error with the line")
  func notText() throws {
    let path = try directory.file("vocab.txt", Array("[PAD]\n".utf8) + [0xFF, 0x0A])
    let error = try #require(throws: RehearsalError.self) { try WordPieceTokenizer(path: path) }
    #expect(error.message.contains("line 2 is not UTF-8"))
  }

  @Test("a built vocabulary has every word once, whatever the order of the sentences")
  func building() throws {
    let vocabulary = WordPieceVocabulary.build(from: ["Go to the red cube.", "turn left", "a"])
    #expect(vocabulary == .build(from: ["a", "turn left", "Go to the red cube.", "TURN left"]))
    #expect(
      vocabulary.tokens.prefix(14).joined(separator: " ")
        == "[PAD] [UNK] [CLS] [SEP] [MASK] . a cube go left red the to turn")
    #expect(vocabulary.count == 14 + 25 + 10 + 36)
  }

  @Test("with a built vocabulary, words of the sentences are one piece, and others are spelled")
  func spelling() throws {
    let vocabulary = WordPieceVocabulary.build(from: ["go to the cube"])
    let tokenizer = WordPieceTokenizer(vocabulary: vocabulary)
    let pieces = tokenizer.encode("go the gos R2d2", maxLength: 64).ids.map { vocabulary.tokens[$0] }
    #expect(pieces.joined(separator: " ") == "[CLS] go the go ##s r ##2 ##d ##2 [SEP]")
  }

  @Test("pretrained embeddings are not given other pieces than they were trained with, though as many")
  func pretrained() throws {
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] + (4..<30522).map { "piece\($0)" }
    _ = try directory.file("vocab.txt", pieces.joined(separator: "\n"))
    _ = try directory.file("model.safetensors", "")
    let error = try #require(throws: RehearsalError.self) { try MiniLMSentences(folder: directory.path) }
    #expect(error.message.contains("vocab.txt holds other word pieces"))
    #expect(error.remedy.contains("make minilm"))
  }
}
