public import RehearsalCore

/// Where a run's wall time went. Measured, so never the same twice, and no part of `summary.json`.
public struct TimingSummary: Hashable, Sendable {
  /// Milliseconds a control step, of one worker.
  public let physics: Double
  public let render: Double
  public let policy: Double
  public let record: Double
  /// Control steps a second, of one worker.
  public let stepsPerSecond: Double

  /// Nil if no step was taken.
  public init?(records: [EpisodeRecord]) {
    let steps = Double(records.reduce(0) { $0 + $1.steps })
    let total = records.reduce(0) { $0 + $1.timing.total }
    guard steps > 0, total > 0 else { return nil }
    func milliseconds(_ part: KeyPath<EpisodeTiming, Double>) -> Double {
      1000 * records.reduce(0) { $0 + $1.timing[keyPath: part] } / steps
    }
    physics = milliseconds(\.physics)
    render = milliseconds(\.render)
    policy = milliseconds(\.policy)
    record = milliseconds(\.record)
    stepsPerSecond = steps / total
  }
}
