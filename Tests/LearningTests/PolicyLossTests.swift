import RehearsalCore
import Testing

@testable import Learning

@Suite("What a policy is to minimize") struct PolicyLossTests {
  /// How strongly each of two answers to one picture, 0 being right, is moved.
  private func pull(on answers: [Float]) -> [Float] {
    Compute.use(threads: 1)
    let actions = Tensor(answers, shape: [1, 2, 1, 1])
    actions.requireGradient()
    let batch = Batch(
      pictures: [], ownMotion: nil, hand: nil, instructions: [0], actions: Tensor([0], shape: [1, 1, 1]),
      reach: Tensor([1], shape: [1, 1, 1]), grounding: nil, things: [])
    let choice = Tensor([0, 0], shape: [1, 2])
    PolicyLoss(plan: Synthetic.plan(epochs: 1, augmentedShare: 0)).mixtureLoss(actions, choice, batch).backward()
    return actions.gradient?.values ?? []
  }

  @Test("hypotheses that are all far from an answer learn it together, near it only the nearest one does")
  func annealing() {
    let (far, near) = (pull(on: [0.48, 0.5]), pull(on: [0.1, 0.15]))
    #expect(far[1] > 0.5 * far[0] && far[0] > 0, "\(far)")
    #expect(near[1] < 0.1 * near[0] && near[0] > 0, "\(near)")
  }
}
