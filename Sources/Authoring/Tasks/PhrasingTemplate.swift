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
      if let hole = token.firstMatch(of: /\{(\w+)\.(color|shape)\}/) {
        return hole.2 == "color" ? .color(slot: String(hole.1)) : .shape(slot: String(hole.1))
      }
      let plain = plainWord(token)
      return plain.isEmpty ? nil : .literal(plain)
    }
  }

  /// What is wrong with `text` as a phrasing of a command with `slots`.
  static func problems(of text: String, slots: [CommandSlot]) -> [String] {
    let template = PhrasingTemplate(text)
    if template.words.isEmpty { return ["must not be empty"] }
    var problems: [String] = []
    for hole in text.matches(of: /\{([^}]*)\}/) where hole.1.wholeMatch(of: /\w+\.(color|shape)/) == nil {
      problems.append("{\(hole.1)} is not {slot.color} or {slot.shape}")
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
