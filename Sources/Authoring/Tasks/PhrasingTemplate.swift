internal import RehearsalCore

/// A phrasing cut into words, to be compared with what people write.
struct PhrasingTemplate {
  enum Word: Hashable {
    case literal(String)
    case color(slot: String)
    case shape(slot: String)
  }

  var words: [Word]

  init(_ text: String) {
    words = text.split(whereSeparator: \.isWhitespace).compactMap { token in
      if let brace = token.firstIndex(of: "{"), let hole = Self.hole(token[brace...].dropFirst()) { return hole }
      let plain = plainWord(token)
      return plain.isEmpty ? nil : .literal(plain)
    }
  }

  /// What `slot.color}` or `slot.shape}`, behind an opening brace, stands for. By hand: a regular expression is compiled at
  /// each use, and with thousands of phrasings that took seconds.
  private static func hole(_ text: Substring) -> Word? {
    guard let end = text.firstIndex(of: "}") else { return nil }
    let parts = text[..<end].split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
    else { return nil }
    switch parts[1] {
    case "color": return .color(slot: String(parts[0]))
    case "shape": return .shape(slot: String(parts[0]))
    default: return nil
    }
  }

  /// What is wrong with `text` as a phrasing of a command with `slots`.
  static func problems(of text: String, slots: [CommandSlot]) -> [String] {
    let template = PhrasingTemplate(text)
    if template.words.isEmpty { return ["must not be empty"] }
    var problems: [String] = []
    for hole in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() where Self.hole(hole) == nil {
      let shown = hole.firstIndex(of: "}").map { hole[...$0] } ?? hole
      problems.append("{\(shown) is not {slot.color} or {slot.shape}")
    }
    for word in template.words {
      guard case .color(let name) = word else {
        if case .shape(let name) = word, !slots.contains(where: { $0.name == name }) {
          problems.append("the command has no slot \"\(name)\"")
        }
        continue
      }
      if !slots.contains(where: { $0.name == name }) { problems.append("the command has no slot \"\(name)\"") }
    }
    for slot in slots where slot.shapes.count > 1 {
      let names = [Word.color(slot: slot.name), .shape(slot: slot.name)].map(template.words.contains)
      if names != [true, true] { problems.append("must name {\(slot.name).color} and {\(slot.name).shape}") }
    }
    return problems
  }

  /// The colour and shape by slot that `sentence` names, or nil if it does not say this. `sentence` is in plain words.
  func match(_ sentence: [String], slots: [CommandSlot]) -> [String: ObjectLabel]? {
    guard sentence.count == words.count else { return nil }
    var colors: [String: String] = [:]
    var shapes: [String: String] = [:]
    for (word, said) in zip(words, sentence) {
      switch word {
      case .literal(let literal): if literal != said { return nil }
      case .color(let slot):
        guard NamedColor(rawValue: said) != nil, colors[slot, default: said] == said else { return nil }
        colors[slot] = said
      case .shape(let slot):
        guard slots.contains(where: { $0.name == slot && $0.shapes.contains(said) }),
          shapes[slot, default: said] == said
        else { return nil }
        shapes[slot] = said
      }
    }
    var labels: [String: ObjectLabel] = [:]
    for slot in slots {
      guard let color = colors[slot.name] else { continue }
      labels[slot.name] = ObjectLabel(color: color, shape: shapes[slot.name] ?? slot.shapes[0])
    }
    return labels
  }
}

/// A sentence in lower case without punctuation, word by word.
func plainWords(_ sentence: String) -> [String] {
  sentence.split(whereSeparator: \.isWhitespace).map(plainWord).filter { !$0.isEmpty }
}

private func plainWord(_ token: some StringProtocol) -> String {
  String(token.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" })
}
