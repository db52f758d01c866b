public import RehearsalCore

/// One episode before it runs: everything that its index and the experiment's seed determine.
public struct EpisodeSetup: Sendable {
  /// With this episode's objects, sizes, masses and friction.
  public var scene: SceneModel
  public var initialState: InitialState
  public var appearance: Appearance
  public var commands: [Command]
  /// Made to every picture the policy sees; nil: none.
  public var imageAdjustment: ImageAdjustment?
  /// Where the disturbances of actions are drawn from while the episode runs; nil: none.
  var actuationStream: SeedStream?
  /// What was drawn, in order.
  public var sampled: [Sample]
}

/// Draws episodes: a pure function of plan, index and attempt.
public struct EpisodeSampler: Sendable {
  public let plan: ExperimentPlan

  public init(plan: ExperimentPlan) { self.plan = plan }

  /// Draws episode `index`. `attempt` counts the starts thrown away because a command was satisfied at once.
  ///
  /// Throws if commands cannot be bound to the scene's objects or the objects find no room.
  public func draw(_ index: Int, attempt: Int = 0) throws -> EpisodeSetup {
    var draw = EpisodeDraw(plan: plan, index: index, attempt: attempt)
    try draw.commands()
    draw.presence()
    draw.dynamics()
    try draw.placement()
    draw.appearance()
    draw.image()
    draw.actuation()
    draw.intervene()
    return draw.setup
  }

  /// Only how episode `index` looks.
  func appearance(_ index: Int, attempt: Int) -> Appearance {
    var draw = EpisodeDraw(plan: plan, index: index, attempt: attempt)
    draw.appearance()
    return draw.setup.appearance
  }
}

/// The work in progress of `EpisodeSampler.draw`; each factor reads only its own stream.
struct EpisodeDraw {
  let plan: ExperimentPlan
  let index: Int
  private let root: UInt64
  var setup: EpisodeSetup

  init(plan: ExperimentPlan, index: Int, attempt: Int) {
    self.plan = plan
    self.index = index
    if attempt == 0 {
      root = plan.seed
    } else {
      var hash = XXHash64(seed: plan.seed)
      hash.update(UInt64(attempt))
      root = hash.digest
    }
    setup = EpisodeSetup(
      scene: plan.scene, initialState: InitialState(of: plan.scene), appearance: plan.appearance, commands: [],
      imageAdjustment: nil, sampled: [])
    if attempt > 0 { note("attempt", Double(attempt)) }
  }

  /// Bursts depend on when they begin: they are drawn as the episode goes on.
  mutating func actuation() {
    if plan.randomization.actuation != nil { setup.actuationStream = stream(.actuation) }
  }

  func stream(_ factor: RandomFactor) -> SeedStream { SeedStream(root: root, factor: factor, episode: index) }

  mutating func note(_ name: String, _ value: Double) { setup.sampled.append(Sample(name, .number(value))) }
  mutating func note(_ name: String, _ value: [Double]) { setup.sampled.append(Sample(name, .numbers(value))) }
  mutating func note(_ name: String, _ value: String) { setup.sampled.append(Sample(name, .text(value))) }
}

extension SeedStream {
  /// Uniform over the integers of `range`.
  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + index(below: range.upperBound - range.lowerBound + 1)
  }

  /// `values` in random order (Fisher–Yates).
  mutating func shuffled<Element>(_ values: [Element]) -> [Element] {
    var result = values
    for last in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(last, index(below: last + 1)) }
    return result
  }
}
