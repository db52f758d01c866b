internal import RehearsalCore

/// What an instruction says about the thing it means: a colour and, maybe, a shape.
struct TargetWords: Hashable {
  enum Silhouette: Hashable { case box, cylinder, ball, cone }

  var color: NamedColor?
  var silhouette: Silhouette?

  private static let silhouettes: [String: Silhouette] = [
    "box": .box, "cube": .box, "block": .box, "crate": .box, "cylinder": .cylinder, "can": .cylinder, "tube": .cylinder,
    "pillar": .cylinder, "ball": .ball, "sphere": .ball, "cone": .cone, "pylon": .cone,
  ]

  /// Reads the last colour and the last shape of `instruction`; case and punctuation do not matter.
  init(_ instruction: String) {
    for word in instruction.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init) {
      if let named = NamedColor(rawValue: word == "grey" ? "gray" : word) { color = named }
      if let known = Self.silhouettes[word] { silhouette = known }
    }
  }
}
