import Authoring
import Foundation
import Learning
import Recording
import RehearsalCore

/// Trains a policy on demonstrations, asking at times how it does in the loop.
///
/// A training's directory holds `policy.safetensors` (the best so far in the loop), `latest.safetensors`,
/// `state.safetensors` (to continue from), `report.html`, `evaluations/` and
/// `rollouts/`.
public final class TrainingRun {
  private let request: TrainingRequest
  private var plan: TrainingPlan { request.plan }
  private let interface: PolicyInterface
  private let report: (String) -> Void
  private let trainer: Trainer
  private var history: [EpochRecord] = []
  /// Success rate of what `policy.safetensors` holds.
  private var best: Double?
  /// Rollouts whose demonstrations are in.
  private var rounds = 0
  private let begin = ContinuousClock.now

  /// Trains to the end, or on from where it was interrupted. Returns the path of the best policy.
  ///
  /// `report` is told what happens, a line at a time. Throws where demonstrations and experiment do not fit each other,
  /// or there is nothing to learn from.
  public static func execute(_ request: TrainingRequest, report: @escaping (String) -> Void) throws -> String {
    if let complete = try complete(request, report) { return complete }
    return try TrainingRun(request, report: report).execute()
  }

  /// The best policy of a training that is at its end, for which no demonstrations need to be read; nil for others.
  private static func complete(_ request: TrainingRequest, _ report: (String) -> Void) throws -> String? {
    let state = request.path("state.safetensors")
    guard request.plan.epochs > 0, FileManager.default.fileExists(atPath: state) else { return nil }
    let saved = try SavedTraining(path: state)
    guard saved.completes(request.plan, interface: try request.interface()) else { return nil }
    report("complete after epoch \(saved.epoch), step \(saved.step)")
    return request.bestPolicy(isRated: saved.notes["best"] != .null)
  }

  private init(_ request: TrainingRequest, report: @escaping (String) -> Void) throws {
    self.request = request
    self.report = report
    let plan = request.plan
    guard plan.model.kind == .small else {
      throw RehearsalError(
        .mismatch, "training the full model is not supported", remedy: "set model.kind: small")
    }
    interface = try request.interface()
    var all: [Demonstration] = []
    for source in plan.demonstrations {
      all += try DemonstrationSet(source, interface: interface, for: plan.experiment).read(stride: plan.stride, report)
    }
    guard !all.isEmpty else {
      throw RehearsalError(
        .mismatch, "there is nothing to learn from in \(plan.demonstrations.map(\.path).joined(separator: ", "))",
        remedy: "record demonstrations with `rehearse demos`; only episodes that succeeded count")
    }
    trainer = try Trainer(plan, interface: interface, demonstrations: all)
  }

  private func path(_ name: String) -> String { request.path(name) }

  private func execute() throws -> String {
    try FileManager.default.createDirectory(atPath: request.output, withIntermediateDirectories: true)
    if FileManager.default.fileExists(atPath: path("state.safetensors")) {
      try resume()
    } else if let inheritance = trainer.inheritance {
      report(inheritance.text)
    }
    guard plan.epochs > 0 else { return try writeBeginning() }
    if trainer.epoch == 0, plan.startFrom != nil {
      try trainer.writePolicy(to: path("latest.safetensors"))
      try rollOutWhereDue()
    }
    report(
      "training on \(trainer.trainingSteps) steps, \(trainer.validationSteps) held back; "
        + "\(trainer.batchesPerEpoch) batches an epoch, convolutions in \(trainer.reducesPrecision ? "bfloat16" : "float32")"
    )
    while trainer.epoch < plan.epochs, !isOutOfTime {
      var record = EpochRecord(
        epoch: trainer.epoch + 1, step: 0, training: try epoch(), validation: try trainer.validate())
      record.step = trainer.step
      try trainer.writePolicy(to: path("latest.safetensors"))
      record.success = try evaluate()
      history.append(record)
      report(record.text)
      try rollOutWhereDue()
      if trainer.epoch % plan.checkpointEveryEpochs == 0 || trainer.epoch == plan.epochs || isOutOfTime { try save() }
    }
    return request.bestPolicy(isRated: best != nil)
  }

  /// The policy as it begins: all there is where no epoch follows.
  private func writeBeginning() throws -> String {
    try trainer.writePolicy(to: path("latest.safetensors"))
    if let rate = try evaluate() { report(String(format: "in the loop: %.1f %%", rate * 100)) }
    return request.bestPolicy(isRated: best != nil)
  }

  private var isOutOfTime: Bool { begin.secondsSince > (plan.maxHours ?? .infinity) * 3600 }

  private func epoch() throws -> Losses {
    var pace = EpochPace(epoch: trainer.epoch + 1, of: plan.epochs, batchSize: plan.batchSize)
    return try trainer.runEpoch { batch, batches, losses in
      if let line = pace.line(batch, of: batches, losses) { report(line) }
    }
  }
}

/// In the loop.
extension TrainingRun {
  private var latest: String { "vla:" + path("latest.safetensors") }

  /// Success rate of the latest policy on held-out seeds, where it is due; the best one's policy is kept.
  private func evaluate() throws -> Double? {
    guard let evaluation = plan.evaluation,
      trainer.epoch % evaluation.everyEpochs == 0 || trainer.epoch == plan.epochs
    else { return nil }
    let run = request.evaluation(evaluation, after: trainer.epoch, policy: latest)
    let summary = try ExperimentRun(run).execute()
    for task in summary.tasks { report("  \(task.command): \(task.tally.successes)/\(task.tally.valid)") }
    let rate = summary.total.successRate ?? 0
    if rate >= best ?? 0 {
      best = rate
      try trainer.writePolicy(to: path("policy.safetensors"))
    }
    return rate
  }

  /// Lets the latest policy drive and the expert say what it would have done (DAgger, Ross et al., 2011).
  private func rollOutWhereDue() throws {
    guard let rollouts = plan.rollouts, rollouts.epochs.contains(trainer.epoch) else { return }
    rounds += 1
    let summary = try ExperimentRun(request.rollouts(rollouts, round: rounds, policy: latest)).execute()
    report(String(format: "rollouts %d: %.1f %% succeeded", rounds, (summary.total.successRate ?? 0) * 100))
    try addRound(rounds)
  }

  private func addRound(_ round: Int) throws {
    let source = TrainingPlan.DemonstrationSource(.run, path: request.rolloutPath(round))
    try trainer.add(
      DemonstrationSet(source, interface: interface, for: plan.experiment).read(stride: plan.stride, report))
  }
}

/// Saving and continuing.
extension TrainingRun {
  private func save() throws {
    let notes: JSON = [
      "best": best.map(JSON.number) ?? .null, "rounds": .integer(rounds), "history": .array(history.map(\.json)),
    ]
    try TrainingReport(plan, steps: trainer.trainingSteps, history: history).write(to: path("report.html"))
    try trainer.writeState(to: path("state.safetensors"), notes: notes)
  }

  private func resume() throws {
    let notes = try trainer.resume(from: path("state.safetensors"))
    if case .number(let rate) = notes["best"] { best = rate }
    history = (notes["history"]?.asArray ?? []).compactMap(EpochRecord.init(json:))
    while rounds < notes["rounds"]?.asInt ?? 0 {
      rounds += 1
      try addRound(rounds)
    }
    report("continuing after epoch \(trainer.epoch), step \(trainer.step)")
  }
}
