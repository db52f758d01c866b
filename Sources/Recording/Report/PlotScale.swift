internal import Foundation

/// Round numbers for axes.
enum PlotScale {
  /// The largest of 1, 2, 5 · 10ⁿ that divides `span` into at least `count` parts.
  static func step(span: Double, count: Int) -> Double {
    guard span > 0 else { return 1 }
    let raw = span / Double(count)
    let power = pow(10, floor(log10(raw)))
    return power * ([5, 2, 1].first { $0 * power <= raw * 1.0000001 } ?? 1)
  }

  /// The multiples of `step` within `range`.
  static func ticks(in range: ClosedRange<Double>, step: Double) -> [Double] {
    let (first, last) = (ceil(range.lowerBound / step - 1e-9), floor(range.upperBound / step + 1e-9))
    return first <= last ? stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step } : []
  }

  /// From the least to the greatest finite number, never empty.
  static func range(of values: some Sequence<Double>) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let margin = high - low > 1e-9 ? 0 : max(abs(high) * 0.1, 0.5)
    return (low - margin)...(high + margin)
  }
}
