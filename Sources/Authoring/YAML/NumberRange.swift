/// Which numbers a key accepts, and how to say so.
struct NumberRange {
  var minimum = -Double.infinity
  var maximum = Double.infinity
  /// Whether `minimum` itself is excluded.
  var excludesMinimum = false

  static let any = NumberRange()
  static let positive = NumberRange(minimum: 0, excludesMinimum: true)
  static let notNegative = NumberRange(minimum: 0)
  static let fraction = NumberRange(minimum: 0, maximum: 1)

  static func between(_ minimum: Double, _ maximum: Double) -> NumberRange {
    NumberRange(minimum: minimum, maximum: maximum)
  }
  static func atLeast(_ minimum: Double) -> NumberRange { NumberRange(minimum: minimum) }

  func contains(_ value: Double) -> Bool {
    (excludesMinimum ? value > minimum : value >= minimum) && value <= maximum
  }

  /// Such as `must be greater than 0`.
  var requirement: String {
    let low = minimum.written
    if maximum < .infinity { return "must be between \(low) and \(maximum.written)" }
    return excludesMinimum ? "must be greater than \(low)" : "must be at least \(low)"
  }

  /// What stands in for a faulty value so that reading can go on: a number in the range.
  var placeholder: Double {
    if minimum > -.infinity { return maximum < .infinity ? maximum : minimum + 1 }
    return min(0, maximum)
  }
}

extension Double {
  /// Without a needless `.0`.
  var written: String {
    self == rounded() && abs(self) < 1e15 ? String(Int64(self)) : String(self)
  }
}
