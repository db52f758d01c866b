internal import RehearsalCore

extension WordPieceVocabulary {
  /// Reads a `vocab.txt`: one token a line, whose number, from 0, is its id.
  static func lines(ofFile path: String) throws -> WordPieceVocabulary {
    var lines = try contents(path).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    let tokens = try lines.enumerated().map { number, line in
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let token = String(validating: line, as: UTF8.self) else {
        throw unsound(path, "line \(number + 1) is not UTF-8")
      }
      return token
    }
    return try WordPieceVocabulary(tokens: tokens, source: path)
  }

  /// The vocabulary of a parsed `tokenizer.json`: `model.vocab`, whose ids must be 0, 1, 2 and so on.
  static func model(_ tokenizer: JSON, of path: String) throws -> WordPieceVocabulary {
    let kind = tokenizer["model"]?["type"]?.asText
    guard kind == "WordPiece" else { throw unsound(path, "its model is \(kind ?? "missing"), not WordPiece") }
    guard let members = tokenizer["model"]?["vocab"]?.asObject else { throw unsound(path, "it has no model.vocab") }
    var tokens = [String?](repeating: nil, count: members.count)
    for member in members {
      guard let id = member.value.asInt, tokens.indices.contains(id) else {
        throw unsound(path, "the id of \"\(member.name)\" is not one of 0 to \(members.count - 1)")
      }
      if let other = tokens[id] { throw unsound(path, "\"\(other)\" and \"\(member.name)\" share the id \(id)") }
      tokens[id] = member.name
    }
    return try WordPieceVocabulary(tokens: tokens.compactMap(\.self), source: path)
  }

  static func json(ofFile path: String) throws -> JSON {
    do {
      return try JSON(parsing: contents(path))
    } catch let error as JSON.ParsingError {
      throw unsound(path, "line \(error.line), column \(error.column): \(error.message)")
    }
  }

  private static func contents(_ path: String) throws -> [UInt8] {
    let file = try InputFile(path)
    guard file.size <= 64 << 20 else { throw unsound(path, "\(file.size) bytes are too many") }
    return try file.bytes(0..<file.size)
  }
}
