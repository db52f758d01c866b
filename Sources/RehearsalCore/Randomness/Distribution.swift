internal import Foundation

/// How a randomized number is drawn.
public enum Distribution: Hashable, Sendable {
  case constant(Double)
  /// Uniform in [low, high].
  case uniform(Double, Double)
  /// Normal, cut at three standard deviations so that no draw is absurd.
  case normal(mean: Double, standardDeviation: Double)
  case choice([Double])

  public func sample(_ stream: inout SeedStream) -> Double {
    switch self {
    case .constant(let value): return value
    case .uniform(let low, let high): return stream.uniform(low, high)
    case .choice(let values): return values[stream.index(below: values.count)]
    case .normal(let mean, let deviation):
      // Box–Muller; one of the pair is thrown away so that a draw never depends on the draw before it.
      let radius = (-2 * log(1 - stream.unit())).squareRoot()
      let standard = radius * cos(2 * .pi * stream.unit())
      return mean + deviation * min(max(standard, -3), 3)
    }
  }

  /// The smallest and largest value that can be drawn.
  public var bounds: ClosedRange<Double> {
    switch self {
    case .constant(let value): value...value
    case .uniform(let low, let high): low...high
    case .choice(let values): values.min()!...values.max()!
    case .normal(let mean, let deviation): (mean - 3 * deviation)...(mean + 3 * deviation)
    }
  }
}
