import RehearsalCore

/// What `RandomizationPlan.Actuation` does to an episode's actions, tick by tick, from the episode's own stream.
struct Disturbance {
  private let factor: RandomizationPlan.Actuation
  private let moves: [Bool]
  private var stream: SeedStream
  private var offsets: [Double]
  private var ticksLeft = 0

  init(_ factor: RandomizationPlan.Actuation, actionSpace: ActionSpace, stream: SeedStream) {
    self.factor = factor
    self.stream = stream
    moves = actionSpace.channels.map(\.isMotion)
    offsets = Array(repeating: 0, count: actionSpace.count)
  }

  /// What is executed in place of `action` at the next tick.
  mutating func disturb(_ action: [Double]) -> [Double] {
    if ticksLeft == 0 && stream.unit() < factor.burstProbability { beginBurst() }
    guard ticksLeft > 0 else { return action }
    ticksLeft -= 1
    // No further beyond [−1, 1] than the policy went itself: what it asked too much is counted as its own.
    return zip(action, offsets).map { min(max($0 + $1, min($0, -1)), max($0, 1)) }
  }

  private mutating func beginBurst() {
    ticksLeft = stream.integer(in: factor.burstTicks)
    offsets = moves.map { $0 ? stream.uniform(-factor.magnitude, factor.magnitude) : 0 }
  }
}

extension ActionChannel {
  /// Whether it says how to move, not where to be.
  fileprivate var isMotion: Bool {
    switch self {
    case .baseForward, .baseYaw, .endEffectorTranslation, .endEffectorRotation: true
    case .unused, .joint, .gripper: false
    }
  }
}
