import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite("Temporal ensembling") struct TemporalEnsembleTests {
  private struct Silent: Error {}

  private func close(_ a: [Double]?, _ b: [Double]) -> Bool {
    guard let a, a.count == b.count else { return false }
    return zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 }
  }

  private func chunk(_ values: Double...) -> ActionChunk { ActionChunk(actions: values.map { [$0] }) }

  /// Asks at every step, with decay 0.5.
  private func scheduler(latency: Int = 0) -> ActionScheduler {
    var plan = ExperimentPlan.drive()
    plan.temporalEnsembling = 0.5
    plan.latencyTicks = latency
    return ActionScheduler(plan: plan)
  }

  // exp(−0.5) = 0.6065306597126334 and exp(−1) = 0.36787944117144233, by hand.
  @Test("chunks weigh exp(−decay · i), the oldest first, for as long as they have something to say")
  func weights() {
    var ensemble = TemporalEnsemble(decay: 0.5)
    let first = ensemble.mean(with: chunk(1, 2, 3))
    #expect(close(first, [1]))
    let second = ensemble.mean(with: chunk(10, 20))
    #expect(close(second, [5.020325350385163]), "(2 + 10 w) / (1 + w)")
    let third = ensemble.mean(with: chunk(100))
    #expect(close(third, [26.295731210121687]), "(3 + 20 w + 100 w²) / (1 + w + w²)")
    let fourth = ensemble.mean(with: chunk(7))
    #expect(close(fourth, [7]), "all others are over")
  }

  @Test("without decay the mean is a plain one, element by element")
  func plain() {
    var ensemble = TemporalEnsemble(decay: 0)
    _ = ensemble.mean(with: ActionChunk(actions: [[9, 9], [1, -1]]))
    let first = ensemble.mean(with: ActionChunk(actions: [[0, 0.5]]))
    #expect(close(first, [0.5, -0.25]))
  }

  @Test("a chunk that is over drops out, though an older one goes on, which stays the oldest")
  func expiry() {
    var ensemble = TemporalEnsemble(decay: 0.5)
    _ = ensemble.mean(with: chunk(0, 0, 2))
    _ = ensemble.mean(with: chunk(5))
    let first = ensemble.mean(with: chunk(10))
    #expect(close(first, [5.020325350385163]))
  }

  @Test("a tick without an answer passes for the chunks under way")
  func skip() {
    var ensemble = TemporalEnsemble(decay: 0.5)
    _ = ensemble.mean(with: chunk(1, 2, 3))
    ensemble.skip()
    let first = ensemble.mean(with: chunk(10))
    #expect(close(first, [5.642784681587018]), "(3 + 10 w) / (1 + w)")
  }

  @Test("what was planned for the last command is forgotten")
  func forget() {
    var ensemble = TemporalEnsemble(decay: 0.5)
    _ = ensemble.mean(with: chunk(1, 2, 3))
    ensemble.forget()
    let first = ensemble.mean(with: chunk(10))
    #expect(close(first, [10]))
  }

  @Test("the loop asks at every tick, and goes on after one without an answer")
  func loop() throws {
    var scheduler = scheduler()
    scheduler.restart(hold: [0])
    let first = try scheduler.next { chunk(1, 2, 3) }
    #expect(close(first, [1]))
    #expect(throws: Silent.self) { try scheduler.next { throw Silent() } }
    let missing = scheduler.skip()
    #expect(missing == nil)
    let second = try scheduler.next { chunk(10) }
    #expect(close(second, [5.642784681587018]))
    scheduler.restart(hold: [0])
    let third = try scheduler.next { chunk(4, 4, 4) }
    #expect(close(third, [4]))
  }

  @Test("latency delays the means, and holds still until the first")
  func latency() throws {
    var scheduler = scheduler(latency: 1)
    scheduler.restart(hold: [0])
    let first = try scheduler.next { chunk(1, 2) }
    #expect(close(first, [0]))
    let second = try scheduler.next { chunk(10, 20) }
    #expect(close(second, [1]))
    let third = try scheduler.next { chunk(0) }
    #expect(close(third, [5.020325350385163]))
  }
}
