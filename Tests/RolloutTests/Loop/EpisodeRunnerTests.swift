import Authoring
import Foundation
import RehearsalCore
import Rendering
import Rollout
import TestSupport
import Testing

/// Does what a closure says.
final class ClosurePolicy: Policy {
  private let body: (Observation) throws -> ActionChunk
  init(_ body: @escaping (Observation) throws -> ActionChunk) { self.body = body }
  func beginEpisode(_ context: PolicyContext) {}
  func act(_ observation: Observation) throws -> ActionChunk { try body(observation) }
}

@Suite("The closed loop")
struct EpisodeRunnerTests {
  private struct Broken: Error, CustomStringConvertible { let description = "the model is missing a layer" }

  private func run(
    _ plan: ExperimentPlan, index: Int = 0, draws: Bool = false, _ policy: @escaping (Observation) throws -> ActionChunk
  ) throws -> FinishedEpisode {
    EpisodeRunner(
      plan: plan, policy: ClosurePolicy(policy), renderer: draws ? try RayTracer() : nil, recording: .withoutImages
    ).run(index)
  }

  @Test("driving ahead succeeds at moving forward, as soon as the distance is covered")
  func success() throws {
    let episode = try run(.drive([.forward(distance: 0.5)])) { _ in ActionChunk([1, 0]) }
    #expect(episode.record.outcome == .success)
    // 0.5 m/s reached at 2 m/s²: 0.5 m takes 1.125 s.
    #expect((11...14).contains(episode.record.steps))
    #expect(episode.trajectory?.count == episode.record.steps)
    #expect(episode.record.commands[0].progress == 1)
  }

  @Test("standing still runs into the time limit")
  func timeLimit() throws {
    let episode = try run(.drive([.forward(steps: 20)])) { _ in ActionChunk([0, 0]) }
    #expect(episode.record.outcome == .timeLimit)
    #expect(episode.record.steps == 20)
  }

  @Test("without safety a policy that throws, returns NaN or the wrong shape fails with that reason: valid episodes")
  func faults() throws {
    var plan = ExperimentPlan.drive([.forward()])
    plan.safety = .off
    #expect(
      try run(plan) { _ in throw Broken() }.record.outcome
        == .failure(.policyThrew(message: "the model is missing a layer")))
    #expect(
      try run(plan) { _ in ActionChunk([0, .nan]) }.record.outcome == .failure(.policyReturnedNonFinite(index: 1)))
    #expect(
      try run(plan) { _ in ActionChunk([0, 0, 0]) }.record.outcome
        == .failure(.policyReturnedWrongShape(expected: 2, got: 3)))
    #expect(
      try run(plan) { _ in ActionChunk(actions: []) }.record.outcome
        == .failure(.policyReturnedWrongShape(expected: 2, got: 0)))
  }

  @Test("an episode that cannot be drawn is invalid, not failed")
  func invalid() throws {
    var plan = ExperimentPlan.drive()
    plan.placements[0].regions[0].halfExtents = SIMD2(0.05, 0.05)
    let episode = try run(plan) { _ in ActionChunk([0, 0]) }
    #expect(
      episode.record.outcome == .invalid(reason: "placement group objects: no room for blueBall in 50 × 400 tries"))
  }

  @Test("gives the same bits whatever the same runner ran before")
  func independentOfHistory() throws {
    let plan = ExperimentPlan.drive([.goTo(steps: 12)])
    let drive = { (o: Observation) in ActionChunk([0.5, o.tick % 2 == 0 ? 0.3 : -0.2]) }
    let runner = EpisodeRunner(
      plan: plan, policy: ClosurePolicy(drive), renderer: try RayTracer(), recording: .withoutImages)
    let hashes = [3, 1, 4, 3].map { runner.run($0).record.stateHash }
    #expect(hashes[0] == hashes[3])
    #expect(Set(hashes).count == 3)
    #expect(try run(plan, index: 3, draws: true, drive).record.stateHash == hashes[0])
    #expect(try run(plan, index: 3, draws: false, drive).record.stateHash != hashes[0], "frames must count")
  }

  @Test("a sequence gives its sentences in order, sets apart what is already so, and goes on after a failure")
  func sequence() throws {
    let commands = [CommandModel.stop(), .forward(distance: 5, steps: 5), .forward(distance: 0.2)]
    let plan = ExperimentPlan.drive(
      commands,
      schedule: .sequence([
        .init(text: "Stop", command: 0, labels: [:], steps: 10),
        .init(text: "Go far", command: 1, labels: [:], steps: 5),
        .init(text: "Move forward", command: 2, labels: [:], steps: 40),
      ]))
    let episode = try run(plan) { _ in ActionChunk([1, 0]) }
    #expect(episode.record.commands.map(\.outcome) == ["alreadySatisfied", "timeLimit", "success"])
    #expect(episode.record.commands.map(\.instruction) == ["Stop", "Go far", "Move forward"])
    #expect(episode.record.outcome == .timeLimit)
  }

  @Test("with the redraw rule a start that is already a success is drawn again")
  func redraw() throws {
    var model = CommandModel.goTo(steps: 1)
    model.success = .near(slot: "target", distance: 0.7)
    let plan = ExperimentPlan.drive([model], rule: .redraw)
    let episodes = try (0..<10).map { index in try run(plan, index: index) { _ in ActionChunk([-1, 0]) }.record }
    #expect(episodes.allSatisfy { $0.commands.allSatisfy { $0.outcome != "alreadySatisfied" } })
    #expect(episodes.contains { $0.sampled.contains { $0.name == "attempt" } })
  }

  @Test("an action that answers a picture arrives after the latency, and the robot holds still until then")
  func latency() throws {
    var plan = ExperimentPlan.drive([.forward(distance: 3, steps: 8)])
    plan.latencyTicks = 3
    let actions = try #require(try run(plan) { _ in ActionChunk([1, 0]) }.trajectory).actions
    #expect((0..<8).map { actions[$0 * 2] } == [0, 0, 0, 1, 1, 1, 1, 1])
  }

  @Test(
    "while no action has arrived the fingers do what the robot's hold behaviour says",
    arguments: [
      (RobotModel.Gripper.Hold.keep, -1.0), (.open, -1), (.close, 1),
    ])
  func hold(behaviour: RobotModel.Gripper.Hold, gripper: Double) throws {
    var plan = try ExperimentLoader.load(path: shippedExperiment("tabletop")).plan
    plan.scene.robot.gripper?.hold = behaviour
    plan.latencyTicks = 4
    for index in plan.commands.indices { plan.commands[index].steps = 4 }
    let trajectory = try #require(try run(plan) { _ in ActionChunk(Array(repeating: 0, count: 7)) }.trajectory)
    let actions = (0..<4).map { trajectory.actions[$0 * 7 + 6] }
    #expect(actions.allSatisfy { abs($0 - gripper) < 0.05 }, "\(actions)")
  }

  @Test("only the executed actions of a chunk are executed before the policy is asked again")
  func recedingHorizon() throws {
    var plan = ExperimentPlan.drive([.forward(distance: 3, steps: 6)])
    plan.executedActions = 2
    let chunk = ActionChunk(actions: [[0.1, 0], [0.2, 0], [0.3, 0], [0.4, 0]])
    var asked: [Int] = []
    let actions = try #require(
      try run(plan) {
        asked.append($0.tick)
        return chunk
      }.trajectory
    ).actions
    #expect(asked == [0, 2, 4])
    #expect((0..<6).map { actions[$0 * 2] } == [0.1, 0.2, 0.1, 0.2, 0.1, 0.2])
  }
}
