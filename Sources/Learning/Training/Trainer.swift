internal import Foundation
public import RehearsalCore

/// Trains a small policy by behaviour cloning. Belongs to one thread.
///
/// Every random draw comes from (seed, epoch), so that a training continued from a saved state takes the same steps, bit
/// for bit, as one that was never interrupted, with however many threads (on the same processor).
public final class Trainer {
  public let plan: TrainingPlan
  public let description: PolicyDescription
  public private(set) var demonstrations: [Demonstration] = []
  /// Epochs that are complete.
  public internal(set) var epoch = 0
  public var step: Int { optimizer.step }
  /// Of the plan's `startFrom`.
  public let inheritance: Inheritance?

  let store: ParameterStore
  let optimizer: AdamW
  let average: WeightAverage
  private let learners: LearnerGroup
  private var sentences: SentenceTable
  private var training: [Int] = []
  private var validation: [Int] = []

  /// What stays fixed from here on (vocabulary, normalization) is that of `demonstrations`, of which there are some.
  public init(_ plan: TrainingPlan, interface: PolicyInterface, demonstrations first: [Demonstration]) throws {
    Compute.keepMemory()
    self.plan = plan
    let start = try plan.startFrom.map { try StartingPoint(path: $0, for: interface) }
    let (usual, encoder) = try Self.describe(plan, interface, first)
    var described = usual
    // The weights know the robot's motion as it was scaled for them.
    if let start { described.normalization = start.normalization }
    description = described
    var table = SentenceTable(encoder)
    for demonstration in first { try table.add(demonstration.instruction, meaning: demonstration.meaning) }
    sentences = table
    store = ParameterStore(seed: plan.seed)
    let network = SmallPolicy(ParameterScope(store), description.configuration)
    network.text.chooseLandmarks(among: table.all.encoded)
    inheritance = try start?.fill(network, store.parameters, vocabulary: description.vocabulary, sentences: table)
    optimizer = AdamW(
      store.parameters, learningRate: plan.optimizer.learningRate, weightDecay: plan.optimizer.weightDecay)
    average = WeightAverage(store.parameters)
    learners = LearnerGroup(
      network, store, batchSize: plan.batchSize,
      threads: plan.threads ?? ProcessInfo.processInfo.activeProcessorCount)
    try add(first)
    try requireSense()
  }

  private func requireSense() throws {
    if plan.epochs == 0, let fresh = inheritance?.fresh, !fresh.isEmpty {
      throw RehearsalError(
        .mismatch, "with epochs: 0 nothing is learned, but \(fresh.joined(separator: ", ")) would begin fresh",
        remedy: "give the model the chunk and width of startFrom, or let it learn")
    }
    if training.isEmpty {
      throw RehearsalError(
        .mismatch, "all \(demonstrations.count) demonstrations are held back to validate, none is left to learn from",
        remedy: "record more episodes, or set validationShare: 0")
    }
    for camera in description.interface.cameras where camera.size.width % 8 != 0 || camera.size.height % 8 != 0 {
      throw RehearsalError(
        .mismatch, "camera \(camera.name) is \(camera.size.width)×\(camera.size.height)",
        remedy: "the network needs sides that are multiples of 8: set imageSize, such as 96")
    }
  }

  private static func describe(
    _ plan: TrainingPlan, _ interface: PolicyInterface, _ demonstrations: [Demonstration]
  ) throws -> (PolicyDescription, any SentenceEncoder) {
    let model = plan.model
    let own = OwnMotion(layout: interface.proprioception, controlHz: interface.controlHz).count
    var (text, vocabulary) = (TextConfiguration.miniLM, [String]())
    if model.text == .scratch {
      vocabulary = WordPieceVocabulary.build(from: Set(demonstrations.map(\.instruction)).sorted()).tokens
      text = .scratch(vocabularySize: vocabulary.count)
    }
    let description = PolicyDescription(
      interface: interface,
      configuration: SmallPolicy.Configuration(
        cameras: interface.cameras, proprioceptionCount: model.proprioception ? own : 0,
        actionCount: interface.actionCount, width: model.width, chunk: model.chunk,
        hypotheses: model.hypotheses, text: text,
        slots: demonstrations.compactMap(\.grounding).first?.slots ?? 2,
        kinds: plan.groundingWeight > 0 ? ThingKinds(of: demonstrations) : ThingKinds()),
      normalization: Normalization(rowsOf: demonstrations, count: own), vocabulary: vocabulary)
    return (description, try description.sentenceEncoder())
  }

  /// Adds demonstrations; which of them validate depends on their episodes' names alone.
  public func add(_ more: [Demonstration]) throws {
    for demonstration in more {
      let index = demonstrations.count
      demonstrations.append(demonstration)
      try sentences.add(demonstration.instruction, meaning: demonstration.meaning)
      if validates(demonstration.episode) { validation.append(index) } else { training.append(index) }
    }
  }

