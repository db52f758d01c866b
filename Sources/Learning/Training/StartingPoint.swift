internal import RehearsalCore

/// A trained policy whose weights a new training begins with, as far as they fit.
struct StartingPoint {
  private let checkpoint: PolicyCheckpoint
  private static let remedy = "start from a policy that was trained for this experiment, or leave startFrom out"

  /// Throws if the file is no policy, or if robot, action space, rate or cameras are not those of `interface`.
  init(path: String, for interface: PolicyInterface) throws {
    checkpoint = try PolicyCheckpoint(path: path)
    let given = checkpoint.description.interface
    let difference =
      given.robot == interface.robot
      ? given.difference(from: interface) : "robot \(given.robot) instead of \(interface.robot)"
    guard let difference else { return }
    throw RehearsalError(
      .mismatch, "\(path) was trained for something else than this experiment: \(difference)", remedy: Self.remedy)
  }

  var normalization: Normalization { checkpoint.description.normalization }

  /// Fills the `parameters` of `network` that the checkpoint has by the same name and shape. Throws if it has none.
  ///
  /// A text encoder that knows another `vocabulary` is none of them: its words have other numbers. Where pretrained
  /// embeddings take its place, their projection learns from it what it made of the `sentences`.
  func fill(
    _ network: SmallPolicy, _ parameters: [NamedTensor], vocabulary: [String], sentences: SentenceTable
  ) throws -> Inheritance {
    let file = checkpoint.file
    let imitates = network.configuration.text == .miniLM && checkpoint.description.configuration.text != .miniLM
    let knowsWords = checkpoint.description.vocabulary == vocabulary
    let names = parameters.map(\.name)
    let fitted = imitates ? names.filter { $0.hasPrefix("text.") && !$0.hasPrefix("text.norm.") } : []
    let fitting = parameters.filter {
      file.shape(of: $0.name) == $0.tensor.shape && (knowsWords || !$0.name.hasPrefix("text.encoder."))
        && !fitted.contains($0.name)
    }
    guard !fitting.isEmpty else {
      throw RehearsalError(
        .mismatch, "nothing in \(file.path) fits the model: no tensor has the same name and shape", remedy: Self.remedy)
    }
    for target in fitting { target.tensor.replace(with: try file.floats(target.name)) }
    if imitates { try teach(network.text, sentences) }
    return Inheritance(
      source: file.path, taken: fitting.map(\.name), fitted: fitted, of: names)
  }

  private func teach(_ student: TextEncoder, _ sentences: SentenceTable) throws {
    let reader = try checkpoint.sentenceEncoder()
    let (instructions, heard) = sentences.all
    let read = reader.sentences(try instructions.map(reader.row))
    student.imitate(
      try checkpoint.network().text, reading: read, hearing: heard, counts: sentences.counts,
      meanings: sentences.meanings)
  }
}
