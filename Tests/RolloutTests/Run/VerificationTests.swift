import RehearsalCore
import Rendering
import Rollout
import TestSupport
import Testing

@Suite("Verification")
struct VerificationTests {
  private let plan = ExperimentPlan.drive([.goTo(steps: 15)])

  private func recorded(latency: Int = 0) throws -> (EpisodeRecord, Trajectory, ExperimentPlan) {
    var plan = plan
    plan.latencyTicks = latency
    let runner = EpisodeRunner(
      plan: plan, policy: ClosurePolicy { ActionChunk([0.8, $0.tick % 3 == 0 ? 0.5 : -0.2]) },
      renderer: try RayTracer(), recording: .withoutImages)
    let episode = runner.run(2)
    return (episode.record, try #require(episode.trajectory), plan)
  }

  @Test("an episode simulated and drawn again from its actions is identical to the bit")
  func identical() throws {
    let (record, trajectory, plan) = try recorded()
    #expect(try EpisodeVerdict.of(record, trajectory, plan: plan, drawsFrames: true) == .identical)
  }

  @Test("latency is in the recorded actions already, and not added twice")
  func latency() throws {
    let (record, trajectory, plan) = try recorded(latency: 2)
    #expect(try EpisodeVerdict.of(record, trajectory, plan: plan, drawsFrames: true) == .identical)
  }

  @Test("a changed action, seed or light is found at the first step that it changes")
  func differences() throws {
    let (record, trajectory, plan) = try recorded()
    var forged = trajectory
    forged.actions[5 * 2] += 1e-12
    #expect(try EpisodeVerdict.of(record, forged, plan: plan, drawsFrames: true) == .differs(atTick: 5))
    var brighter = plan
    brighter.appearance.ambient = Color(0.5, 0.5, 0.5)
    #expect(try EpisodeVerdict.of(record, trajectory, plan: brighter, drawsFrames: true) == .differs(atTick: 0))
    var reseeded = plan
    reseeded.seed += 1
    #expect(try EpisodeVerdict.of(record, trajectory, plan: reseeded, drawsFrames: true) == .differs(atTick: 0))
  }

  @Test("an episode that lost its last steps differs where they are missing")
  func truncated() throws {
    var (record, trajectory, plan) = try recorded()
    trajectory.actions.removeLast(2 * 2)
    trajectory.hashes.removeLast(2)
    #expect(
      try EpisodeVerdict.of(record, trajectory, plan: plan, drawsFrames: true)
        == .differs(atTick: trajectory.count))
  }
}
