import RehearsalCore

/// Tells actions that are unlike those before them in the episode: an element further than three standard deviations
/// from its mean. An anomalous element enters the statistics as well, so that a lasting change is soon the rule.
struct AnomalyDetector {
  private static let threshold = 3.0
  /// Before so many actions nothing is called an anomaly.
  private static let fewest = 30
  /// An element that never moved has a standard deviation of 0; a change of less than 3 times this is no anomaly.
  private static let leastDeviation = 0.05

  private var elements: [RunningStatistics]
  private(set) var counts = SafetyCounts.Anomalies()

  init(count: Int) {
    elements = Array(repeating: RunningStatistics(), count: count)
    counts.perElement = Array(repeating: 0, count: count)
  }

  mutating func add(_ action: [Double]) {
    var isAnomalous = false
    for (index, value) in action.enumerated() {
      let known = elements[index]
      let distance = abs(value - known.mean) / max(known.standardDeviation, Self.leastDeviation)
      if known.count >= Self.fewest, distance > Self.threshold {
        counts.perElement[index] += 1
        isAnomalous = true
      }
      elements[index].add(value)
    }
    if isAnomalous { counts.steps += 1 }
  }
}
