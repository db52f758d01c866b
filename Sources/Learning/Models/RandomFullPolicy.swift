public import RehearsalCore

/// The full-size network with random weights, for its speed in the loop. What it does makes no sense.
public final class RandomFullPolicy: Policy {
  private static let threads = 2

  private var network: FrozenFullPolicy?
  private var actionCount = 0
  private var heard: (words: String, instruction: FullPolicy.Instruction)?

  public init() {}

  public func mismatch(with context: PolicyContext) -> String? {
    let side = FullPolicy.pictureSide
    guard let camera = context.cameras.first else { return "it needs a camera" }
    if camera.width == side && camera.height == side { return nil }
    return "its first camera must be \(side) × \(side) pixels, not \(camera.width) × \(camera.height):"
      + " set imageSize to \(side)"
  }

  public func beginEpisode(_ context: PolicyContext) {
    Compute.use(threads: Self.threads)
    heard = nil
    if network != nil && actionCount == context.actionSpace.count { return }
    actionCount = context.actionSpace.count
    let store = ParameterStore(seed: 0)
    network = FrozenFullPolicy(
      FullPolicy(ParameterScope(store, isTrained: false), FullPolicy.Configuration(actionCount: actionCount)))
  }

  /// Thinks once about nothing: libtorch chooses and compiles its kernels at their first use.
  public func warmUp(_ context: PolicyContext) {
    beginEpisode(context)
    _ = act(.blank(context))
  }

  public func act(_ observation: Observation) -> ActionChunk {
    guard let network else { preconditionFailure("act before beginEpisode") }
    let image = observation.images[0]
    let rgb = Tensor(bytes: image.rgb, shape: [1, image.height, image.width, 3]).float()
    let output = network(FullPolicy.normalized(rgb), instruction(observation.instruction, network))
    return ActionChunk(output.actions.values.map(Double.init))
  }

  /// Read once, when the words change. Random weights come with no vocabulary: bytes stand for pieces of words.
  private func instruction(_ words: String, _ network: FrozenFullPolicy) -> FullPolicy.Instruction {
    if let heard, heard.words == words { return heard.instruction }
    let ids = words.utf8.prefix(FullPolicy.tokens).map(Int.init)
    let padding = FullPolicy.tokens - ids.count
    let shape = [1, FullPolicy.tokens]
    let mask = Array(repeating: Float(1), count: ids.count) + Array(repeating: 0, count: padding)
    let instruction = network.read(
      Tensor(indices: ids + Array(repeating: 0, count: padding), shape: shape), mask: Tensor(mask, shape: shape))
    heard = (words, instruction)
    return instruction
  }
}
