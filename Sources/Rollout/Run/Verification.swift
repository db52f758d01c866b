public import RehearsalCore

/// Gives back the actions of a recording, one a tick.
final class RecordedPolicy: Policy {
  private let trajectory: Trajectory
  private var tick = 0

  struct RecordingEnded: Error {}

  init(_ trajectory: Trajectory) { self.trajectory = trajectory }

  func beginEpisode(_ context: PolicyContext) { tick = 0 }

  func act(_ observation: Observation) throws -> ActionChunk {
    guard tick < trajectory.count else { throw RecordingEnded() }
    defer { tick += 1 }
    let width = trajectory.actionCount
    return ActionChunk(Array(trajectory.actions[(tick * width)..<((tick + 1) * width)]))
  }
}

/// Whether an episode, simulated and drawn again from its seed and its recorded actions, gives the recorded bits.
public enum EpisodeVerdict: Hashable, Sendable {
  case identical
  /// The first control step after which the running hashes differ; `nil`: before the first, or in their number.
  case differs(atTick: Int?)
  /// It could not be run again at all.
  case unrepeatable(reason: String)

  /// Runs episode `record.index` of `plan` again. With `drawsFrames` the pictures count as well.
  public static func of(
    _ record: EpisodeRecord, _ trajectory: Trajectory, plan: ExperimentPlan, drawsFrames: Bool
  ) throws -> EpisodeVerdict {
    let runner = EpisodeRunner(
      plan: plan.asExecuted, policy: RecordedPolicy(trajectory), renderer: drawsFrames ? try plan.makeRenderer() : nil,
      recording: .withoutImages)
    let again = runner.run(record.index)
    if case .invalid(let reason) = again.record.outcome, again.record.outcome != record.outcome {
      return .unrepeatable(reason: reason)
    }
    let hashes = again.trajectory?.hashes ?? []
    if let tick = zip(hashes, trajectory.hashes).enumerated().first(where: { $1.0 != $1.1 })?.offset {
      return .differs(atTick: tick)
    }
    let isWhole = hashes.count == trajectory.count && again.record.stateHash == record.stateHash
    return isWhole ? .identical : .differs(atTick: hashes.isEmpty ? nil : hashes.count)
  }
}

extension ExperimentPlan {
  /// The plan under which recorded actions give their episode again: they are those that were executed, scheduling and
  /// safety already in them.
  var asExecuted: ExperimentPlan {
    var plan = self
    plan.latencyTicks = 0
    plan.executedActions = nil
    plan.temporalEnsembling = nil
    plan.safety = .off
    return plan
  }
}
