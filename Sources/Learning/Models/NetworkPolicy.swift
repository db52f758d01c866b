public import RehearsalCore

/// A trained network in the loop: pictures, words and the robot's own motion in, a chunk of actions out.
public final class NetworkPolicy: Policy {
  public let description: PolicyDescription
  private let network: SmallPolicy
  private let encoder: any SentenceEncoder
  private var own: OwnMotion
  private var instruction: String?
  private var language: Tensor?

  public init(_ checkpoint: PolicyCheckpoint) throws {
    description = checkpoint.description
    network = try checkpoint.network()
    encoder = try checkpoint.sentenceEncoder()
    own = OwnMotion(layout: description.interface.proprioception, controlHz: description.interface.controlHz)
  }

  public func mismatch(with context: PolicyContext) -> String? {
    let given = PolicyInterface(
      robot: context.scene.robot.name, actionSpace: context.actionSpace.name,
      actionCount: context.actionSpace.count, controlHz: context.controlHz,
      cameras: context.cameras.map { .init($0, in: context.scene) },
      proprioception: context.proprioception)
    return given.difference(from: description.interface).map { "it was trained for another robot or scene: \($0)" }
  }

  /// Thinks once about nothing: libtorch chooses and compiles its kernels at their first use.
  public func warmUp(_ context: PolicyContext) throws {
    beginEpisode(context)
    _ = try act(.blank(context))
  }

  public func beginEpisode(_ context: PolicyContext) {
    Compute.use(threads: 1)
    own.begin()
    instruction = nil
  }

  public func beginCommand(_ instruction: String) throws {
    own.begin()
    try hear(instruction)
  }

  /// Embeds the instruction, once.
  private func hear(_ words: String) throws {
    guard words != instruction else { return }
    let row = try encoder.row(words)
    language = Tensor.withoutGradients { network.text(encoder.sentences([row])) }
    instruction = words
  }

  public func act(_ observation: Observation) throws -> ActionChunk {
    try hear(observation.instruction)
    let motion = own.next(observation.proprioception, tick: observation.tick)
    return Tensor.withoutGradients {
      let count = description.configuration.proprioceptionCount
      let output = network(
        observation.images.map(Self.picture), language: language!,
        proprioception: count > 0
          ? Tensor(description.normalization.applied(to: motion), shape: [1, motion.count]) : nil,
        hand: own.handAxes(in: motion).map { Tensor($0, shape: [1, 3, 3]) })
      let values = output.actions.values.map(Double.init)
      let width = description.configuration.actionCount
      return ActionChunk(
        actions: stride(from: 0, to: values.count, by: width).map { Array(values[$0..<($0 + width)]) },
        confidence: Double(output.confidence.sigmoid().scalar))
    }
  }

  /// 1 × 3 × H × W, centred on 0, as `BatchMaker` makes them.
  private static func picture(_ image: CameraImage) -> Tensor {
    let raw = Tensor(bytes: image.rgb, shape: [1, image.height, image.width, 3]).float()
    return PictureChange.centred(raw).permuted(0, 3, 1, 2)
  }
}

extension Observation {
  /// Of nothing: black pictures, no words, a robot at rest.
  static func blank(_ context: PolicyContext) -> Observation {
    let pictures = context.cameras.map {
      CameraImage(width: $0.width, height: $0.height, rgb: Array(repeating: 0, count: $0.width * $0.height * 3))
    }
    return Observation(
      tick: 0, instruction: "", images: pictures,
      proprioception: Array(repeating: 0, count: context.proprioception.count))
  }
}
