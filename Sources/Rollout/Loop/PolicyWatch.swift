internal import Synchronization

/// Lets another thread see how long a policy has been thinking. Never consulted by the loop itself.
public final class PolicyWatch: Sendable {
  private let entered = Mutex<ContinuousClock.Instant?>(nil)

  public init() {}

  func enter() { entered.withLock { $0 = .now } }
  func leave() { entered.withLock { $0 = nil } }

  /// Seconds since the call under way began, or nil if the policy is not being called.
  var secondsInCall: Double? { entered.withLock { $0?.secondsSince } }
}
