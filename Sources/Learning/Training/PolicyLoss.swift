internal import RehearsalCore

/// What is minimized over a batch, and its parts.
public struct Losses: Hashable, Sendable {
  /// All that is minimized.
  public var total = 0.0
  /// Of the action chunks.
  public var action = 0.0
  /// Of where the named things are.
  public var grounding = 0.0
  /// Share of first actions within 0.1 of the demonstrated ones in every element.
  public var within = 0.0
  private var count = 0.0

  public init() {}

  mutating func add(_ other: Losses, weight: Double = 1) {
    total += other.total * weight
    action += other.action * weight
    grounding += other.grounding * weight
    within += other.within * weight
    count += weight
  }

  var mean: Losses {
    var result = Losses()
    guard count > 0 else { return result }
    (result.total, result.action, result.grounding, result.within) =
      (total / count, action / count, grounding / count, within / count)
    return result
  }
}

struct PolicyLoss {
  let plan: TrainingPlan
  private static let confidenceWeight = 0.02
  /// Mean squared error of a chunk that makes a hypothesis e times less likely than another.
  private static let leastSpread = 0.004

  func measure(_ network: SmallPolicy, _ output: SmallPolicy.Output, _ batch: Batch) -> (loss: Tensor, losses: Losses) {
    var losses = Losses()
    var loss = actionLoss(output.actions, batch)
    losses.action = Double(loss.scalar)
    if let (actions, choice) = output.hypotheses { loss = mixtureLoss(actions, choice, batch) }
    let hits = Self.hits(output.actions, batch.actions)
    losses.within = Double(hits.reduce(0, +)) / Double(hits.count)
    loss = loss + output.confidence.binaryCrossEntropy(Tensor(hits, shape: [hits.count, 1])) * Self.confidenceWeight
    if plan.groundingWeight > 0, let target = batch.grounding {
      var grounding = groundingLoss(output, target)
      for (camera, things) in batch.things.enumerated() {
        let logits = network.kinds(camera, output, at: things.places)
        grounding = grounding + kindLoss(logits, things, network.configuration.kinds)
      }
      losses.grounding = Double(grounding.scalar)
      loss = loss + grounding * plan.groundingWeight
    }
    losses.total = Double(loss.scalar)
    return (loss, losses)
  }

  /// Averaged over the steps that the demonstrations reach.
  private func actionLoss(_ actions: Tensor, _ batch: Batch) -> Tensor {
    let reached = batch.reach.values.reduce(0, +)
    let scale = Double(batch.reach.count) / Double(max(reached, 1))
    let (predicted, wanted) = (actions * batch.reach, batch.actions * batch.reach)
    switch plan.loss {
    case .meanSquaredError: return predicted.meanSquaredError(wanted) * scale
    case .huber(let delta): return predicted.huberLoss(wanted, delta: delta) * scale
    }
  }

  /// Negative log-likelihood of a mixture, as expectation maximization has it: each hypothesis answers for the samples
  /// that it explains better than the others.
  func mixtureLoss(_ actions: Tensor, _ choice: Tensor, _ batch: Batch) -> Tensor {
    let (samples, count, chunk, width) = (actions.shape[0], actions.shape[1], actions.shape[2], actions.shape[3])
    let reach = batch.reach.reshaped(samples, 1, chunk, 1)
    let difference = (actions - batch.actions.reshaped(samples, 1, chunk, width)) * reach
    let reached = reach.sum(2) * Double(width)
    let errors = (difference * difference).reshaped(samples, count, chunk * width).sum(2) / reached.reshaped(samples, 1)
    let odds = choice.logSoftmax(-1)
    let spread = Self.spread(errors.detached().values, count)
    let shares = (odds - errors * (1 / spread)).softmax(-1).detached()
    return (shares * (errors - odds * spread)).sum() * (1 / Double(samples))
  }

  /// How far apart chunks are that are told apart: as far as the nearest hypotheses are from the answers, so that all of
  /// them learn together at first and part as they learn (deterministic annealing, Rose, 1998), down to `leastSpread`.
  private static func spread(_ errors: [Float], _ hypotheses: Int) -> Double {
    let samples = errors.count / hypotheses
    let least = (0..<samples).reduce(0.0) { sum, sample in
      sum + Double(errors[(sample * hypotheses)..<((sample + 1) * hypotheses)].min()!)
    }
    return max(leastSpread, least / Double(samples) / 4)
  }

  /// 1 where every element of the first action is within 0.1.
  private static func hits(_ actions: Tensor, _ wanted: Tensor) -> [Float] {
    let (batch, width) = (actions.shape[0], actions.shape[2])
    let errors = (actions.detached() - wanted).slice(1, from: 0, count: 1).abs().values
    return (0..<batch).map { row in errors[(row * width)..<((row + 1) * width)].allSatisfy { $0 < 0.1 } ? 1 : 0 }
  }

  /// Cross-entropy of shapes and of colours.
  private func kindLoss(_ logits: Tensor, _ target: ThingTarget, _ kinds: ThingKinds) -> Tensor {
    [(0, kinds.shapes.count), (kinds.shapes.count, kinds.colors.count)].map { first, count in
      (logits.slice(-1, from: first, count: count).logSoftmax(-1) * target.kinds.slice(-1, from: first, count: count))
        .sum()
    }.reduce(Tensor(repeating: 0, shape: []), +) * (-0.1 / Double(max(target.count, 1)))
  }

  /// Cross-entropy of the attention maps, error of the places read from them, presence in view, and error of the offsets.
  ///
  /// Places and offsets count by Huber's loss (1964): in proportion where they are far off, so that words that are not
  /// understood yet do not drown the last centimetre, on which it hangs whether a block comes to rest on another.
  private func groundingLoss(_ output: SmallPolicy.Output, _ target: GroundingTarget) -> Tensor {
    // Of samples and slots.
    let rows = Double(target.visible[0].count)
    var loss = (output.offsets * target.known).huberLoss(target.offsets * target.known, delta: 0.1) * 5
    for (camera, logits) in output.sightings.enumerated() {
      let surprise = (logits.logSoftmax(-1) * target.cells[camera]).sum() * (-0.1 / rows)
      let presence = (output.visibilities[camera]).binaryCrossEntropy(target.visible[camera]) * 0.1
      let aside = (output.places[camera] * target.placed[camera])
        .huberLoss(target.places[camera] * target.placed[camera], delta: 0.05)
      loss = loss + surprise + presence + aside * 20
    }
    return loss
  }
}
