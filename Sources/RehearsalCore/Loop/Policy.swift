/// One or more consecutive actions, each of the action space's length, elements in [−1, 1].
public struct ActionChunk: Sendable, Hashable {
  public var actions: [[Double]]
  /// How sure the policy is of it, 0…1; nil where it does not say. Recorded, never consulted.
  public var confidence: Double?

  public init(actions: [[Double]], confidence: Double? = nil) {
    self.actions = actions
    self.confidence = confidence
  }
  public init(_ action: [Double]) { actions = [action] }
}

/// What a policy is told before an episode: enough to check that it fits and to reset itself.
public struct PolicyContext: Sendable {
  /// As it is in this episode, sizes and distractors included. Policies that see only pixels must not look into it.
  public var scene: SceneModel
  public var actionSpace: ActionSpace
  public var proprioception: ProprioceptionLayout
  /// Names and sizes, in the order of `Observation.images`.
  public var cameras: [CameraModel]
  public var controlHz: Int
  /// The episode's own stream, for policies that draw at random.
  public var random: SeedStream

  public init(
    scene: SceneModel, actionSpace: ActionSpace, proprioception: ProprioceptionLayout, cameras: [CameraModel],
    controlHz: Int, random: SeedStream
  ) {
    self.scene = scene
    self.actionSpace = actionSpace
    self.proprioception = proprioception
    self.cameras = cameras
    self.controlHz = controlHz
    self.random = random
  }
}

/// Closes the loop: observation in, action chunk out. Belongs to one thread; may keep state between calls of an episode.
public protocol Policy: AnyObject {
  /// Whether `Observation.privileged` must be filled.
  var needsPrivilegedState: Bool { get }
  /// Whether `Observation.images` must be filled.
  var needsImages: Bool { get }

  /// Why this policy cannot drive such a robot, scene and action space, or nil if it can. Asked before episode 0.
  func mismatch(with context: PolicyContext) -> String?

  /// Does once, before the first episode, what is slow only the first time. Not timed; leaves no trace in any action.
  func warmUp(_ context: PolicyContext) throws

  /// Forgets everything about earlier episodes.
  func beginEpisode(_ context: PolicyContext) throws

  /// A new instruction is in force from the next `act` on; policies forget what they planned for the old one.
  func beginCommand(_ instruction: String) throws

  func act(_ observation: Observation) throws -> ActionChunk
}

extension Policy {
  public var needsPrivilegedState: Bool { false }
  public var needsImages: Bool { true }
  public func mismatch(with context: PolicyContext) -> String? { nil }
  public func warmUp(_ context: PolicyContext) throws {}
  public func beginCommand(_ instruction: String) throws {}
}
