import RehearsalCore
import Testing

@testable import Learning

@Suite("Batches") struct BatchTests {
  /// A red cup that moves to the right of a 16 × 16 picture, a blue block that cannot be seen; pictures at every second
  /// of five steps, as bright as the step says.
  private static func demonstration() -> Demonstration {
    let steps = 5
    let cup: [Float] = (0..<steps).flatMap { (step: Int) -> [Float] in [Float(step) / 5 - 0.5, 0.25] }
    let hidden = [Float](repeating: 9, count: steps * 2)
    let nowhere = [Float](repeating: 9, count: steps * 3 * 2)
    return Demonstration(
      episode: "one", command: "go", instruction: "go", meaning: "go", steps: steps, stride: 2,
      pictures: [[0, 20, 40].flatMap { (shade: UInt8) in Synthetic.picture(shade) }],
      ownMotion: [Float](repeating: 0, count: steps * 5), actions: (0..<10).map { Float($0) / 10 },
      grounding: .init(
        slots: 2, filled: 0, pixels: [nowhere], offsets: [Float](repeating: 0, count: steps * 6),
        things: [
          .init(shape: "cup", color: "red", pixels: [cup]), .init(shape: "block", color: "blue", pixels: [hidden]),
        ]))
  }

  private static func batch(
    _ steps: [Int], kinds: ThingKinds = ThingKinds(of: [demonstration()]), augmentedShare: Double = 0
  ) -> Batch {
    let maker = BatchMaker(
      demonstrations: [demonstration()], interface: Synthetic.interface, normalization: nil, instructions: ["go": 0],
      chunk: 2, kinds: kinds, augmentedShare: augmentedShare)
    var random = SeedStream(root: 1, factor: .policy, episode: 0)
    return maker.batch(
      steps.map { SampleAddress(demonstration: 0, step: $0) }, augments: augmentedShare > 0, random: &random)
  }

  @Test("a step shows its own picture and the actions that follow it, also where not every step has a picture")
  func strides() {
    let batch = Self.batch([0, 2, 4])
    let shades = batch.pictures[0].values.enumerated().filter { $0.offset % (3 * 256) == 0 }.map(\.element)
    let wanted: [Float] = [-2, -2 + 80.0 / 255, -2 + 160.0 / 255]
    #expect(zip(shades, wanted).allSatisfy { abs($0 - $1) < 1e-5 } && shades.count == 3)
    #expect(batch.actions.values == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.8, 0.9])
    #expect(batch.reach.values == [1, 1, 1, 1, 1, 0])
  }

  @Test("an expert's answers are learned only as far ahead as they hold")
  func lookahead() {
    var demonstration = Self.demonstration()
    demonstration.lookahead = [1, 2, 3, 1, 1]
    let maker = BatchMaker(
      demonstrations: [demonstration], interface: Synthetic.interface, normalization: nil, instructions: ["go": 0],
      chunk: 3, kinds: ThingKinds(), augmentedShare: 0)
    var random = SeedStream(root: 1, factor: .policy, episode: 0)
    let samples = [0, 2, 4].map { SampleAddress(demonstration: 0, step: $0) }
    #expect(maker.batch(samples, augments: false, random: &random).reach.values == [1, 0, 0, 1, 1, 1, 1, 0, 0])
  }

  @Test("of every batch exactly the share that was asked for is changed", arguments: [(0.5, 4), (0.25, 2), (1.0, 8)])
  func augmentation(share: Double, wanted: Int) {
    let pictures = { Self.batch(Array(repeating: 2, count: 8), augmentedShare: $0).pictures[0].values }
    let (plain, changed) = (pictures(0), pictures(share))
    let size = plain.count / 8
    let differing = (0..<8).filter {
      plain[($0 * size)..<(($0 + 1) * size)] != changed[($0 * size)..<(($0 + 1) * size)]
    }
    #expect(differing.count == wanted)
  }

  @Test("only steps with pictures are learned from")
  func looks() throws {
    Compute.use(threads: 1)
    let trainer = try Trainer(
      Synthetic.plan(epochs: 1, augmentedShare: 0), interface: Synthetic.interface,
      demonstrations: [Self.demonstration()])
    #expect(trainer.trainingSteps == 3)
    #expect(try trainer.runEpoch { _, _, _ in }.action.isFinite)
  }

