public import RehearsalCore

/// Says at every step what an expert would do where another policy has driven (DAgger: Ross, Gordon and Bagnell, 2011).
public struct Labeller {
  private let expert: any Policy
  /// Of the stretches of an episode that the expert drives itself, 0…1.
  private let share: Double
  private var stream: SeedStream?
  private var isDriving = false
  private var ticksLeft = 0

  /// How long one of the two drives on end, in control steps.
  private static let stretchTicks = 5...20

  /// `expert` labels, and drives a `share`, 0…1, of every episode's stretches of 5 to 20 steps.
  public init(_ expert: any Policy, share: Double = 0) {
    self.expert = expert
    self.share = share
  }

  mutating func beginEpisode(_ context: PolicyContext, stream: SeedStream) throws {
    self.stream = stream
    (isDriving, ticksLeft) = (false, 0)
    try expert.beginEpisode(context)
  }

  func beginCommand(_ instruction: String) throws { try expert.beginCommand(instruction) }

  /// What the expert would do next; `observation` has the truth. Throws if that is no action of `count` finite numbers.
  func label(_ observation: Observation, count: Int) throws -> [Double] {
    guard let action = try expert.act(observation).actions.first, action.count == count,
      action.allSatisfy(\.isFinite)
    else {
      throw RehearsalError(
        .mismatch, "the labelling policy gave no action of \(count) finite numbers",
        remedy: "choose another --label, such as scripted")
    }
    return action
  }

  /// Whether the expert's answer is carried out at the next step instead of the policy's.
  mutating func takesOver() -> Bool {
    if ticksLeft == 0 {
      ticksLeft = stream?.integer(in: Self.stretchTicks) ?? 1
      isDriving = (stream?.unit() ?? 1) < share
    }
    ticksLeft -= 1
    return isDriving
  }
}
