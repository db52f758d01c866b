import Recording
import RehearsalCore

/// Runs one episode after the other as the person who watches wishes. Belongs to the simulation's thread.
final class LiveEpisodes {
  private let setup: LiveSubject.Setup
  private let feed: LiveFeed
  private let pace: Pace
  private let runner: EpisodeRunner
  private let spectator: LiveSpectator

  /// How long the end of an episode is shown.
  private static let restSeconds = 1.5

  init(_ setup: LiveSubject.Setup, feed: LiveFeed, pace: Pace, wheel: SteeringWheel) throws {
    self.setup = setup
    self.feed = feed
    self.pace = pace
    let policy = TeleopPolicy(wheel, autopilot: try setup.autopilot?())
    let draws = setup.store != nil || policy.needsImages
    let spectator = LiveSpectator(feed: feed, pace: pace, controlHz: setup.plan.controlHz)
    self.spectator = spectator
    runner = EpisodeRunner(
      plan: setup.plan, policy: policy, renderer: draws ? try setup.plan.makeRenderer() : nil,
      recording: setup.store == nil ? .none : .withImages, spectator: spectator)
  }

  func run() throws {
    let recorded = Set(setup.store?.recordedEpisodes ?? [])
    var waiting = (setup.firstEpisode..<max(setup.plan.episodes, setup.firstEpisode + 1))
      .filter { !recorded.contains($0) }[...]
    while let index = waiting.first {
      // Hands begin when they are ready.
      if setup.isByHand { pace.change { $0.isPaused = true } }
      let episode = runner.run(index)
      if let fault = runner.machineFault { throw fault }
      if spectator.wasAbandoned {
        let wish = pace.takeWish()
        if wish == .quit { return }
        if wish == .next { waiting.removeFirst() }
        continue
      }
      if let reason = episode.record.outcome.invalidReason, setup.store == nil {
        throw RehearsalError(
          .mismatch, "episode \(index) could not be run: \(reason)", remedy: "rehearse validate says what is wrong")
      }
      try keep(episode)
      pace.change { $0.endRush() }
      feed.change { $0.isResting = true }
      let wish = pace.rest(seconds: setup.isByHand ? nil : Self.restSeconds)
      if wish == .quit { return }
      // What is recorded stays recorded; only what was watched can be watched again.
      if wish != .again || setup.store != nil { waiting.removeFirst() }
    }
  }

  private func keep(_ episode: FinishedEpisode) throws {
    guard let store = setup.store else { return }
    try store.append(episode.record, trajectory: episode.trajectory)
    feed.change { $0.kept += 1 }
  }
}

extension EpisodeOutcome {
  fileprivate var invalidReason: String? { if case .invalid(let reason) = self { reason } else { nil } }
}
