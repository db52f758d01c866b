import RehearsalCore

/// Turns action chunks into one action a control step: receding horizon, and latency in whole ticks.
struct ActionScheduler {
  private let latencyTicks: Int
  private let executedActions: Int?
  /// Nil where the policy had no answer.
  private var queue: [[Double]?] = []

  init(plan: ExperimentPlan) {
    latencyTicks = plan.latencyTicks
    executedActions = plan.executedActions
  }

  /// Forgets what was planned: a new command begins. Until its first action arrives, `hold` is executed.
  mutating func restart(hold: [Double]) {
    queue = Array(repeating: hold, count: latencyTicks)
  }

  /// The action of this tick, or nil if the policy had none for it; asks the policy when what it planned has run out.
  mutating func next(_ ask: () throws -> ActionChunk) throws -> [Double]? {
    if queue.count <= latencyTicks {
      let chunk = try ask()
      queue += chunk.actions.prefix(executedActions ?? chunk.actions.count).map(Optional.some)
    }
    return queue.removeFirst()
  }

  /// The action of this tick, where `next` has thrown: the policy's answer is missing when its time comes.
  mutating func skip() -> [Double]? {
    queue.append(nil)
    return queue.removeFirst()
  }
}
