import RehearsalCore

/// Turns action chunks into one action a control step: receding horizon, and latency in whole ticks.
struct ActionScheduler {
  private let count: Int
  private let latencyTicks: Int
  private let executedActions: Int?
  private var queue: [[Double]] = []
  /// Executed while nothing has arrived yet.
  private var hold: [Double]

  init(plan: ExperimentPlan) {
    count = plan.actionSpace.count
    latencyTicks = plan.latencyTicks
    executedActions = plan.executedActions
    hold = Array(repeating: 0, count: count)
  }

  /// Forgets what was planned: a new command begins. Until its first action arrives, `hold` is executed.
  mutating func restart(hold: [Double]) {
    self.hold = hold
    queue = Array(repeating: hold, count: latencyTicks)
  }

  /// The action of this tick; asks `policy` when what it planned has run out.
  mutating func next(_ observation: @autoclosure () throws -> Observation, _ policy: any Policy) throws -> [Double] {
    if queue.count <= latencyTicks {
      let chunk = try policy.act(observation())
      try check(chunk)
      queue.append(contentsOf: chunk.actions.prefix(executedActions ?? chunk.actions.count))
    }
    return queue.removeFirst()
  }

  private func check(_ chunk: ActionChunk) throws(PolicyFault) {
    guard !chunk.actions.isEmpty else { throw .wrongShape(expected: count, got: 0) }
    for action in chunk.actions {
      guard action.count == count else { throw .wrongShape(expected: count, got: action.count) }
      if let index = action.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(index: index) }
    }
  }
}

/// What is wrong with an action chunk.
enum PolicyFault: Error {
  case wrongShape(expected: Int, got: Int)
  case nonFinite(index: Int)

  var reason: EpisodeOutcome.FailureReason {
    switch self {
    case .wrongShape(let expected, let got): .policyReturnedWrongShape(expected: expected, got: got)
    case .nonFinite(let index): .policyReturnedNonFinite(index: index)
    }
  }
}
