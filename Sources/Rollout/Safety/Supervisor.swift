import RehearsalCore

/// Stands between a policy and the robot for one episode: checks what goes in and comes out, counts faults, limits
/// actions, and keeps watch over times and anomalies. Times are measured and never consulted.
struct Supervisor {
  private let plan: SafetyPlan
  private let inputs: InputCheck
  private let outputs: OutputCheck
  private let limiter: ActionLimiter
  private var anomalies: AnomalyDetector
  private var faultsInARow = 0
  private var counted = SafetyCounts()
  /// Seconds by call of the policy.
  private(set) var decisions: [Double] = []
  private var confidence = RunningStatistics()

  init(plan: ExperimentPlan, inputs: InputCheck) {
    self.plan = plan.safety
    self.inputs = inputs
    outputs = OutputCheck(count: plan.actionSpace.count, largestElement: plan.safety.largestElement)
    limiter = ActionLimiter(plan: plan)
    anomalies = AnomalyDetector(count: plan.actionSpace.count)
  }

  /// What safety and monitoring have seen so far.
  var counts: SafetyCounts {
    var counts = counted
    counts.anomalies = anomalies.counts
    return counts
  }

  /// Of the policy in its answers so far; nil where it says nothing of the kind.
  var meanConfidence: Double? { confidence.count > 0 ? confidence.mean : nil }

  /// Set once faults have come too often in a row: the robot holds, and the episode is over.
  var emergencyStop: EpisodeOutcome.FailureReason? {
    guard let limit = plan.emergencyStopFaults, faultsInARow >= limit else { return nil }
    return .emergencyStop(afterFaults: faultsInARow)
  }

  /// The policy's answer to `observation`, checked on both sides.
  mutating func ask(_ policy: any Policy, _ observation: Observation) throws -> ActionChunk {
    if plan.checksInputs { try inputs.check(observation) }
    let chunk = try timed { try policy.act(observation) }
    try outputs.check(chunk)
    faultsInARow = 0
    if let sure = chunk.confidence { confidence.add(sure) }
    return chunk
  }

  private mutating func timed(_ body: () throws -> ActionChunk) rethrows -> ActionChunk {
    let begin = ContinuousClock.now
    // Whole microseconds: the journal stays small.
    defer { decisions.append((begin.secondsSince * 1e6).rounded() / 1e6) }
    return try body()
  }

  /// Whether the fallback stands in for the decision that `fault` spoiled; otherwise the episode ends.
  mutating func absorbs(_ fault: PolicyFault) -> Bool {
    if case .badInput = fault {} else if plan.largestElement == nil { return false }
    counted.faults[keyPath: fault.count] += 1
    guard plan.fallsBack else { return false }
    faultsInARow += 1
    return true
  }

  /// The fallback is executed for one step.
  mutating func noteFallback() { counted.fallbacks += 1 }

  /// `action` as the policy gave it, held to the limits.
  mutating func limited(_ action: [Double], in situation: ActionLimiter.Situation) -> [Double] {
    anomalies.add(action)
    if plan.largestElement != nil, action.contains(where: { abs($0) > 1 + SafetyPlan.tolerance }) {
      counted.clamps.magnitude += 1
    }
    var action = action
    if limiter.holdSpeeds(&action) { counted.clamps.velocity += 1 }
    if limiter.holdWorkspace(&action, situation) { counted.clamps.workspace += 1 }
    return action
  }
}
