/// Running sums over pairs of a predicted and a demonstrated action; every figure is a function of them.
public struct ActionErrors: Hashable, Sendable {
  /// Success is an error of at most this in every dimension; actions are within −1…1.
  public static let tolerance = 0.1
  /// Equal bins of −1…1 in which coverage is counted.
  public static let bins = 20

  /// Pairs that count.
  public private(set) var pairs = 0
  /// Predictions with an element that is not finite; they count in no figure.
  public private(set) var notFinite = 0
  private var dimensions: [Dimension]
  private var successes = 0
  private var cosines = Mean()
  private var confidences = Mean()

  init(dimensions: Int) { self.dimensions = Array(repeating: Dimension(), count: dimensions) }

  /// Takes in one pair of actions of the same length, and how sure the policy was, 0…1, if it says.
  mutating func add(predicted: [Double], demonstrated: [Double], confidence: Double?) {
    guard predicted.allSatisfy(\.isFinite) else {
      notFinite += 1
      return
    }
    pairs += 1
    for index in dimensions.indices { dimensions[index].add(predicted[index], demonstrated[index]) }
    let isNear = zip(predicted, demonstrated).allSatisfy { abs($0 - $1) <= Self.tolerance }
    successes += isNear ? 1 : 0
    if let cosine = Self.cosine(predicted, demonstrated) { cosines.add(cosine) }
    if let confidence { confidences.add(confidence) }
  }

  private static func cosine(_ a: [Double], _ b: [Double]) -> Double? {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let lengths = (dot(a, a) * dot(b, b)).squareRoot()
    return lengths > 0 ? dot(a, b) / lengths : nil
  }

  // MARK: Figures

  /// Mean of the squared errors of all dimensions of all pairs; nil without pairs, as all figures are.
  public var meanSquaredError: Double? { mean(\.squared) }
  public var meanAbsoluteError: Double? { mean(\.absolute) }
  /// Mean over pairs of a · b / (|a| |b|), −1…1; pairs with a zero action have none and are left out.
  public var cosineSimilarity: Double? { cosines.value }
  /// Share of pairs in which every dimension is within the tolerance.
  public var success: Double? { pairs > 0 ? Double(successes) / Double(pairs) : nil }
  /// Mean of the dimensions' coverages.
  public var coverage: Double? {
    pairs > 0 ? (0..<dimensions.count).reduce(0) { $0 + coverage(of: $1)! } / Double(dimensions.count) : nil
  }
  /// Over the pairs for which the policy gave one.
  public var meanConfidence: Double? { confidences.value }

  public func meanSquaredError(of dimension: Int) -> Double? { mean(dimensions[dimension].squared) }
  public func meanAbsoluteError(of dimension: Int) -> Double? { mean(dimensions[dimension].absolute) }
  /// Share of pairs in which this dimension is within the tolerance.
  public func success(of dimension: Int) -> Double? { mean(Double(dimensions[dimension].near)) }
  /// Share of the bins with a demonstrated action in which a predicted one lies too: 1 where the policy goes wherever
  /// the demonstrations go, little where it always does much the same. Beyond −1…1 counts to the outer bins.
  public func coverage(of dimension: Int) -> Double? {
    let (predicted, demonstrated) = (dimensions[dimension].predicted, dimensions[dimension].demonstrated)
    return pairs > 0
      ? Double(predicted.intersection(demonstrated).count) / Double(demonstrated.count) : nil
  }

  private func mean(_ sum: Double) -> Double? { pairs > 0 ? sum / Double(pairs) : nil }

  private func mean(_ sum: KeyPath<Dimension, Double>) -> Double? {
    mean(dimensions.reduce(0) { $0 + $1[keyPath: sum] } / Double(dimensions.count))
  }

  /// Sums of one dimension.
  private struct Dimension: Hashable, Sendable {
    var squared = 0.0
    var absolute = 0.0
    var near = 0
    var predicted: Set<Int> = []
    var demonstrated: Set<Int> = []

    mutating func add(_ prediction: Double, _ truth: Double) {
      let error = abs(prediction - truth)
      squared += error * error
      absolute += error
      near += error <= ActionErrors.tolerance ? 1 : 0
      predicted.insert(Self.bin(prediction))
      demonstrated.insert(Self.bin(truth))
    }

    private static func bin(_ value: Double) -> Int {
      let place = (min(max(value, -1), 1) + 1) / 2 * Double(ActionErrors.bins)
      return min(Int(place), ActionErrors.bins - 1)
    }
  }

  /// Of what was added; nil without any.
  private struct Mean: Hashable, Sendable {
    private var sum = 0.0
    private var count = 0
    mutating func add(_ value: Double) {
      sum += value
      count += 1
    }
    var value: Double? { count > 0 ? sum / Double(count) : nil }
  }
}
