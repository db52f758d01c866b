/// How one command of an episode went.
public struct CommandResult: Hashable, Sendable, Codable {
  /// `CommandModel.name`.
  public var command: String
  public var instruction: String
  public var isHeldOut: Bool
  /// `success`, `failure`, `timeLimit`, `invalid`, `alreadySatisfied` or `notSwappable`.
  public var outcome: String
  /// First and one-past-last control step.
  public var startTick: Int
  public var endTick: Int
  /// Of the success predicate when it ended, 0…1.
  public var progress: Double
  /// Which goal was reached where a slot's words were swapped; nil where none were.
  public var swap: SwapResult?

  public init(
    command: String, instruction: String, isHeldOut: Bool, outcome: String, startTick: Int, endTick: Int,
    progress: Double
  ) {
    self.command = command
    self.instruction = instruction
    self.isHeldOut = isHeldOut
    self.outcome = outcome
    self.startTick = startTick
    self.endTick = endTick
    self.progress = progress
  }
}

/// Whose goal a policy reached when it was told of another body than the command drawn for the episode means.
public enum SwapResult: String, Hashable, Sendable, Codable, CaseIterable {
  /// That of the words it heard.
  case followed
  /// That of the words it heard, after that of the command drawn.
  case detour
  /// That of the command drawn alone: it did not listen.
  case original
  case neither
}

/// Something that randomization drew.
public struct Sample: Hashable, Sendable {
  /// Such as `lights[0].temperatureKelvin`.
  public var name: String
  public var value: Value

  public enum Value: Hashable, Sendable {
    case number(Double)
    case numbers([Double])
    case text(String)
  }

  public init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}

/// How many control steps of an episode did not do all that was asked.
public struct DegradedSteps: Hashable, Sendable, Codable {
  /// An element of the action was outside [−1, 1].
  public var actionClamped = 0
  /// The end effector's target was held back: out of the workspace, or no joint solution.
  public var targetClamped = 0
  public init() {}
}

/// Wall time of an episode's parts, seconds. Measured, never consulted; not part of any hash.
public struct EpisodeTiming: Hashable, Sendable, Codable {
  public var total = 0.0
  public var physics = 0.0
  public var render = 0.0
  public var policy = 0.0
  public var record = 0.0
  /// By call of `Policy.act`, in order.
  public var decisions: [Double] = []
  /// What a decision may take: one control period; 0 where nothing was decided.
  public var deadline = 0.0
  /// How often decisions became twice as slow as the first ones of their worker.
  public var slowdowns = 0
  public init() {}
}

/// The line of `episodes.jsonl`: everything about an episode but its trajectory.
public struct EpisodeRecord: Hashable, Sendable {
  public var index: Int
  public var outcome: EpisodeOutcome
  /// In order; a chain stops at the first that fails.
  public var commands: [CommandResult]
  /// Control steps taken.
  public var steps: Int
  /// Running hash of (state, action, frames) over all steps.
  public var stateHash: UInt64
  /// What randomization drew, in the order drawn.
  public var sampled: [Sample]
  public var degradedSteps: DegradedSteps
  public var safety: SafetyCounts
  /// Of the policy in its answers, 0…1; nil where it says nothing of the kind.
  public var meanConfidence: Double?
  public var timing: EpisodeTiming

  public init(
    index: Int, outcome: EpisodeOutcome, commands: [CommandResult], steps: Int, stateHash: UInt64,
    sampled: [Sample], degradedSteps: DegradedSteps, safety: SafetyCounts = SafetyCounts(),
    meanConfidence: Double? = nil, timing: EpisodeTiming
  ) {
    self.index = index
    self.outcome = outcome
    self.commands = commands
    self.steps = steps
    self.stateHash = stateHash
    self.sampled = sampled
    self.degradedSteps = degradedSteps
    self.safety = safety
    self.meanConfidence = meanConfidence
    self.timing = timing
  }
}

/// The steps of an episode. Row t is what was observed before action t and what action t led to.
public struct Trajectory: Sendable {
  /// Rows of `actionCount` normalized numbers, as decoded (after scheduling and latency).
  public var actions: [Double] = []
  public var actionCount: Int
  /// What a labelling expert would have done in place of each action, in rows like theirs; empty without a labeller.
  public var labels: [Double] = []
  /// Rows of `SceneState.flattened`.
  public var states: [Double] = []
  public var stateCount: Int
  /// Rows of `ProprioceptionLayout.count`.
  public var proprioception: [Double] = []
  public var proprioceptionCount: Int
  /// Progress of the command in force after the step, 0…1.
  public var rewards: [Double] = []
  /// Running hash after each step.
  public var hashes: [UInt64] = []
  /// Index into the episode's commands, by step.
  public var commandIndices: [Int] = []
  /// By camera, by step: sRGB height · width · 3; empty unless images are recorded.
  public var images: [[[UInt8]]] = []
  /// The state after the last step.
  public var finalState: [Double] = []

  public init(actionCount: Int, stateCount: Int, proprioceptionCount: Int) {
    self.actionCount = actionCount
    self.stateCount = stateCount
    self.proprioceptionCount = proprioceptionCount
  }

  public var count: Int { hashes.count }
}
