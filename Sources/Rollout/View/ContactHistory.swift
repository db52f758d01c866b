import Foundation
import RehearsalCore
import Synchronization

/// What touched what, and how far each part of the task was, at every step of a recorded episode. A recording keeps
/// neither: they are found by simulating it again from its actions, without pictures, on a thread of their own.
final class ContactHistory: Sendable {
  struct Entry: Sendable {
    var contacts: [Contact]
    var goals: [GoalPart]
  }

  private struct State {
    /// Nil where the simulation went another way than the recording.
    var entries: [Entry?] = []
    var isComplete = false
  }

  private let state = Mutex(State())

  init(_ replay: EpisodeReplay) {
    let thread = Thread { [self] in
      let spectator = Collector(replay, self)
      let runner = EpisodeRunner(
        plan: replay.plan.asExecuted, policy: RecordedPolicy(replay.trajectory), renderer: nil, recording: .none,
        spectator: spectator)
      _ = runner.run(replay.record.index)
      state.withLock { $0.isComplete = true }
    }
    thread.stackSize = 16 << 20
    thread.start()
  }

  /// Nil where nothing is known, or not yet.
  subscript(step: Int) -> Entry? { state.withLock { step < $0.entries.count ? $0.entries[step] : nil } }

  /// Whether all that can be known of a step is known.
  func reaches(_ step: Int) -> Bool { state.withLock { $0.isComplete || step < $0.entries.count } }

  private func append(_ entry: Entry?) { state.withLock { $0.entries.append(entry) } }

  private final class Collector: EpisodeSpectator {
    private let replay: EpisodeReplay
    private let history: ContactHistory
    private var step = 0

    init(_ replay: EpisodeReplay, _ history: ContactHistory) {
      self.replay = replay
      self.history = history
    }

    func episodeBegins(_ index: Int, _ setup: EpisodeSetup) {}

    func see(_ state: SceneState, _ observation: Observation, _ task: TaskMonitor, progress: Double) throws {
      guard step < replay.stateCount else { throw EpisodeAbandoned() }
      note(state, task)
    }

    func commandEnds(_ outcome: EpisodeOutcome, _ state: SceneState, _ task: TaskMonitor, progress: Double) {
      // The next command begins in the same state, with its own goals.
      if step == replay.stateCount - 1 { note(state, task) }
    }

    func episodeEnds(_ outcome: EpisodeOutcome) {}

    private func note(_ state: SceneState, _ task: TaskMonitor) {
      let isSame = replay.state(step).worldFromBody == state.worldFromBody
      history.append(isSame ? Entry(contacts: state.contacts, goals: task.goals(in: state)) : nil)
      step += 1
    }
  }
}
