import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite("Monitoring of a policy")
struct MonitorTests {
  @Test("running mean and deviation are those of all the numbers")
  func statistics() {
    var running = RunningStatistics()
    let values = (0..<1000).map { 1e6 + Double($0 % 7) }
    values.forEach { running.add($0) }
    let mean = values.reduce(0, +) / 1000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1000
    #expect(abs(running.mean - mean) < 1e-6)
    #expect(abs(running.standardDeviation - variance.squareRoot()) < 1e-6)
  }

  @Test("a spike in one element is an anomaly of that element; noise and the first 30 actions are not")
  func spike() {
    var random = SeedStream(root: 1, factor: .policy, episode: 0)
    var detector = AnomalyDetector(count: 2)
    for tick in 0..<200 {
      let noise = random.uniform(-0.3, 0.3)
      detector.add([noise, tick == 10 || tick == 150 ? 0.9 : -noise])
    }
    #expect(detector.counts.steps == 1)
    #expect(detector.counts.perElement == [0, 1])
  }

  @Test("a lasting change is an anomaly at first and then the rule")
  func change() {
    var detector = AnomalyDetector(count: 1)
    for tick in 0..<200 { detector.add([tick < 100 ? -0.5 : 0.5]) }
    #expect((1...20).contains(detector.counts.steps))
  }

  @Test("the alert tells once that decisions take twice as long, and again after they were fast")
  func slowdown() {
    var detector = SlowdownDetector()
    func alerts(_ seconds: Double, _ count: Int) -> Int {
      (0..<count).count { _ in detector.add(seconds, deadline: 0.1) }
    }
    #expect(alerts(0.010, 200) == 0)
    #expect(alerts(0.018, 200) == 0)
    #expect(alerts(0.025, 200) == 1)
    #expect(alerts(0.010, 200) == 0)
    #expect(alerts(0.025, 200) == 1)
  }

  @Test("times far below the deadline raise no alert")
  func noise() {
    var detector = SlowdownDetector()
    #expect(!(0..<200).contains { detector.add($0 < 100 ? 1e-6 : 5e-6, deadline: 0.1) })
  }

  @Test("every decision is timed, the warm-up is not; slow ones raise the alert and change no bit")
  func times() throws {
    final class Slowing: Policy {
      var (asked, warmUps) = (0, 0)
      let delay: Double
      init(delay: Double) { self.delay = delay }
      func warmUp(_ context: PolicyContext) {
        warmUps += 1
        Thread.sleep(forTimeInterval: delay * 10)
      }
      func beginEpisode(_ context: PolicyContext) {}
      func act(_ observation: Observation) -> ActionChunk {
        asked += 1
        if asked > SlowdownDetector.window { Thread.sleep(forTimeInterval: delay) }
        return ActionChunk(actions: [[0.1, 0], [0.2, 0.1]])
      }
    }
    let plan = ExperimentPlan.drive([.forward(distance: 9, steps: 80)])
    let runs = [0.0, 0.004].map { delay in
      let policy = Slowing(delay: delay)
      let runner = EpisodeRunner(plan: plan, policy: policy, renderer: nil, recording: .none)
      let records = (0..<3).map { runner.run($0).record }
      #expect(policy.warmUps == 1)
      #expect(policy.asked == 120)
      return records
    }
    #expect(runs[0].map(\.stateHash) == runs[1].map(\.stateHash))
    #expect(runs[0].map(\.safety) == runs[1].map(\.safety))
    let slow = runs[1].map(\.timing)
    #expect(slow.map(\.decisions.count) == [40, 40, 40])
    #expect(slow[2].decisions.allSatisfy { $0 >= 0.004 })
    #expect(slow.reduce(0) { $0 + $1.slowdowns } == 1)
    #expect(slow[0].deadline == 0.1)
  }

  @Test("a policy that cannot warm up fails its episodes with the reason")
  func warmUpFails() {
    struct NoWeights: Error, CustomStringConvertible { let description = "no weights" }
    final class Unfit: Policy {
      func warmUp(_ context: PolicyContext) throws { throw NoWeights() }
      func beginEpisode(_ context: PolicyContext) {}
      func act(_ observation: Observation) -> ActionChunk { ActionChunk([0, 0]) }
    }
    let runner = EpisodeRunner(plan: .drive(), policy: Unfit(), renderer: nil, recording: .none)
    for index in 0..<2 {
      #expect(runner.run(index).record.outcome == .failure(.policyThrew(message: "no weights")))
    }
  }
}
