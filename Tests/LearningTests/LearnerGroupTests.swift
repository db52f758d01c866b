import RehearsalCore
import Testing

@testable import Learning

@Suite("Learning from the shares of a batch side by side") struct LearnerGroupTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("the number of threads changes no bit of the policy")
  func threads() throws {
    func policy(threads: Int) throws -> [UInt8] {
      var plan = Synthetic.plan(epochs: 2, augmentedShare: 0.5)
      plan.threads = threads
      // Shares of 32, 32 and 16.
      plan.batchSize = 80
      let trainer = try Trainer(plan, interface: Synthetic.interface, demonstrations: Synthetic.demonstrations)
      for _ in 0..<plan.epochs { _ = try trainer.runEpoch { _, _, _ in } }
      let path = directory.path("\(threads).safetensors")
      try trainer.writePolicy(to: path)
      return try TemporaryDirectory.bytes(of: path)
    }
    let one = try policy(threads: 1)
    #expect(try policy(threads: 2) == one)
    #expect(try policy(threads: 7) == one)
  }

  @Test("the shares' gradients make that of the whole batch, and none is left for the next one", arguments: [32, 80])
  func gradient(samples: Int) throws {
    Compute.use(threads: 1)
    let store = ParameterStore(seed: 1)
    let network = SmallPolicy(
      ParameterScope(store),
      SmallPolicy.Configuration(
        cameras: Synthetic.interface.cameras, proprioceptionCount: 0, actionCount: 2, width: 16, chunk: 2,
        text: .scratch(vocabularySize: 8)))
    func loss(_ network: SmallPolicy, _ batch: Batch) -> Tensor {
      let tokens = EncodedSentences.tokens(
        ids: Tensor(indices: [1, 2], shape: [1, 2]), mask: Tensor([1, 1], shape: [1, 2]))
      let rows = Tensor(indices: batch.instructions, shape: [batch.instructions.count])
      return network(batch.pictures, language: network.text(tokens).rows(rows), proprioception: nil)
        .actions.meanSquaredError(batch.actions)
    }
    func gradients() -> [Float] { store.parameters.flatMap { $0.tensor.gradient?.values ?? [] } }

    loss(network, Self.batch(0..<samples)).backward()
    let whole = gradients()
    let group = LearnerGroup(network, store, batchSize: samples, threads: 2)
    let shares = group.shares(of: ArraySlice(0..<samples))
    #expect(shares.map(\.count) == (samples == 32 ? [32] : [32, 32, 16]))
    for _ in 0..<2 {
      store.parameters.clearGradients()
      let losses = group.learn(shares.map { Self.batch($0[0]..<($0.last! + 1)) }) { network, batch in
        let loss = loss(network, batch)
        var losses = Losses()
        losses.total = Double(loss.scalar)
        return (loss, losses)
      }
      #expect(abs(losses.total - Double(loss(network, Self.batch(0..<samples)).scalar)) < 1e-6)
      let summed = gradients()
      #expect(summed.count == whole.count)
      let largest = whole.map(abs).max()!
      #expect(largest > 0 && zip(summed, whole).allSatisfy { abs($0 - $1) < 1e-5 * largest + 1e-7 })
    }
  }

  /// Pictures as bright as their number says, actions likewise.
  private static func batch(_ samples: Range<Int>) -> Batch {
    let count = samples.count
    let shades = samples.map { Float($0 % 9) / 4 - 1 }
    return Batch(
      pictures: [Tensor(shades.flatMap { [Float](repeating: $0, count: 3 * 256) }, shape: [count, 3, 16, 16])],
      ownMotion: nil, hand: nil, instructions: [Int](repeating: 0, count: count),
      actions: Tensor(shades.flatMap { [$0 / 2, 0.3, -$0 / 2, 0.1] }, shape: [count, 2, 2]),
      reach: Tensor(repeating: 1, shape: [count, 2, 1]), grounding: nil, things: [])
  }
}
