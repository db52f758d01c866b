import RehearsalCore

extension JointModel {
  /// Its limits, or a whole turn.
  var range: ClosedRange<Double> { limits ?? -.pi ... .pi }
}

/// A joint's range as an action spans it.
extension ClosedRange<Double> {
  /// The action's element, −1…1 from end to end, that asks for `position`.
  func element(of position: Double) -> Double { 2 * (position - lowerBound) / (upperBound - lowerBound) - 1 }

  /// The position that an action's `element` asks for.
  func position(of element: Double) -> Double { lowerBound + (upperBound - lowerBound) * (element + 1) / 2 }
}
