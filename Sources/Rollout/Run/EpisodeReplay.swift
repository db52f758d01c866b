import Authoring
import Recording
import RehearsalCore

/// A recorded episode, ready to be drawn again without simulating it.
struct EpisodeReplay {
  let record: EpisodeRecord
  let trajectory: Trajectory
  let plan: ExperimentPlan
  var setup: EpisodeSetup

  init(_ run: RecordedRun, episode: Int) throws {
    record = try run.record(of: episode)
    guard let trajectory = try run.directory.trajectory(of: episode), trajectory.count > 0 else {
      throw RehearsalError(
        .mismatch, "episode \(episode) of \(run.directory.path) has no recorded steps",
        remedy: "choose another episode, or run with record.trajectories: true")
    }
    self.trajectory = trajectory
    plan = run.plan
    setup = try EpisodeSampler(plan: plan).draw(episode, attempt: record.attempt)
    guard trajectory.stateCount == SceneState.flatLayout(of: setup.scene).count else {
      throw RehearsalError(
        .mismatch,
        "episode \(episode): \(trajectory.stateCount) numbers a state, but the scene has "
          + "\(SceneState.flatLayout(of: setup.scene).count)",
        remedy: "use the version of rehearse that made the run")
    }
  }

  /// Draws it under another randomization's appearance, or the same one's with another seed.
  mutating func dress(_ run: RecordedRun, randomization: String?, seed: UInt64?) throws {
    guard randomization != nil || seed != nil else { return }
    let overrides = run.manifest.overrides + (randomization.map { ["randomization=\($0)"] } ?? [])
    var other = try ExperimentLoader.load(
      path: run.directory.sourcesPath + "/" + run.manifest.experiment, overrides: overrides
    ).plan
    other.seed = seed ?? run.manifest.seed
    setup.appearance = EpisodeSampler(plan: other).appearance(record.index, attempt: record.attempt)
  }

  /// The states before each step, and the last.
  var stateCount: Int { trajectory.count + 1 }

  func state(_ step: Int) -> SceneState {
    let width = trajectory.stateCount
    let row =
      step < trajectory.count ? trajectory.states[(step * width)..<((step + 1) * width)] : trajectory.finalState[...]
    guard
      let state = SceneState(flattened: row, bodies: setup.scene.bodies.count, joints: setup.scene.joints.count)
    else { preconditionFailure("\(row.count) numbers for a state of \(width)") }
    return state
  }

  /// The command in force at a step.
  func command(at step: Int) -> CommandResult? {
    let index = trajectory.commandIndices[min(step, trajectory.count - 1)]
    return record.commands.indices.contains(index) ? record.commands[index] : nil
  }

  /// How `command` stands at a step.
  func status(at step: Int, _ command: CommandResult?) -> ReplayFrame.Status {
    guard let command, step >= command.endTick else { return .running }
    switch command.outcome {
    case "success", "alreadySatisfied": return .success
    case "timeLimit": return .failed("time limit")
    case "invalid": return .invalid
    default:
      if case .failure(let reason) = record.outcome { return .failed(reason.name) }
      return .failed(command.outcome)
    }
  }
}

extension EpisodeRecord {
  /// How many starts were thrown away before this one.
  var attempt: Int {
    guard let sample = sampled.first(where: { $0.name == "attempt" }), case .number(let count) = sample.value else {
      return 0
    }
    return Int(count)
  }
}
