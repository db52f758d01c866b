internal import RehearsalCore

/// Which commands an experiment gives, as written: names and sentences not yet looked up.
enum ScheduleDraft {
  /// Nil: all commands.
  case single([YAMLReader]?)
  case sequence([Sentence])
  case chain([YAMLReader]?, length: Int, place: YAMLReader)

  struct Sentence {
    var text: String
    var steps: Int
    var place: YAMLReader
  }

  /// `{single: all}`, `{single: [names]}`, `{sequence: {steps:, sentences:}}` or `{chain: {commands:, length:}}`.
  init?(_ reader: YAMLReader) {
    let read = reader.mapping { map -> ScheduleDraft? in
      let (single, sequence, chain) = (map.child("single"), map.child("sequence"), map.child("chain"))
      guard [single, sequence, chain].compactMap({ $0 }).count == 1 else {
        reader.error("expected exactly one of single, sequence, chain")
        return nil
      }
      if let single { return .single(Self.names(single)) }
      if let sequence { return sequence.mapping(Self.sequence) }
      return chain?.mapping { map in
        .chain(map.child("commands").flatMap(Self.names), length: map.integer("length", 1...100), place: map.reader)
      }
    }
    guard let read = read ?? nil else { return nil }
    self = read
  }

  private static func names(_ reader: YAMLReader) -> [YAMLReader]? {
    if reader.node.string == "all" { return nil }
    let elements = reader.elements
    if reader.isSequence, elements.isEmpty { reader.error("needs at least one command") }
    return elements
  }

  private static func sequence(_ map: YAMLMapping) -> ScheduleDraft {
    let steps = map.integer("steps", 1...1_000_000, default: 100)
    let sentences = map.list("sentences").compactMap { place -> Sentence? in
      if !place.isMapping { return place.text.map { Sentence(text: $0, steps: steps, place: place) } }
      return place.mapping { one in
        Sentence(
          text: one.string("say"), steps: one.integer("steps", 1...1_000_000, default: steps),
          place: one.child("say") ?? place)
      }
    }
    if sentences.isEmpty { map.error("sentences", "needs at least one sentence") }
    return .sequence(sentences)
  }
}
