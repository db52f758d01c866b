import RehearsalCore
import Rollout
import TestSupport
import Testing

@Suite("Labels of an expert") struct LabellerTests {
  private let plan = ExperimentPlan.drive([.forward(distance: 3, steps: 200)])

  private func run(
    _ plan: ExperimentPlan, share: Double = 0, _ label: @escaping (Observation) throws -> ActionChunk
  ) -> FinishedEpisode {
    EpisodeRunner(
      plan: plan, policy: ClosurePolicy { _ in ActionChunk([0, 0.25]) }, renderer: nil, recording: .withoutImages,
      labeller: Labeller(ClosurePolicy(label), share: share)
    ).run(0)
  }

  @Test("are answers to what the driver sees, given the truth besides, and move nothing")
  func labels() throws {
    let labelled = try #require(
      run(plan) { ActionChunk([$0.proprioception[1], $0.privileged!.state.worldFromBody[1].orientation.yaw]) }
        .trajectory)
    let alone = try #require(
      EpisodeRunner(
        plan: plan, policy: ClosurePolicy { _ in ActionChunk([0, 0.25]) }, renderer: nil, recording: .withoutImages
      ).run(0).trajectory)
    #expect(alone.labels == [])
    #expect(labelled.actions == alone.actions && labelled.hashes == alone.hashes)
    let width = labelled.proprioceptionCount
    let rates = (0..<labelled.count).map { labelled.proprioception[$0 * width + 1] }
    #expect((0..<labelled.count).map { labelled.labels[2 * $0] } == rates)
    #expect(labelled.labels[2 * 20 + 1] > 0.2, "it turns left")
  }

  @Test("the scripted expert labels whatever drives, and what it says would have succeeded")
  func scripted() throws {
    let plan = ExperimentPlan.drive([.forward(distance: 0.5)])
    let labeller = Labeller(ScriptedExpert())
    let zero = EpisodeRunner(
      plan: plan, policy: ZeroPolicy(), renderer: nil, recording: .withoutImages, labeller: labeller
    ).run(0)
    #expect(zero.record.outcome == .timeLimit)
    #expect(zero.trajectory!.labels[0] > 0.5)
    let led = EpisodeRunner(
      plan: plan, policy: ZeroPolicy(), renderer: nil, recording: .withoutImages,
      labeller: Labeller(ScriptedExpert(), share: 1)
    ).run(0)
    #expect(led.record.outcome == .success)
    #expect(led.trajectory!.actions == led.trajectory!.labels)
  }

  @Test("with a share of the driving, stretches of both are found in the actions, the same each time, and verify")
  func mixture() throws {
    let mixed = run(plan, share: 0.5) { _ in ActionChunk([0.5, 0]) }
    let trajectory = try #require(mixed.trajectory)
    let byExpert = (0..<trajectory.count).map { trajectory.actions[2 * $0] == 0.5 }
    let count = byExpert.count { $0 }
    #expect(count > 40 && count < 160, "\(count) of \(byExpert.count)")
    let changes = zip(byExpert, byExpert.dropFirst()).count { $0 != $1 }
    #expect(changes <= 200 / 5 && changes >= 2)
    #expect(run(plan, share: 0.5) { _ in ActionChunk([0.5, 0]) }.trajectory?.hashes == trajectory.hashes)
    #expect(try EpisodeVerdict.of(mixed.record, trajectory, plan: plan, drawsFrames: false) == .identical)
  }

  @Test("an answer that is no action makes the episode invalid: it is not the driver's fault")
  func broken() {
    let episode = run(plan) { _ in ActionChunk([.nan, 0]) }
    #expect(episode.record.outcome.kind == "invalid")
  }
}
