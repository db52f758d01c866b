/// Mean and standard deviation of numbers that come one at a time (Welford, Technometrics 4, 1962).
struct RunningStatistics {
  private(set) var count = 0
  private(set) var mean = 0.0
  private var squares = 0.0

  /// Of the population; 0 before the second number.
  var standardDeviation: Double { count > 1 ? (squares / Double(count)).squareRoot() : 0 }

  mutating func add(_ value: Double) {
    count += 1
    let before = value - mean
    mean += before / Double(count)
    squares += before * (value - mean)
  }
}
