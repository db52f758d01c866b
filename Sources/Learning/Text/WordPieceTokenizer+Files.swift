internal import RehearsalCore

extension WordPieceTokenizer {
  /// Reads a `tokenizer.json` of Hugging Face, or the `vocab.txt` of an uncased model.
  public init(path: String) throws {
    guard path.hasSuffix(".json") else {
      self.init(vocabulary: try .lines(ofFile: path))
      return
    }
    let json = try WordPieceVocabulary.json(ofFile: path)
    let vocabulary = try WordPieceVocabulary.model(json, of: path)
    for (key, expected) in [
      ("unk_token", WordPieceVocabulary.unknown), ("continuing_subword_prefix", WordPieceVocabulary.continuation),
    ] {
      let value = json["model"]?[key]?.asText ?? expected
      guard value == expected else { throw WordPieceVocabulary.unsound(path, "its \(key) is \(value)") }
    }
    self.init(
      vocabulary: vocabulary, splitter: try Self.splitter(json["normalizer"], of: path),
      longestWord: json["model"]?["max_input_chars_per_word"]?.asInt ?? 100)
  }

  private static func splitter(_ normalizer: JSON?, of path: String) throws -> WordSplitter {
    let kind = normalizer?["type"]?.asText
    guard let normalizer, kind == "BertNormalizer" else {
      throw WordPieceVocabulary.unsound(path, "its normalizer is \(kind ?? "missing"), not a BertNormalizer")
    }
    let lowercases = normalizer["lowercase"]?.asBool ?? true
    return WordSplitter(
      cleansText: normalizer["clean_text"]?.asBool ?? true,
      isolatesChinese: normalizer["handle_chinese_chars"]?.asBool ?? true,
      stripsAccents: normalizer["strip_accents"]?.asBool ?? lowercases, lowercases: lowercases)
  }
}
