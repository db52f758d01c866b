import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite("Disturbed actions") struct DisturbanceTests {
  private let factor = RandomizationPlan.Actuation(burstProbability: 0.1, burstTicks: 2...8, magnitude: 0.8)

  private func offsets(_ space: ActionSpace, ticks: Int, episode: Int = 0) -> [[Double]] {
    let stream = SeedStream(root: 1, factor: .actuation, episode: episode)
    var disturbance = Disturbance(factor, actionSpace: space, stream: stream)
    let still = Array(repeating: 0.0, count: space.count)
    return (0..<ticks).map { _ in disturbance.disturb(still) }
  }

  @Test("bursts last as long as they may, keep one offset each, and cover the share of time that follows from that")
  func bursts() {
    let all = offsets(.baseTwist, ticks: 20_000)
    let disturbed = all.filter { $0 != [0, 0] }
    // 5 ticks on average, 9 in between.
    let share = Double(disturbed.count) / Double(all.count)
    #expect(abs(share - 5.0 / 14) < 0.03)
    let extremes = (disturbed.joined().min() ?? 0, disturbed.joined().max() ?? 0)
    #expect((-0.8 ... -0.75).contains(extremes.0) && (0.75...0.8).contains(extremes.1))
    // The last burst may be cut.
    let lengths = Set(Dictionary(grouping: disturbed) { $0 }.values.map(\.count))
    #expect(lengths.subtracting([1]) == Set(2...8))
    #expect(offsets(.baseTwist, ticks: 200) == Array(all.prefix(200)))
    #expect(offsets(.baseTwist, ticks: 200, episode: 1) != Array(all.prefix(200)))
  }

  @Test("fingers, joint positions and numbers that move nothing are left alone")
  func channels() {
    let moved = { (space: ActionSpace) in
      space.channels.indices.filter { channel in offsets(space, ticks: 200).contains { $0[channel] != 0 } }
    }
    #expect(moved(.mobileManipulator) == Array(0..<8))
    #expect(moved(.twist7) == [0, 5])
    #expect(moved(.jointPosition) == [])
  }

  @Test("an action at its limit stays there, and what was out of range stays as far out")
  func range() {
    var disturbance = Disturbance(
      .init(burstProbability: 1, burstTicks: 1...1, magnitude: 1), actionSpace: .baseTwist,
      stream: SeedStream(root: 1, factor: .actuation, episode: 0))
    for _ in 0..<100 {
      let executed = disturbance.disturb([1, -1.5])
      #expect((0...1).contains(executed[0]) && (-1.5 ... -0.5).contains(executed[1]))
    }
  }

  @Test("what is recorded is the policy's answer; what moves is something else, again the same when verified")
  func recorded() throws {
    var plan = ExperimentPlan.drive([.forward(distance: 3, steps: 40)])
    let run = { (plan: ExperimentPlan) in
      EpisodeRunner(
        plan: plan, policy: ClosurePolicy { _ in ActionChunk([0.5, 0]) }, renderer: nil, recording: .withoutImages
      ).run(0)
    }
    let calm = try #require(run(plan).trajectory)
    plan.randomization.actuation = factor
    let disturbed = run(plan)
    let trajectory = try #require(disturbed.trajectory)
    #expect(trajectory.actions == calm.actions)
    #expect(trajectory.states.prefix(trajectory.stateCount) == calm.states.prefix(trajectory.stateCount))
    #expect(trajectory.finalState != calm.finalState)
    #expect(try EpisodeVerdict.of(disturbed.record, trajectory, plan: plan, drawsFrames: false) == .identical)
  }
}
