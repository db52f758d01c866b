internal import Foundation
public import RehearsalCore

/// The full-size network in the loop: the first camera's picture and the words in, one action out.
public final class FullNetworkPolicy: Policy {
  /// Of a full-size policy's folder.
  public static let files = ["vision.safetensors", "language.safetensors", "head.safetensors", "vocab.txt"]
  private static let threads = 2

  private let source: Source
  private var network: (frozen: FrozenFullPolicy, actionCount: Int)?
  private var heard: (words: String, instruction: FullPolicy.Instruction)?

  private enum Source {
    /// What it does makes no sense: it serves to measure how fast the loop is.
    case random
    case files(WordPieceTokenizer)
  }

  /// With random weights.
  public init() { source = .random }

  /// With the weights of a folder: `vision.safetensors` (torchvision's ResNet-50), `language.safetensors` and
  /// `vocab.txt` (Hugging Face's BERT-base, uncased), `head.safetensors` (projection, cross-attention, decoder).
  ///
  /// Throws where one of them is missing, or holds other tensors or words than the network has.
  public convenience init(folder: String) throws { try self.init(folder: folder, vision: .resNet50, language: .base) }

  init(folder: String, vision: ResNet.Configuration, language: BERTEncoder.Configuration) throws {
    for path in Self.files.map({ folder + "/" + $0 }) where !FileManager.default.fileExists(atPath: path) {
      throw RehearsalError(
        .unreadable, "there is no \(path)",
        remedy:
          "a trained policy is a file, such as vla:\(folder)/policy.safetensors; the folder of a full-size one holds "
          + Self.files.joined(separator: ", "))
    }
    let tokenizer = try WordPieceTokenizer(path: folder + "/vocab.txt")
    let pieces = tokenizer.vocabulary.tokens.count
    guard pieces == language.vocabularySize else {
      throw RehearsalError(
        .mismatch, "\(folder)/vocab.txt has \(pieces) word pieces, the network \(language.vocabularySize)",
        remedy: "give the vocab.txt that language.safetensors was trained with")
    }
    let policy = try FullPolicy.load(folder: folder, vision: vision, language: language)
    source = .files(tokenizer)
    network = (FrozenFullPolicy(policy), policy.configuration.actionCount)
  }

  public func mismatch(with context: PolicyContext) -> String? {
    let side = FullPolicy.pictureSide
    guard let camera = context.cameras.first else { return "it needs a camera" }
    if camera.width != side || camera.height != side {
      return "its first camera must be \(side) × \(side) pixels, not \(camera.width) × \(camera.height):"
        + " set imageSize to \(side)"
    }
    guard case .files = source, let network, network.actionCount != context.actionSpace.count else { return nil }
    return "it gives \(network.actionCount) numbers an action, \(context.actionSpace.name) has"
      + " \(context.actionSpace.count)"
  }

  public func beginEpisode(_ context: PolicyContext) {
    Compute.use(threads: Self.threads)
    heard = nil
    let actionCount = context.actionSpace.count
    if case .random = source, network?.actionCount != actionCount {
      let scope = ParameterScope(ParameterStore(seed: 0), isTrained: false)
      network = (FrozenFullPolicy(FullPolicy(scope, .init(actionCount: actionCount))), actionCount)
    }
  }

  /// Thinks once about nothing: libtorch chooses and compiles its kernels at their first use.
  public func warmUp(_ context: PolicyContext) throws {
    beginEpisode(context)
    _ = try act(.blank(context))
  }

  public func act(_ observation: Observation) throws -> ActionChunk {
    guard let network = network?.frozen else { preconditionFailure("act before beginEpisode") }
    let image = observation.images[0]
    let rgb = Tensor(bytes: image.rgb, shape: [1, image.height, image.width, 3]).float()
    let output = network(FullPolicy.normalized(rgb), try instruction(observation.instruction, network))
    return ActionChunk(
      actions: [output.actions.values.map(Double.init)], confidence: Double(output.confidence.sigmoid().scalar))
  }

  /// Read once, when the words change.
  private func instruction(_ words: String, _ network: FrozenFullPolicy) throws -> FullPolicy.Instruction {
    if let heard, heard.words == words { return heard.instruction }
    let (ids, mask) = try tokens(words)
    let shape = [1, FullPolicy.tokens]
    let instruction = network.read(
      Tensor(indices: ids, shape: shape), mask: Tensor(mask.map(Float.init), shape: shape))
    heard = (words, instruction)
    return instruction
  }

  private func tokens(_ words: String) throws -> (ids: [Int], mask: [Int]) {
    let length = FullPolicy.tokens
    switch source {
    case .random:
      // Random weights come with no vocabulary: bytes stand for pieces of words.
      let ids = words.utf8.prefix(length).map(Int.init)
      let padding = Array(repeating: 0, count: length - ids.count)
      return (ids + padding, Array(repeating: 1, count: ids.count) + padding)
    case .files(let tokenizer):
      let text = tokenizer.encode(words, maxLength: length, paddedLength: length)
      guard text.droppedPieces == 0 else { throw WordPieceSentences.overlong(words, length) }
      return (text.ids, text.mask)
    }
  }
}
