internal import Foundation
internal import RehearsalCore

/// Decodes the keys of a training file; faults go to the mapping's log.
struct TrainingDecoder {
  private let map: YAMLMapping

  init(_ map: YAMLMapping) { self.map = map }

  /// A policy to start from can be scored, and drive, before anything is learned.
  private var leastEpoch: Int { map.has("startFrom") ? 0 : 1 }

  /// The plan; of use only where no fault was reported.
  func plan(defaultName: String) -> TrainingPlan {
    var plan = TrainingPlan(
      name: map.string("name", default: defaultName), demonstrations: demonstrations(),
      experiment: map.path("experiment") ?? "",
      epochs: map.integer("epochs", leastEpoch...100_000))
    plan.model = map.child("model")?.mapping(Self.model) ?? plan.model
    plan.startFrom = map.child("startFrom")?.existingPath
    plan.stride = map.integer("stride", 1...1000, default: plan.stride)
    plan.precision = map.choice("precision", default: plan.precision)
    plan.batchSize = map.integer("batchSize", 1...4096, default: plan.batchSize)
    plan.seed = seed("seed", in: map, default: plan.seed)
    plan.optimizer = map.child("optimizer")?.mapping(Self.optimizer) ?? plan.optimizer
    plan.schedule =
      map.child("schedule")?.mapping { ScheduleKeys($0, learningRate: plan.optimizer.learningRate).schedule }
      ?? plan.schedule
    plan.loss = map.child("loss").map(Self.loss) ?? plan.loss
    if plan.model.hypotheses > 1, plan.loss != .meanSquaredError {
      map.error("loss", "must be mse where a look has more than one of model.hypotheses")
    }
    plan.augmentedShare =
      map.child("augmentation")?.mapping { $0.number("share", .fraction, default: plan.augmentedShare) }
      ?? plan.augmentedShare
    plan.validationShare = map.number("validationShare", .between(0, 0.9), default: plan.validationShare)
    plan.groundingWeight = map.number("groundingWeight", .notNegative, default: plan.groundingWeight)
    plan.checkpointEveryEpochs = map.integer(
      "checkpointEveryEpochs", 1...100_000, default: plan.checkpointEveryEpochs)
    plan.evaluation = map.child("evaluation")?.mapping(evaluation)
    plan.rollouts = map.child("rollouts")?.mapping { rollouts($0, after: leastEpoch, before: plan.epochs) }
    plan.maxHours = map.child("maxHours")?.number(.positive)
    plan.threads = map.child("threads")?.integer(1...1024)
    return plan
  }

  private func demonstrations() -> [TrainingPlan.DemonstrationSource] {
    guard let list = map.required("demonstrations") else { return [] }
    let readers = list.elements
    if list.isSequence && readers.isEmpty { list.error("needs at least one source") }
    return readers.compactMap(source)
  }

  private func source(_ reader: YAMLReader) -> TrainingPlan.DemonstrationSource? {
    guard let path = reader.existingPath else { return nil }
    var isDirectory: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if isDirectory.boolValue {
      if FileManager.default.fileExists(atPath: path + "/run.json") { return .init(.run, path: path) }
      reader.error("is no run's directory: it has no run.json")
    } else if path.hasSuffix(".hdf5") {
      return .init(.trajectories, path: path)
    } else if path.hasSuffix(".json") {
      return .init(.samples, path: path)
    } else {
      reader.error("expected a run's directory, an .hdf5 file or a .json list of samples")
    }
    return nil
  }

  private static func model(_ map: YAMLMapping) -> TrainingPlan.Model {
    var model = TrainingPlan.Model()
    model.kind = map.choice("kind", default: model.kind)
    model.text = map.choice("text", default: model.text)
    model.width = map.integer("width", 16...256, default: model.width)
    model.chunk = map.integer("chunk", 1...100, default: model.chunk)
    model.hypotheses = map.integer("hypotheses", 1...64, default: model.hypotheses)
    model.proprioception = map.boolean("proprioception", default: model.proprioception)
    return model
  }

  private static func optimizer(_ map: YAMLMapping) -> TrainingPlan.Optimizer {
    var optimizer = TrainingPlan.Optimizer()
    let rates = NumberRange(minimum: 0, maximum: 1, excludesMinimum: true)
    optimizer.learningRate = map.number("learningRate", rates, default: optimizer.learningRate)
    optimizer.weightDecay = map.number("weightDecay", .fraction, default: optimizer.weightDecay)
    optimizer.gradientClip = map.number("gradientClip", .positive, default: optimizer.gradientClip)
    return optimizer
  }

  /// `mse` or `{huber: delta}`.
  private static func loss(_ reader: YAMLReader) -> TrainingPlan.Loss {
    if reader.isMapping { return reader.mapping { .huber(delta: $0.number("huber", .positive)) } ?? .meanSquaredError }
    if let text = reader.text, text != "mse" { reader.error("expected mse or {huber: delta}") }
    return .meanSquaredError
  }

  private func evaluation(_ map: YAMLMapping) -> TrainingPlan.Evaluation {
    var evaluation = TrainingPlan.Evaluation()
    evaluation.everyEpochs = map.integer("everyEpochs", 1...100_000, default: evaluation.everyEpochs)
    evaluation.episodes = map.integer("episodes", 1...1_000_000, default: evaluation.episodes)
    evaluation.seed = seed("seed", in: map, default: evaluation.seed)
    evaluation.workers = map.integer("workers", 1...1024, default: evaluation.workers)
    evaluation.overrides = map.strings("overrides")
    return evaluation
  }

  private func rollouts(_ map: YAMLMapping, after first: Int, before end: Int) -> TrainingPlan.Rollouts {
    let places = map.required("epochs")?.elements ?? []
    var rollouts = TrainingPlan.Rollouts(epochs: places.map { $0.integer(first...100_000) })
    for (index, place) in places.enumerated() {
      let epoch = rollouts.epochs[index]
      if epoch >= end { place.error("no epoch follows \(epoch) of \(end)") }
      if index > 0, rollouts.epochs[index - 1] >= epoch { place.error("must be greater than the one before") }
    }
    rollouts.episodes = map.integer("episodes", 1...1_000_000, default: rollouts.episodes)
    rollouts.seed = seed("seed", in: map, default: rollouts.seed)
    rollouts.expertShare = map.number("expertShare", .fraction, default: rollouts.expertShare)
    rollouts.overrides = map.strings("overrides")
    return rollouts
  }

  private func seed(_ key: String, in map: YAMLMapping, default value: UInt64) -> UInt64 {
    map.child(key).map { UInt64($0.integer(0...Int.max)) } ?? value
  }
}
