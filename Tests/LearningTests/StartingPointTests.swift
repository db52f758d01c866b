import RehearsalCore
import Testing

@testable import Learning

@Suite("Starting from a trained policy") struct StartingPointTests {
  private let directory: TemporaryDirectory
  private let policy: String

  /// A policy that was trained for an epoch.
  init() throws {
    directory = try TemporaryDirectory()
    policy = directory.path("policy.safetensors")
    let trainer = try Synthetic.trainer()
    _ = try trainer.runEpoch { _, _, _ in }
    try trainer.writePolicy(to: policy)
  }

  /// A training of another seed that starts from the policy.
  private func trainer(
    _ interface: PolicyInterface = Synthetic.interface, _ demonstrations: [Demonstration] = Synthetic.demonstrations,
    epochs: Int = 2, chunk: Int = 4
  ) throws -> Trainer {
    var plan = Synthetic.plan(epochs: epochs, augmentedShare: 0.5)
    plan.seed = 77
    plan.model.chunk = chunk
    plan.startFrom = policy
    return try Trainer(plan, interface: interface, demonstrations: demonstrations)
  }

  @Test("the same network begins with the policy's weights and statistics, whatever the seed")
  func same() throws {
    let some = Array(Synthetic.demonstrations.map { shortened($0) })
    let trainer = try trainer(Synthetic.interface, some)
    let inheritance = try #require(trainer.inheritance)
    #expect(inheritance.fresh.isEmpty && inheritance.taken.contains("towers") && inheritance.taken.contains("text"))
    #expect(inheritance.text.hasPrefix("starting from \(policy): ") && inheritance.text.hasSuffix("fresh is nothing"))
    try trainer.writePolicy(to: directory.path("again.safetensors"))
    let (a, b) = (
      try TemporaryDirectory.bytes(of: policy), try TemporaryDirectory.bytes(of: directory.path("again.safetensors"))
    )
    #expect(a == b)
  }

  /// The first steps, of other statistics than the whole.
  private func shortened(_ demonstration: Demonstration) -> Demonstration {
    var short = demonstration
    short.steps = 3
    short.pictures = demonstration.pictures.map { Array($0.prefix(3 * 16 * 16 * 3)) }
    short.ownMotion = Array(demonstration.ownMotion.prefix(3 * 5))
    short.actions = Array(demonstration.actions.prefix(3 * 2))
    return short
  }

  @Test("what does not fit starts fresh and is named, as do words that have other numbers, unless nothing is learned")
  func parts() throws {
    let longer = try #require(try trainer(chunk: 5).inheritance)
    #expect(longer.fresh == ["actions"] && longer.taken.contains("decide"))

    let idle = try #require(throws: RehearsalError.self) { try trainer(epochs: 0, chunk: 5) }
    #expect(idle.message == "with epochs: 0 nothing is learned, but actions would begin fresh")

    let words = Synthetic.brightnesses.map { Synthetic.demonstration("og thgir", $0, steps: 16) }
    let other = try #require(try trainer(Synthetic.interface, words).inheritance)
    #expect(other.fresh == ["text.encoder"])
    #expect(other.taken.contains("text.project") && other.taken.contains("towers"))
  }

  @Test("a policy of another robot, action space, rate or camera is refused, and so is one that has nothing in common")
  func misfits() throws {
    func message(_ change: (inout PolicyInterface) -> Void) throws -> String {
      var interface = Synthetic.interface
      change(&interface)
      let error = try #require(throws: RehearsalError.self) { try trainer(interface) }
      #expect(error.code == .mismatch && error.remedy.contains("startFrom"))
      return error.message
    }
    #expect(try message { $0.robot = "truck" }.contains("robot rover instead of truck"))
    #expect(try message { $0.actionSpace = "twist7" }.contains("action space baseTwist instead of twist7"))
    #expect(try message { $0.controlHz = 20 }.contains("10 Hz instead of 20 Hz"))
    #expect(try message { $0.cameras[0].name = "wrist" }.contains("cameras front 16×16 instead of wrist 16×16"))

    try SafetensorsFile.write(
      policy, tensors: [("gather.weight", .float32, [1], [0, 0, 0, 0])],
      metadata: try SafetensorsFile(path: policy).metadata)
    #expect(try message { _ in }.contains("nothing in \(policy) fits the model"))
  }

  @Test("continued from its state, such a training takes the same steps, bit for bit, as one not interrupted")
  func continuation() throws {
    let state = directory.path("state.safetensors")
    let first = try trainer()
    _ = try first.runEpoch { _, _, _ in }
    try first.writeState(to: state, notes: .null)
    let losses = try first.runEpoch { _, _, _ in }
    let second = try trainer()
    _ = try second.resume(from: state)
    #expect(try second.runEpoch { _, _, _ in } == losses)
    let files = try [first, second].enumerated().map { index, trainer in
      try trainer.writePolicy(to: directory.path("\(index).safetensors"))
      return try TemporaryDirectory.bytes(of: directory.path("\(index).safetensors"))
    }
    #expect(files[0] == files[1])
  }
}
