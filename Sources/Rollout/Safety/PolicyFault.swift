import RehearsalCore

/// Why a decision cannot be carried out.
enum PolicyFault: Error, Hashable {
  /// What the policy would have been shown is broken.
  case badInput(String)
  case threw(message: String)
  case wrongShape(expected: Int, got: Int)
  case nonFinite(index: Int)
  case oversize(index: Int)

  /// How the episode ends if nothing stands in for the policy. A broken observation is not its fault.
  var outcome: EpisodeOutcome {
    switch self {
    case .badInput(let problem): .invalid(reason: "bad observation: \(problem)")
    case .threw(let message): .failure(.policyThrew(message: message))
    case .wrongShape(let expected, let got): .failure(.policyReturnedWrongShape(expected: expected, got: got))
    case .nonFinite(let index): .failure(.policyReturnedNonFinite(index: index))
    case .oversize(let index): .failure(.policyReturnedOversize(index: index))
    }
  }

  /// Where faults like this one are counted.
  var count: WritableKeyPath<SafetyCounts.Faults, Int> {
    switch self {
    case .badInput: \.badInput
    case .threw: \.threw
    case .wrongShape: \.wrongShape
    case .nonFinite: \.nonFinite
    case .oversize: \.oversize
    }
  }
}
