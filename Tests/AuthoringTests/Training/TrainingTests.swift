import RehearsalCore
import Testing

@testable import Authoring

@Suite("Training files") struct TrainingTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    for file in [
      "run/run.json", "empty/notes.txt", "episodes.hdf5", "samples.json", "experiment.yaml", "old.safetensors",
    ] { try folder.write("{}", to: file) }
  }

  private static let least = "demonstrations: [run]\nexperiment: experiment.yaml\nepochs: 10\n"

  private func load(_ text: String, _ overrides: [String] = []) throws -> TrainingPlan {
    try folder.write(text, to: "training.yaml")
    return try TrainingLoader.load(path: folder.path + "/training.yaml", overrides: overrides)
  }

  private func faults(_ text: String, _ overrides: [String] = []) throws -> [String] {
    let error = try #require(throws: AuthoringError.self) { try load(text, overrides) }
    return error.diagnostics.map { $0.description.replacing(folder.path + "/", with: "") }
  }

  @Test("the least file has the defaults")
  func defaults() throws {
    var plan = TrainingPlan(
      name: "x", demonstrations: [.init(.run, path: folder.path + "/run")],
      experiment: folder.path + "/experiment.yaml", epochs: 10)
    #expect(try load("name: x\n" + Self.least) == plan)
    #expect(plan.schedule.kind == .cosineRestarts(period: 1000, growth: 2, minimumRate: 0))
    #expect(plan.augmentedShare == 0.5 && plan.validationShare == 0.1 && plan.loss == .meanSquaredError)
    plan.epochs = 3
    plan.optimizer.learningRate = 0.5
    #expect(try load("name: x\n" + Self.least, ["epochs=3", "optimizer.learningRate=0.5"]) == plan)
  }

  @Test("every key is read")
  func everyKey() throws {
    let plan = try load(
      """
      name: all
      demonstrations: [run, episodes.hdf5, samples.json]
      experiment: experiment.yaml
      model: {kind: full, text: minilm, chunk: 4, hypotheses: 1, proprioception: false}
      startFrom: old.safetensors
      stride: 3
      precision: bfloat16
      epochs: 40
      batchSize: 32
      seed: 9
      optimizer: {learningRate: 0.002, weightDecay: 0.1, gradientClip: 5}
      schedule: {kind: cosineRestarts, T0: 500, Tmult: 3, minimumRate: 1e-5, warmup: constant, warmupSteps: 20, warmupFactor: 0.1}
      loss: {huber: 0.2}
      augmentation: {share: 0.25}
      validationShare: 0.2
      groundingWeight: 0.3
      checkpointEveryEpochs: 2
      evaluation: {everyEpochs: 4, episodes: 50, seed: 77, workers: 2, overrides: [randomization=light]}
      rollouts: {epochs: [0, 10, 20], episodes: 30, seed: 88, expertShare: 0.1, overrides: [steps=50]}
      maxHours: 2.5
      threads: 2
      """)
    #expect(plan.demonstrations.map(\.kind) == [.run, .trajectories, .samples])
    #expect(plan.model.kind == .full && plan.model.text == .minilm)
    #expect(plan.model.chunk == 4 && !plan.model.proprioception)
    #expect(plan.startFrom == folder.path + "/old.safetensors")
    #expect(plan.stride == 3 && plan.precision == .bfloat16)
    #expect(plan.epochs == 40 && plan.batchSize == 32 && plan.seed == 9)
    #expect(plan.optimizer.learningRate == 0.002 && plan.optimizer.weightDecay == 0.1)
    #expect(plan.optimizer.gradientClip == 5 && plan.loss == .huber(delta: 0.2))
    #expect(plan.schedule.kind == .cosineRestarts(period: 500, growth: 3, minimumRate: 1e-5))
    #expect(plan.schedule.warmUp == .constant(0.1) && plan.schedule.warmUpSteps == 20)
    #expect(plan.augmentedShare == 0.25 && plan.validationShare == 0.2 && plan.groundingWeight == 0.3)
    #expect(plan.checkpointEveryEpochs == 2 && plan.maxHours == 2.5 && plan.threads == 2)
    var evaluation = TrainingPlan.Evaluation()
    (evaluation.everyEpochs, evaluation.episodes, evaluation.seed) = (4, 50, 77)
    (evaluation.workers, evaluation.overrides) = (2, ["randomization=light"])
    #expect(plan.evaluation == evaluation)
    var rollouts = TrainingPlan.Rollouts(epochs: [0, 10, 20])
    (rollouts.episodes, rollouts.seed, rollouts.expertShare, rollouts.overrides) = (30, 88, 0.1, ["steps=50"])
    #expect(plan.rollouts == rollouts)
  }

  @Test("a constant schedule warms up linearly unless told otherwise")
  func schedules() throws {
    let plain = try load(Self.least + "schedule: {kind: constant, warmupSteps: 7}").schedule
    #expect(plain.kind == .constant && plain.warmUp == .linear && plain.warmUpSteps == 7)
    #expect(try load(Self.least + "schedule: {warmup: constant}").schedule.warmUp == .constant(1.0 / 3))
  }

  @Test(
    "every fault is reported at its place",
    arguments: [
      ("epoch: 3", "4:1: error: epoch: unknown key; did you mean \"epochs\"?"),
      ("batchSize: 0", "4:12: error: batchSize: must be between 1 and 4096"),
      ("optimizer: {learningRate: 0}", "4:27: error: optimizer.learningRate: must be between 0 and 1"),
      ("optimizer: {gradientClip: 0}", "4:27: error: optimizer.gradientClip: must be greater than 0"),
      ("schedule: {kind: cosine}", "4:18: error: schedule.kind: \"cosine\" is not one of cosineRestarts, constant"),
      ("schedule: {minimumRate: 0.1}", "4:25: error: schedule.minimumRate: must be between 0 and 0.001"),
      ("schedule: {kind: constant, T0: 10}", "4:32: error: schedule.T0: a constant schedule has none"),
      ("schedule: {warmupFactor: 0.1}", "4:26: error: schedule.warmupFactor: only a constant warm-up has one"),
      ("loss: l1", "4:7: error: loss: expected mse or {huber: delta}"),
      ("loss: {huber: 0}", "4:15: error: loss.huber: must be greater than 0"),
      ("validationShare: 1", "4:18: error: validationShare: must be between 0 and 0.9"),
      ("model: {kind: large}", "4:15: error: model.kind: \"large\" is not one of small, full"),
      (
        "model: {hypotheses: 4}\nloss: {huber: 0.1}",
        "5:7: error: loss: must be mse where a look has more than one of model.hypotheses"
      ),
      ("model: {chunk: 8.5}", "4:16: error: model.chunk: expected a whole number"),
      ("rollouts: {epochs: [3, 2]}", "4:24: error: rollouts.epochs[1]: must be greater than the one before"),
      ("rollouts: {epochs: [10]}", "4:21: error: rollouts.epochs[0]: no epoch follows 10 of 10"),
      ("rollouts: {epochs: [0]}", "4:21: error: rollouts.epochs[0]: must be between 1 and 100000"),
      ("startFrom: none", "4:12: error: startFrom: no such file or folder: none"),
      ("maxHours: 0", "4:11: error: maxHours: must be greater than 0"),
      ("evaluation: 5", "4:13: error: evaluation: expected a mapping (key: value)"),
    ])
  func faults(_ line: String, message: String) throws {
    let found = try faults(Self.least + line)
    #expect(found.count == 1 && found[0].hasPrefix("training.yaml:" + message), "\(found)")
  }

  @Test("demonstrations that are none are reported each at its place")
  func sources() throws {
    let end = "]\nexperiment: experiment.yaml\nepochs: 10"
    #expect(
      try faults("demonstrations: [none, empty, experiment.yaml" + end) == [
        "training.yaml:1:18: error: demonstrations[0]: no such file or folder: none (paths start from the folder of this"
          + " file)",
        "training.yaml:1:24: error: demonstrations[1]: is no run's directory: it has no run.json",
        "training.yaml:1:31: error: demonstrations[2]: expected a run's directory, an .hdf5 file or a .json list of"
          + " samples",
      ])
    #expect(
      try faults("demonstrations: [" + end) == ["training.yaml:1:17: error: demonstrations: needs at least one source"])
  }

  @Test("what is required and missing is reported, all at once, and so is a faulty override")
  func missing() throws {
    #expect(
      try faults("name: x", ["seed=-1"]) == [
        "training.yaml:1:1: error: missing \"demonstrations\"", "training.yaml:1:1: error: missing \"experiment\"",
        "training.yaml:1:1: error: missing \"epochs\"", "--set seed=-1: error: seed: must be at least 0",
      ])
  }
}
