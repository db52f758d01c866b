public import RehearsalCore

/// Finds the command that a plain sentence gives, by the commands' own phrasings.
public struct CommandLibrary: Sendable {
  public struct Match: Hashable, Sendable {
    /// Index into the commands.
    public var command: Int
    /// The colour and shape that the sentence names, by slot.
    public var labels: [String: ObjectLabel]
  }

  public let commands: [CommandModel]

  public init(commands: [CommandModel]) { self.commands = commands }

  /// The command whose phrasing `sentence` is, whatever its case and punctuation; nil if it is none's.
  ///
  /// Where several commands say the same, the first is meant.
  public func match(_ sentence: String) -> Match? {
    let words = plainWords(sentence)
    for (index, command) in commands.enumerated() {
      for phrasing in command.phrasings {
        if let labels = PhrasingTemplate(phrasing.text).match(words, slots: command.slots) {
          return Match(command: index, labels: labels)
        }
      }
    }
    return nil
  }

  /// The phrasing nearest to `sentence` in letters, or nil if there are no commands.
  public func nearestPhrasing(to sentence: String) -> String? {
    let said = plainWords(sentence).joined(separator: " ")
    return commands.flatMap(\.phrasings).map(\.text).min {
      editDistance($0.lowercased(), said) < editDistance($1.lowercased(), said)
    }
  }
}