  private func validates(_ episode: String) -> Bool {
    var hash = XXHash64(seed: plan.seed)
    hash.update(Array(episode.utf8))
    return Double(hash.digest >> 11) * 0x1p-53 < plan.validationShare
  }

  public var trainingSteps: Int { training.reduce(0) { $0 + demonstrations[$1].looks } }
  public var validationSteps: Int { validation.reduce(0) { $0 + demonstrations[$1].looks } }
  /// The last, unfinished batch is left out, unless it is the only one.
  public var batchesPerEpoch: Int { max(trainingSteps / plan.batchSize, 1) }

  /// Takes one epoch's steps; `progress` is told after each, and may end the epoch early by throwing.
  public func runEpoch(progress: (_ batch: Int, _ of: Int, _ losses: Losses) throws -> Void) throws -> Losses {
    var random = SeedStream(root: plan.seed, factor: .policy, episode: epoch)
    let samples = shuffled(training, using: &random)
    var total = Losses()
    let batches = batchesPerEpoch
    let maker = batchMaker()
    // The optimizer's sums, too, are to be the same with any number of threads.
    Compute.use(threads: 1)
    for batch in 0..<batches {
      let chosen = samples[(batch * plan.batchSize)..<min((batch + 1) * plan.batchSize, samples.count)]
      let losses = try learn(learners.shares(of: chosen).map { maker.batch($0, augments: true, random: &random) })
      total.add(losses)
      try progress(batch + 1, batches, losses)
    }
    epoch += 1
    return total.mean
  }

  /// Losses of the averaged network on the demonstrations held back; nil if there are none.
  public func validate() throws -> Losses? {
    guard !validation.isEmpty else { return nil }
    Compute.use(threads: learners.threads)
    let store = ParameterStore(seed: 0)
    let averaged = SmallPolicy(ParameterScope(store), description.configuration)
    for (target, source) in zip(store.parameters, average.averages) {
      target.tensor.replace(with: source.tensor.values)
    }
    var random = SeedStream(root: plan.seed, factor: .language, episode: 0)
    // A few thousand steps tell enough.
    let samples = Array(shuffled(validation, using: &random).prefix(4096))
    let maker = batchMaker()
    var total = Losses()
    for first in stride(from: 0, to: samples.count, by: plan.batchSize) {
      let chosen = Array(samples[first..<min(first + plan.batchSize, samples.count)])
      let batch = maker.batch(chosen, augments: false, random: &random)
      total.add(Tensor.withoutGradients { measure(averaged, batch).losses })
    }
    return total.mean
  }

  private func batchMaker() -> BatchMaker {
    BatchMaker(
      demonstrations: demonstrations, interface: description.interface,
      normalization: description.configuration.proprioceptionCount > 0 ? description.normalization : nil,
      instructions: sentences.rows, chunk: description.configuration.chunk, kinds: description.configuration.kinds,
      augmentedShare: plan.augmentedShare)
  }

  private func shuffled(_ chosen: [Int], using random: inout SeedStream) -> [SampleAddress] {
    var samples = chosen.flatMap { index in
      stride(from: 0, to: demonstrations[index].steps, by: demonstrations[index].stride).map {
        SampleAddress(demonstration: index, step: $0)
      }
    }
    for last in stride(from: samples.count - 1, to: 0, by: -1) { samples.swapAt(last, random.index(below: last + 1)) }
    return samples
  }

  private func learn(_ shares: [Batch]) throws -> Losses {
    optimizer.learningRate = plan.schedule.rate(atStep: optimizer.step, top: plan.optimizer.learningRate)
    optimizer.clearGradients()
    let losses = learners.learn(shares) { network, batch in measure(network, batch, reduced: reducesPrecision) }
    guard losses.total.isFinite else {
      throw RehearsalError(
        .nativeFailure, "the loss is \(losses.total) at step \(optimizer.step)",
        remedy: "lower optimizer.learningRate or optimizer.gradientClip, and check the demonstrations' actions")
    }
    optimizer.clipGradients(to: plan.optimizer.gradientClip)
    optimizer.update()
    average.follow(step: optimizer.step)
    return losses
  }

  /// Whether convolutions learn in bfloat16: where the plan says so and the processor has instructions for it.
  public var reducesPrecision: Bool { plan.precision == .bfloat16 && Compute.hasBFloat16 }

  private func measure(
    _ network: SmallPolicy, _ batch: Batch, reduced: Bool = false
  ) -> (loss: Tensor, losses: Losses) {
    let (sentences, rows) = sentences.encoded(batch.instructions)
    let language = network.text(sentences).rows(rows)
    let pictures = reduced ? batch.pictures.map { $0.bfloat16() } : batch.pictures
    let output = network(pictures, language: language, proprioception: batch.ownMotion, hand: batch.hand)
    return PolicyLoss(plan: plan).measure(network, output, batch)
  }
}
