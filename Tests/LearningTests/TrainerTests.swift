import RehearsalCore
import TestSupport
import Testing

@testable import Learning

@Suite("Training by imitation") struct TrainerTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("a few epochs learn what follows from the words and the picture, and the policy's file tells it")
  func learning() throws {
    let epochs = 15
    let trainer = try Synthetic.trainer(epochs: epochs, augmentedShare: 0)
    #expect(trainer.trainingSteps == 256 && trainer.validationSteps == 0 && trainer.batchesPerEpoch == 16)
    var losses: [Losses] = []
    for _ in 0..<epochs { losses.append(try trainer.runEpoch { _, _, _ in }) }
    #expect(trainer.epoch == epochs && trainer.step == 16 * epochs)
    #expect(losses[epochs - 1].action < Synthetic.lossOfTheMean / 3)
    #expect(losses[epochs - 1].within > losses[0].within)

    try trainer.writePolicy(to: directory.path("policy.safetensors"))
    let policy = try NetworkPolicy(PolicyCheckpoint(path: directory.path("policy.safetensors")))
    #expect(policy.description == trainer.description)
    for instruction in Synthetic.instructions {
      for brightness in Synthetic.brightnesses {
        let chunk = try policy.act(Synthetic.observation(instruction, brightness))
        #expect(chunk.actions.count == 4 && chunk.actions.allSatisfy { $0.count == 2 })
        let wanted = Synthetic.action(instruction, brightness)
        #expect((chunk.actions[0][0] > 0) == (wanted[0] > 0), "\(instruction) at \(brightness)")
        #expect(abs(chunk.actions[0][1] - Double(wanted[1])) < 0.5, "\(instruction) at \(brightness)")
        #expect((0...1).contains(try #require(chunk.confidence)))
      }
    }
  }

  @Test(
    "of two answers that are equally right, a policy that may choose gives one; one that may not, what lies between")
  func choice() throws {
    func answers(hypotheses: Int) throws -> [Double] {
      Compute.use(threads: 1)
      var plan = Synthetic.plan(epochs: 12, augmentedShare: 0)
      plan.model.hypotheses = hypotheses
      // "go" is to the left in one half of the demonstrations and to the right in the other.
      let demonstrations = Synthetic.demonstrations.map { demonstration in
        var demonstration = demonstration
        demonstration.instruction = "go"
        return demonstration
      }
      let trainer = try Trainer(plan, interface: Synthetic.interface, demonstrations: demonstrations)
      for _ in 0..<plan.epochs { _ = try trainer.runEpoch { _, _, _ in } }
      let path = directory.path("\(hypotheses).safetensors")
      try trainer.writePolicy(to: path)
      let policy = try NetworkPolicy(PolicyCheckpoint(path: path))
      return try Synthetic.brightnesses.map { try policy.act(Synthetic.observation("go", $0)).actions[0][0] }
    }
    #expect(try answers(hypotheses: 1).allSatisfy { abs($0) < 0.3 })
    #expect(try answers(hypotheses: 3).allSatisfy { abs(abs($0) - 0.6) < 0.2 })
  }

  @Test("a training that is continued takes the same steps, bit for bit, as one that was not interrupted")
  func continuation() throws {
    let (state, whole, resumed) = (
      directory.path("state.safetensors"), directory.path("whole.safetensors"), directory.path("resumed.safetensors")
    )
    let first = try Synthetic.trainer()
    _ = try first.runEpoch { _, _, _ in }
    let notes: JSON = ["best": 0.5]
    try first.writeState(to: state, notes: notes)
    let wholeLosses = try first.runEpoch { _, _, _ in }
    try first.writePolicy(to: whole)

    let second = try Synthetic.trainer()
    let found = try second.resume(from: state)
    #expect(found == notes)
    #expect(second.epoch == 1 && second.step == 16)
    let resumedLosses = try second.runEpoch { _, _, _ in }
    #expect(resumedLosses == wholeLosses)
    try second.writePolicy(to: resumed)
    let (a, b) = (try TemporaryDirectory.bytes(of: whole), try TemporaryDirectory.bytes(of: resumed))
    #expect(a == b)
  }

  @Test("the state of another training is not continued, and neither is a policy's file")
  func otherState() throws {
    let trainer = try Synthetic.trainer()
    let (state, policy) = (directory.path("state.safetensors"), directory.path("policy.safetensors"))
    try trainer.writeState(to: state, notes: .null)
    try trainer.writePolicy(to: policy)
    let other = try Trainer(
      trainer.plan, interface: Synthetic.interface,
      demonstrations: [Synthetic.demonstration("go somewhere", 99, steps: 20)])
    for path in [state, policy] {
      let error = try #require(throws: RehearsalError.self) { try other.resume(from: path) }
      #expect(error.message.contains(path) && error.code == .malformed)
    }
  }

  @Test("convolutions that learn in bfloat16 learn nearly what they do in float32")
  func reducedPrecision() throws {
    Compute.use(threads: 1)
    let losses = try TrainingPlan.Precision.allCases.map { precision in
      var plan = Synthetic.plan(epochs: 6, augmentedShare: 0)
      plan.precision = precision
      let trainer = try Trainer(plan, interface: Synthetic.interface, demonstrations: Synthetic.demonstrations)
      #expect(trainer.reducesPrecision == (precision == .bfloat16 && Compute.hasBFloat16))
      return try (0..<6).map { _ in try trainer.runEpoch { _, _, _ in }.action }
    }
    #expect(losses[1].last! < Synthetic.lossOfTheMean / 2, "\(losses) against \(Synthetic.lossOfTheMean)")
    #expect(abs(losses[1][0] / losses[0][0] - 1) < 0.1, "\(losses)")
    #expect((losses[0] != losses[1]) == Compute.hasBFloat16)
  }

  @Test("episodes are held back whole, and never learned from")
  func validation() throws {
    var plan = Synthetic.plan(epochs: 1, augmentedShare: 0)
    plan.validationShare = 0.5
    Compute.use(threads: 1)
    let trainer = try Trainer(plan, interface: Synthetic.interface, demonstrations: Synthetic.demonstrations)
    #expect(trainer.trainingSteps + trainer.validationSteps == 256)
    #expect(trainer.validationSteps > 0 && trainer.validationSteps % 16 == 0)
    let losses = try #require(try trainer.validate())
    #expect(losses.action > 0 && losses.action.isFinite)
  }

  @Test("no words and unknown words are answered; too many are an error")
  func words() throws {
    let path = directory.path("policy.safetensors")
    try Synthetic.trainer().writePolicy(to: path)
    let policy = try NetworkPolicy(PolicyCheckpoint(path: path))
    for instruction in ["", "Go LEFT!", "zigzag über alles 42", "go right"] {
      try policy.beginCommand(instruction)
      let chunk = try policy.act(Synthetic.observation(instruction, 128))
      #expect(chunk.actions.joined().allSatisfy { (-1...1).contains($0) }, "\(instruction)")
    }
    let long = Array(repeating: "left", count: 63).joined(separator: " ")
    let error = try #require(throws: RehearsalError.self) { try policy.beginCommand(long) }
    #expect(error.message.contains("62 word pieces"))
    #expect(throws: RehearsalError.self) { try policy.act(Synthetic.observation(long, 128)) }
    try policy.beginCommand(Array(repeating: "left", count: 62).joined(separator: " "))
  }

  @Test("a policy says what is different about a scene that it was not trained for")
  func misfit() throws {
    let path = directory.path("policy.safetensors")
    try Synthetic.trainer().writePolicy(to: path)
    let policy = try NetworkPolicy(PolicyCheckpoint(path: path))
    var scene = SceneModel.drive()
    func mismatch(hertz: Int = 10) -> String? {
      policy.mismatch(
        with: PolicyContext(
          scene: scene, actionSpace: .baseTwist, proprioception: ProprioceptionLayout(robot: scene.robot),
          cameras: [scene.cameras[0]], controlHz: hertz,
          random: SeedStream(root: 1, factor: .policy, episode: 0)))
    }
    #expect(mismatch()?.contains("cameras front 32×32 instead of front 16×16") == true)
    scene.cameras[0].width = 16
    scene.cameras[0].height = 16
    #expect(mismatch() == nil)
    #expect(mismatch(hertz: 20)?.contains("20 Hz instead of 10 Hz") == true)
  }
}
