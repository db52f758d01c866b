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

  /// Nil until the simulation has got there, or where it went another way than the recording.
  private let entries = Mutex<[Entry?]>([])

  init(_ replay: EpisodeReplay) {
    let thread = Thread { [self] in
      let spectator = Collector(replay, self)
      let runner = EpisodeRunner(
        plan: replay.plan.asExecuted, policy: RecordedPolicy(replay.trajectory), renderer: nil, recording: .none,
        spectator: spectator)
      _ = runner.run(replay.record.index)
    }
    thread.stackSize = 16 << 20
    thread.start()
  }

  subscript(step: Int) -> Entry? { entries.withLock { step < $0.count ? $0[step] : nil } }

  private func append(_ entry: Entry?) { entries.withLock { $0.append(entry) } }

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
