import Recording
import RehearsalCore
import Synchronization

/// What the simulation's thread leaves for the window's.
final class LiveFeed: Sendable {
  struct State: Sendable {
    var moment: ViewMoment?
    var trail = Trail()
    /// Episodes recorded so far.
    var kept = 0
    /// The episode is over and the next one not begun.
    var isResting = false
    /// There will be no more.
    var hasEnded = false
    var error: (any Error)?
  }

  private let state = Mutex(State())

  var now: State { state.withLock { $0 } }
  func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }
}

/// Leaves every step of the episodes in the feed, and holds them to the pace.
final class LiveSpectator: EpisodeSpectator {
  private let feed: LiveFeed
  private let pace: Pace
  private let period: Duration
  private var serial = 0
  private var begun: (index: Int, setup: EpisodeSetup)?
  private var instruction = ""
  private var tick = 0
  /// Whether the episode was not to go on.
  private(set) var wasAbandoned = false

  init(feed: LiveFeed, pace: Pace, controlHz: Int) {
    self.feed = feed
    self.pace = pace
    period = .seconds(1 / Double(controlHz))
  }

  func episodeBegins(_ index: Int, _ setup: EpisodeSetup) {
    serial += 1
    wasAbandoned = false
    begun = (index, setup)
    feed.change {
      $0.trail = Trail()
      $0.isResting = false
    }
  }

  func see(_ state: SceneState, _ observation: Observation, _ task: TaskMonitor, progress: Double) throws {
    (instruction, tick) = (observation.instruction, observation.tick)
    leave(state, task, progress, .running, seen: observation.images)
    do { try pace.wait(tick: tick, period: period) } catch {
      wasAbandoned = true
      throw error
    }
  }

  func commandEnds(_ outcome: EpisodeOutcome, _ state: SceneState, _ task: TaskMonitor, progress: Double) {
    if wasAbandoned { return }
    tick += 1
    // What was seen before the last step would be out of date.
    leave(state, task, progress, .init(outcome), seen: [])
  }

  func episodeEnds(_ outcome: EpisodeOutcome) {}

  private func leave(
    _ state: SceneState, _ task: TaskMonitor, _ progress: Double, _ status: ReplayFrame.Status, seen: [CameraImage]
  ) {
    guard let (index, setup) = begun else { return }
    let moment = ViewMoment(
      serial: serial, episode: index, attempt: setup.attempt, scene: setup.scene, appearance: setup.appearance,
      state: state, tick: tick, instruction: instruction, progress: progress, goals: task.goals(in: state),
      status: status, seen: seen)
    feed.change {
      $0.moment = moment
      $0.trail.append(state, of: moment.scene.robot)
    }
  }
}

extension EpisodeSetup {
  /// How many starts were thrown away before this one.
  fileprivate var attempt: Int {
    guard let sample = sampled.first(where: { $0.name == "attempt" }), case .number(let count) = sample.value else {
      return 0
    }
    return Int(count)
  }
}
