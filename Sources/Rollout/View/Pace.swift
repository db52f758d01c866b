import Foundation
import Synchronization

/// What the person who watches wants of the episode under way.
enum EpisodeWish: Hashable, Sendable {
  /// Drop it and begin it anew.
  case again
  /// Go on to the next one.
  case next
  /// Stop altogether.
  case quit
}

/// Thrown out of an episode that is not to go on.
struct EpisodeAbandoned: Error, CustomStringConvertible {
  var description: String { "abandoned by the person who watches" }
}

/// When the next control step is due: real time times a speed, unless paused.
struct PaceRule: Sendable {
  var speed = PlaySpeed()
  var isPaused = false
  /// Steps to take while paused.
  var singleSteps = 0
  /// Up to this tick, or to the episode's end if that comes first, nothing waits; there it pauses.
  var rushTo: Int?
  var wish: EpisodeWish?
  private var due: ContinuousClock.Instant?

  enum Decision: Hashable { case go, wait(until: ContinuousClock.Instant?), abandon }

  init() {}

  /// Whether step `tick` may be taken at `now`; `period` is the control period. After `go` the next step is due later.
  mutating func decide(tick: Int, period: Duration, at now: ContinuousClock.Instant) -> Decision {
    if wish != nil { return .abandon }
    if let goal = rushTo {
      if tick < goal { return .go }
      endRush()
    }
    if isPaused {
      due = nil
      guard singleSteps > 0 else { return .wait(until: nil) }
      singleSteps -= 1
      return .go
    }
    let target = due ?? now
    if now < target { return .wait(until: target) }
    // What was missed is not made up for: after a slow step time goes on from now.
    let interval = period / speed.factor
    due = (target + interval * 4 < now ? now : target) + interval
    return .go
  }
}

extension PaceRule {
  /// Pauses where there was a hurry to get to.
  mutating func endRush() {
    guard rushTo != nil else { return }
    rushTo = nil
    isPaused = true
  }
}

/// Holds the simulation's thread to a `PaceRule` that another thread changes.
final class Pace: Sendable {
  private let rule: Mutex<PaceRule>
  private let changed = DispatchSemaphore(value: 0)

  init(_ rule: PaceRule = PaceRule()) { self.rule = Mutex(rule) }

  func change(_ body: (inout PaceRule) -> Void) {
    rule.withLock { body(&$0) }
    changed.signal()
  }

  var current: PaceRule { rule.withLock { $0 } }

  /// Returns when step `tick` is due; throws `EpisodeAbandoned` if there is to be none.
  func wait(tick: Int, period: Duration) throws {
    while true {
      switch rule.withLock({ $0.decide(tick: tick, period: period, at: .now) }) {
      case .go: return
      case .abandon: throw EpisodeAbandoned()
      case .wait(let instant): sleep(until: instant)
      }
    }
  }

  /// Shows the end of an episode for `seconds`, not counting pauses, or, if nil, until there is a wish; returns it.
  func rest(seconds: Double?) -> EpisodeWish? {
    var left = seconds ?? .infinity
    while left > 0 {
      let now = current
      if now.wish != nil { break }
      if now.singleSteps > 0 {
        change { $0.singleSteps = 0 }
        break
      }
      let begin = ContinuousClock.now
      sleep(until: begin + .milliseconds(50))
      if !now.isPaused { left -= begin.secondsSince * now.speed.factor }
    }
    return takeWish()
  }

  func takeWish() -> EpisodeWish? {
    rule.withLock { rule in
      // Quitting is for good.
      defer { if rule.wish != .quit { rule.wish = nil } }
      return rule.wish
    }
  }

  private func sleep(until instant: ContinuousClock.Instant?) {
    guard let instant else { return changed.wait() }
    let (seconds, attoseconds) = (instant - ContinuousClock.now).components
    _ = changed.wait(timeout: .now() + Double(seconds) + Double(attoseconds) * 1e-18)
  }
}
