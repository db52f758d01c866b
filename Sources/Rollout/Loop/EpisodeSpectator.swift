public import RehearsalCore

/// Watches an episode while it runs, on the runner's thread. Nothing that it sees can be changed by it.
public protocol EpisodeSpectator: AnyObject {
  /// The world stands and has settled.
  func episodeBegins(_ index: Int, _ setup: EpisodeSetup)

  /// Before each control step: the policy has not been asked yet. The step waits until this returns.
  ///
  /// What it throws ends the episode as invalid. `progress` is that of the command after the step before, 0…1.
  func see(_ state: SceneState, _ observation: Observation, _ task: TaskMonitor, progress: Double) throws

  /// Where the command's last step has led.
  func commandEnds(_ outcome: EpisodeOutcome, _ state: SceneState, _ task: TaskMonitor, progress: Double)

  func episodeEnds(_ outcome: EpisodeOutcome)
}
