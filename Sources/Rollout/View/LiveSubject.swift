import Foundation
import Recording
import RehearsalCore

/// Episodes that run while they are watched, on a thread of their own.
final class LiveSubject: ViewSubject {
  struct Setup: Sendable {
    var plan: ExperimentPlan
    /// Whether the episodes' commands mean anything; a scene that is only looked at has none.
    var hasTask = true
    /// For the title: the policy's name, or that nobody drives.
    var driver: String
    var firstEpisode: Int
    /// Whether the person drives from the start.
    var isByHand: Bool
    /// Makes the policy that drives while the person does not, on the simulation's thread; nil: none.
    var autopilot: (@Sendable () throws -> any Policy)?
    /// Where episodes are recorded; nil: nowhere.
    var store: EpisodeStore?
    /// Run on without waiting to this step, and pause there.
    var rushTo: Int?
  }

  private let setup: Setup
  private let feed = LiveFeed()
  private let pace: Pace
  private let wheel: SteeringWheel
  private let ended = DispatchSemaphore(value: 0)
  let wardrobe: Wardrobe

  init(_ setup: Setup, wardrobe: Wardrobe) {
    self.setup = setup
    self.wardrobe = wardrobe
    var rule = PaceRule()
    rule.rushTo = setup.rushTo
    pace = Pace(rule)
    wheel = SteeringWheel(isByHand: setup.isByHand)
    start()
  }

  private func start() {
    let (setup, feed, pace, wheel, ended) = (setup, feed, pace, wheel, ended)
    let thread = Thread {
      do {
        try LiveEpisodes(setup, feed: feed, pace: pace, wheel: wheel).run()
      } catch {
        feed.change { $0.error = error }
      }
      feed.change { $0.hasEnded = true }
      ended.signal()
    }
    thread.stackSize = 16 << 20
    thread.start()
  }

  var plan: ExperimentPlan { setup.plan }
  var moment: ViewMoment? {
    var moment = feed.now.moment
    if !setup.hasTask {
      moment?.instruction = ""
      moment?.goals = []
    }
    return moment
  }
  var trail: Trail { feed.now.trail }

  var title: String {
    let episode = moment.map { " · episode \($0.episode)" } ?? ""
    return "\(plan.name)\(episode) · \(setup.driver)"
  }

  var playback: Playback {
    let (rule, feed) = (pace.current, feed.now)
    let isHeld = rule.isPaused && rule.rushTo == nil && rule.singleSteps == 0
    return Playback(
      isPaused: rule.isPaused, isAtRest: isHeld || feed.isResting || feed.hasEnded, speed: rule.speed,
      isByHand: wheel.now.isByHand, kept: setup.store == nil ? nil : feed.kept, hint: hint(feed))
  }

  private func hint(_ feed: LiveFeed.State) -> String? {
    if feed.hasEnded { return "That was the last episode." }
    guard setup.isByHand else { return nil }
    if feed.isResting { return "N: next episode" }
    return pace.current.isPaused && feed.moment?.tick == 0 ? "Space: begin" : nil
  }

  /// Throws what went wrong on the simulation's thread.
  func advance(seconds: Double) throws {
    if let error = feed.now.error { throw error }
  }

  func steer(_ input: DriveInput) { wheel.turn { $0.input = input } }

  func perform(_ action: ViewAction) -> Bool {
    switch action {
    case .playPause: pace.change { $0.isPaused.toggle() }
    case .step(let steps) where steps > 0:
      pace.change {
        // The first press pauses.
        if $0.isPaused { $0.singleSteps += steps }
        $0.isPaused = true
      }
    case .speed(let change): pace.change { $0.speed.change(by: change) }
    case .nextEpisode: pace.change { $0.wish = .next }
    case .again: pace.change { $0.wish = .again }
    case .takeOver where setup.autopilot != nil: wheel.turn { $0.isByHand.toggle() }
    case .gripper: wheel.turn { $0.gripperChanges += 1 }
    default: return false
    }
    return true
  }

  func seek(to share: Double) {}

  /// Drops the episode under way, and gathers those that are kept.
  func close() throws -> RunSummary? {
    pace.change { $0.wish = .quit }
    // A policy that hangs is left behind.
    _ = ended.wait(timeout: .now() + 20)
    guard let store = setup.store else { return nil }
    try store.finish()
    return try RecordedRun(store.directory).writeSummary()
  }
}
