import RehearsalCore

/// Whether an action chunk can be carried out.
struct OutputCheck {
  /// Of an action.
  let count: Int
  /// See `SafetyPlan.largestElement`.
  let largestElement: Double?

  func check(_ chunk: ActionChunk) throws(PolicyFault) {
    guard !chunk.actions.isEmpty else { throw .wrongShape(expected: count, got: 0) }
    for action in chunk.actions {
      guard action.count == count else { throw .wrongShape(expected: count, got: action.count) }
      if let index = action.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(index: index) }
      if let largestElement, let index = action.firstIndex(where: { abs($0) > largestElement }) {
        throw .oversize(index: index)
      }
    }
  }
}
