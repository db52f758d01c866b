internal import RehearsalCore

/// How much a success rate changed on the same episodes, with a 95 % confidence interval (Newcombe, Stat. Med. 17, 1998,
/// pp. 2635–2650, method 10: Wilson's intervals of the two rates, combined with their correlation).
public struct PairedDifference: Hashable, Sendable {
  /// Episodes that count in both conditions.
  public let pairs: Int
  /// Rate under the condition less the rate in the reference, −1…1.
  public let difference: Double
  public let low: Double
  public let high: Double

  /// From the outcomes of each episode; nil if there are none.
  init?(_ outcomes: [(reference: Bool, condition: Bool)]) {
    let total = outcomes.count
    if total == 0 { return nil }
    let both = outcomes.count { $0.condition && $0.reference }
    let gained = outcomes.count { $0.condition && !$0.reference }
    let lost = outcomes.count { !$0.condition && $0.reference }
    let neither = total - both - gained - lost
    let (first, second) = (Arm(both + gained, of: total), Arm(both + lost, of: total))
    let phi = Self.correlation(both, gained, lost, neither)
    func combined(_ a: Double, _ b: Double) -> Double { max(a * a - 2 * phi * a * b + b * b, 0).squareRoot() }
    pairs = total
    difference = first.rate - second.rate
    low = difference - combined(first.below, second.above)
    high = difference + combined(first.above, second.below)
  }

  /// One rate, and how far its interval reaches below and above it.
  private struct Arm {
    let rate: Double
    let below: Double
    let above: Double

    init(_ successes: Int, of total: Int) {
      let interval = WilsonInterval(successes: successes, of: total)!
      rate = Double(successes) / Double(total)
      below = rate - interval.low
      above = interval.high - rate
    }
  }

  /// Newcombe's φ: that of the fourfold table, its numerator corrected for continuity where it is positive.
  private static func correlation(_ both: Int, _ gained: Int, _ lost: Int, _ neither: Int) -> Double {
    let margins = Double((both + gained) * (lost + neither)) * Double((both + lost) * (gained + neither))
    if margins == 0 { return 0 }
    let covariance = Double(both * neither - gained * lost)
    let half = Double(both + gained + lost + neither) / 2
    return (covariance > 0 ? max(covariance - half, 0) : covariance) / margins.squareRoot()
  }

  var json: JSON {
    ["pairs": .integer(pairs), "difference": .number(difference), "ci95": [.number(low), .number(high)]]
  }
}