  @Test("things in view are labelled where they are, and some places as empty")
  func things() throws {
    let batch = Self.batch([0, 4])
    let kinds = ThingKinds(of: [Self.demonstration()])
    #expect(kinds.shapes == ["nothing", "block", "cup"] && kinds.colors == ["blue", "red"])
    let target = try #require(batch.things.first)
    #expect(target.places.weights.shape == [2, 6, 4, 1] && target.kinds.shape == [2, 6, 5])
    let (cells, weights) = (target.places.cells.values.map { Int($0) }, target.places.weights.values)
    let labels = target.kinds.values
    func row(_ values: [Float], _ index: Int, _ width: Int) -> [Float] {
      Array(values[(index * width)..<((index + 1) * width)])
    }
    // First the cup, at x −0.5 and then 0.3, y 0.25: between the four rows' and columns' middles, −0.75, −0.25, 0.25, 0.75.
    for (sample, x) in [Float(-0.5), 0.3].enumerated() {
      let mean = (0..<4).reduce(Float(0)) { sum, corner in
        let cell = cells[sample * 24 + corner] - sample * 16
        return sum + weights[sample * 24 + corner] * (Float(cell % 4) / 2 - 0.75)
      }
      #expect(abs(mean - x) < 1e-5 && abs(row(weights, sample * 6, 4).reduce(0, +) - 1) < 1e-5)
      #expect(row(labels, sample * 6, 5) == [0, 0, 1, 0, 1], "a cup, red")
      #expect(row(labels, sample * 6 + 1, 5) == [0, 0, 0, 0, 0], "the block is out of view")
      #expect(row(weights, sample * 6 + 1, 4) == [0, 0, 0, 0])
    }
    let empty = (0..<12).filter { row(labels, $0, 5) == [1, 0, 0, 0, 0] }
    #expect(!empty.isEmpty && target.count == 2 + empty.count)
  }

  @Test("what the words name is labelled by a map whose square has its mean there, and by the place itself")
  func named() throws {
    var demonstration = Self.demonstration()
    // In slot 0 the cup, in slot 1 nothing, the hand out of view.
    let pixels = (0..<5).flatMap { (step: Int) -> [Float] in [Float(step) / 5 - 0.5, 0.1, 9, 9, 9, 9] }
    demonstration.grounding = .init(slots: 2, filled: 1, pixels: [pixels], offsets: [Float](repeating: 0, count: 30))
    let maker = BatchMaker(
      demonstrations: [demonstration], interface: Synthetic.interface, normalization: nil, instructions: ["go": 0],
      chunk: 2, kinds: ThingKinds(), augmentedShare: 0)
    var random = SeedStream(root: 1, factor: .policy, episode: 0)
    let samples = [SampleAddress(demonstration: 0, step: 4)]
    let target = try #require(maker.batch(samples, augments: false, random: &random).grounding)
    #expect(target.placed[0].values == [1, 0, 0])
    let places = target.places[0].values
    #expect(abs(places[0] - 0.3) < 1e-6 && places[1...] == [0.1, 0, 0, 0, 0])
    let map = target.cells[0].values[..<16]
    #expect(abs(map.reduce(0, +) - 1) < 1e-5 && target.cells[0].values[16...].allSatisfy { $0 == 0 })
    let squares = map.map { $0 * $0 }
    let sum = squares.reduce(0, +)
    let x = squares.enumerated().reduce(Float(0)) { $0 + $1.element / sum * (Float($1.offset % 4) / 2 - 0.75) }
    let y = squares.enumerated().reduce(Float(0)) { $0 + $1.element / sum * (Float($1.offset / 4) / 2 - 0.75) }
    #expect(abs(x - 0.3) < 1e-5 && abs(y - 0.1) < 1e-5)
  }

  @Test("nothing is labelled for a network that is not asked what there is")
  func unasked() { #expect(Self.batch([0], kinds: ThingKinds()).things.isEmpty) }
}
