public import RehearsalCore

/// A whole episode: its record and, if asked for, its trajectory.
public struct FinishedEpisode: Sendable {
  public var record: EpisodeRecord
  public var trajectory: Trajectory?
  /// The scene as it was in this episode.
  public var scene: SceneModel?
}

/// Collects an episode's steps and folds each into the running hash.
struct EpisodeLog {
  let index: Int
  private let recording: TrajectoryDetail
  private var hash = XXHash64()
  private var trajectory: Trajectory
  private(set) var commands: [CommandResult] = []
  private var degraded = DegradedSteps()
  private(set) var steps = 0
  /// The latest state's numbers: what the next step starts from.
  private var latest: [Double]

  init(index: Int, stage: EpisodeStage, recording: TrajectoryDetail) {
    self.index = index
    self.recording = recording
    trajectory = Trajectory(
      actionCount: stage.plan.actionSpace.count,
      stateCount: stage.state.worldFromBody.count * 7 + stage.state.jointPositions.count,
      proprioceptionCount: ProprioceptionLayout(robot: stage.setup.scene.robot).count)
    if recording == .withImages { trajectory.images = stage.plan.cameras.map { _ in [] } }
    latest = stage.state.flattened
    hash.update(latest)
  }

  /// Takes in what was seen, what was done about it, what a labeller would have done, and where it led.
  mutating func append(
    _ observation: Observation, _ action: [Double], label: [Double]?, _ stage: EpisodeStage, progress: Double
  ) {
    for image in observation.images { hash.update(image.rgb) }
    hash.update(action)
    let before = latest
    latest = stage.state.flattened
    hash.update(latest)
    steps += 1
    if stage.decoder.degraded.actionClamped { degraded.actionClamped += 1 }
    if stage.decoder.degraded.targetClamped { degraded.targetClamped += 1 }
    guard recording != .none else { return }
    trajectory.actions += action
    trajectory.labels += label ?? []
    trajectory.states += before
    trajectory.proprioception += observation.proprioception
    trajectory.rewards.append(progress)
    trajectory.hashes.append(hash.digest)
    trajectory.commandIndices.append(commands.count)
    if recording == .withImages {
      for (camera, image) in observation.images.enumerated() { trajectory.images[camera].append(image.rgb) }
    }
  }

  mutating func close(
    _ command: Command, outcome: String, startTick: Int, progress: Double, swap: SwapResult? = nil
  ) {
    var result = CommandResult(
      command: command.model.name, instruction: command.instruction, isHeldOut: command.isHeldOut,
      outcome: outcome, startTick: startTick, endTick: steps, progress: progress)
    result.swap = swap
    commands.append(result)
  }

  func finished(_ outcome: EpisodeOutcome, stage: EpisodeStage) -> FinishedEpisode {
    var whole = trajectory
    whole.finalState = latest
    return FinishedEpisode(
      record: EpisodeRecord(
        index: index, outcome: outcome, commands: commands, steps: steps, stateHash: hash.digest,
        sampled: stage.setup.sampled, degradedSteps: degraded, safety: stage.supervisor.counts,
        meanConfidence: stage.supervisor.meanConfidence, timing: stage.timing),
      trajectory: recording == .none ? nil : whole, scene: stage.setup.scene)
  }
}

/// How much of every step is kept.
public enum TrajectoryDetail: Sendable { case none, withoutImages, withImages }
