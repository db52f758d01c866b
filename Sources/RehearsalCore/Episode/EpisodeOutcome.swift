/// How an episode, or one command of it, ended.
public enum EpisodeOutcome: Hashable, Sendable {
  case success
  /// The policy's fault, or the world's: dropped the cup, returned NaN.
  case failure(FailureReason)
  /// The step budget ran out.
  case timeLimit
  /// The harness's or the simulator's fault: not the policy's, and not counted in its rate.
  case invalid(reason: String)

  public enum FailureReason: Hashable, Sendable {
    case policyThrew(message: String)
    case policyReturnedNonFinite(index: Int)
    case policyReturnedWrongShape(expected: Int, got: Int)
    /// An element beyond `SafetyPlan.largestElement`, where no fallback stands in.
    case policyReturnedOversize(index: Int)
    case policyHung(afterSeconds: Double)
    /// So many faulty decisions in a row.
    case emergencyStop(afterFaults: Int)
    /// The robot tipped over or left the scene.
    case robotLost
    /// A body that the command needs fell out of reach.
    case targetLost

    public var name: String {
      switch self {
      case .policyThrew: "policyThrew"
      case .policyReturnedNonFinite: "policyReturnedNonFinite"
      case .policyReturnedWrongShape: "policyReturnedWrongShape"
      case .policyReturnedOversize: "policyReturnedOversize"
      case .policyHung: "policyHung"
      case .emergencyStop: "emergencyStop"
      case .robotLost: "robotLost"
      case .targetLost: "targetLost"
      }
    }

    public var message: String {
      switch self {
      case .policyThrew(let message): "the policy threw: \(message)"
      case .policyReturnedNonFinite(let index): "action element \(index) is not a finite number"
      case .policyReturnedWrongShape(let expected, let got): "the action has \(got) elements, not \(expected)"
      case .policyReturnedOversize(let index): "action element \(index) is far outside [−1, 1]"
      case .policyHung(let seconds): "the policy did not answer within \(seconds) s"
      case .emergencyStop(let faults): "emergency stop after \(faults) faulty decisions in a row"
      case .robotLost: "the robot tipped over or left the scene"
      case .targetLost: "a body that the command needs fell out of reach"
      }
    }
  }

  /// `success`, `failure`, `timeLimit` or `invalid`.
  public var kind: String {
    switch self {
    case .success: "success"
    case .failure: "failure"
    case .timeLimit: "timeLimit"
    case .invalid: "invalid"
    }
  }

  public var isSuccess: Bool { self == .success }

  public var isInvalid: Bool { if case .invalid = self { true } else { false } }
}
