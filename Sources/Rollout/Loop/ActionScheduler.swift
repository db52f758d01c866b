import func Foundation.exp
import RehearsalCore

/// Turns action chunks into one action a control step: receding horizon or temporal ensembling, and latency in whole
/// ticks.
struct ActionScheduler {
  private let latencyTicks: Int
  private let executedActions: Int?
  private var ensemble: TemporalEnsemble?
  /// Nil where the policy had no answer.
  private var queue: [[Double]?] = []

  init(plan: ExperimentPlan) {
    latencyTicks = plan.latencyTicks
    executedActions = plan.executedActions
    ensemble = plan.temporalEnsembling.map(TemporalEnsemble.init(decay:))
  }

  /// Forgets what was planned: a new command begins. Until its first action arrives, `hold` is executed.
  mutating func restart(hold: [Double]) {
    queue = Array(repeating: hold, count: latencyTicks)
    ensemble?.forget()
  }

  /// The action of this tick, or nil if the policy had none for it; asks the policy when what it planned has run out.
  mutating func next(_ ask: () throws -> ActionChunk) throws -> [Double]? {
    if queue.count <= latencyTicks {
      let chunk = try ask()
      if ensemble != nil {
        queue.append(ensemble!.mean(with: chunk))
      } else {
        queue += chunk.actions.prefix(executedActions ?? chunk.actions.count).map(Optional.some)
      }
    }
    return queue.removeFirst()
  }

  /// The action of this tick, where `next` has thrown: the policy's answer is missing when its time comes.
  mutating func skip() -> [Double]? {
    queue.append(nil)
    ensemble?.skip()
    return queue.removeFirst()
  }
}

/// Averages what all chunks still under way say of a tick, with weights exp(−decay · i), i = 0 the oldest (ACT, Zhao et
/// al., 2023). The policy is asked at every tick.
struct TemporalEnsemble {
  let decay: Double
  /// What each has left to say, oldest first; the first of each is for the coming tick.
  private var chunks: [ArraySlice<[Double]>] = []

  init(decay: Double) { self.decay = decay }

  mutating func forget() { chunks = [] }

  /// A tick without an answer.
  mutating func skip() { chunks = chunks.map { $0.dropFirst() }.filter { !$0.isEmpty } }

  mutating func mean(with chunk: ActionChunk) -> [Double] {
    chunks.append(chunk.actions[...])
    var (sum, total) = (Array(repeating: 0.0, count: chunk.actions[0].count), 0.0)
    for (age, actions) in chunks.enumerated() {
      let weight = exp(-decay * Double(age))
      total += weight
      for (index, value) in actions[actions.startIndex].enumerated() { sum[index] += weight * value }
    }
    skip()
    return sum.map { $0 / total }
  }
}
