/// A 95 % confidence interval of a success rate (Wilson, J. Am. Stat. Assoc. 22, 1927): sensible for few trials and for
/// rates of 0 and 1.
public struct WilsonInterval: Hashable, Sendable {
  public let low: Double
  public let high: Double

  /// Nil if there were no trials.
  public init?(successes: Int, of trials: Int) {
    precondition(0...max(trials, 0) ~= successes, "\(successes) successes of \(trials)")
    if trials == 0 { return nil }
    let (n, rate, z) = (Double(trials), Double(successes) / Double(trials), 1.959963984540054)
    let denominator = 1 + z * z / n
    let center = (rate + z * z / (2 * n)) / denominator
    let half = z * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot() / denominator
    // Exact at the ends, where rounding would leave a trace.
    low = successes == 0 ? 0 : center - half
    high = successes == trials ? 1 : center + half
  }
}
