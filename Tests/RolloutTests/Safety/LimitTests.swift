import Authoring
import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite("Limits of velocity and workspace")
struct LimitTests {
  func run(_ plan: ExperimentPlan, _ policy: @escaping (Observation) throws -> ActionChunk) throws -> FinishedEpisode {
    EpisodeRunner(plan: plan, policy: ClosurePolicy(policy), renderer: nil, recording: .withoutImages).run(0)
  }

  @Test("a base held to half its speed goes half as far, on the same curve")
  func baseSpeed() throws {
    var plan = ExperimentPlan.drive([.forward(distance: 5, steps: 20)])
    plan.safety.velocity.base = 0.5
    let episode = try run(plan) { _ in ActionChunk([1, 0.4]) }
    #expect(try #require(episode.trajectory).actions == Array(repeating: [0.5, 0.2], count: 20).flatMap { $0 })
    #expect(episode.record.safety.clamps.velocity == 20)
    let slow = try run(plan) { _ in ActionChunk([0.5, -0.5]) }
    #expect(slow.record.safety.clamps.velocity == 0)
  }

  @Test("translation and rotation are each slowed as one, directions kept; the gripper is not")
  func toolSpeed() throws {
    var plan = ExperimentPlan.drive()
    plan.actionSpace = .mobileManipulator
    plan.safety.velocity.endEffector = 0.25
    let limiter = ActionLimiter(plan: plan)
    var action = [1, 1, 0.5, -3, 0, 0.1, -0.2, 0.05, -1.0]
    #expect(limiter.holdSpeeds(&action))
    #expect(action == [1, 1, 0.125, -0.25, 0, 0.1, -0.2, 0.05, -1])
  }

  @Test("a base driven at the edge of its region stops there, and may drive back in", arguments: [1.0, -1.0])
  func region(direction: Double) throws {
    var plan = ExperimentPlan.drive([.forward(distance: direction * 9, steps: 60)])
    plan.safety.workspace.base = SafetyPlan.KeepInRegion(minimum: SIMD2(-0.3, -1), maximum: SIMD2(0.3, 1))
    let episode = try run(plan) { ActionChunk([$0.tick < 40 ? direction : -direction, 0]) }
    let trajectory = try #require(episode.trajectory)
    // x of body 1, the rover's base, by step.
    let places = (0..<60).map { direction * trajectory.states[$0 * trajectory.stateCount + 7] }
    #expect(places.max()! < 0.3)
    #expect(places[39] > 0.28)
    #expect(places[59] < -0.2)
    #expect(episode.record.safety.clamps.workspace > 20)
  }

  @Test("however it is driven, a base stays in its region but for a hand's breadth in turns", arguments: 0..<4)
  func wandering(episode: Int) throws {
    var plan = ExperimentPlan.drive([.forward(distance: 99, steps: 300)])
    plan.safety.workspace.base = SafetyPlan.KeepInRegion(minimum: SIMD2(-0.3, -0.3), maximum: SIMD2(0.3, 0.3))
    var random = SeedStream(root: 4, factor: .policy, episode: episode)
    var action = [1.0, 0]
    let trajectory = try #require(
      try run(plan) { observation in
        if observation.tick % 15 == 0 { action = [random.uniform(-2, 2), random.uniform(-1, 1)] }
        return ActionChunk(action)
      }.trajectory)
    let far = (0..<trajectory.count).flatMap { step in
      (7...8).map { abs(trajectory.states[step * trajectory.stateCount + $0]) }
    }
    #expect(far.max()! < 0.36)
    #expect(far.max()! > 0.25)
  }

  @Test("the tool's target does not leave its box, and can be led back from outside")
  func toolBox() throws {
    var plan = try ExperimentLoader.load(path: shippedExperiment("tabletop")).plan
    for index in plan.commands.indices { plan.commands[index].steps = 60 }
    let box = BoundingBox(minimum: Vector3(0.3, -0.1, 0.25), maximum: Vector3(0.5, 0.1, 0.5))
    plan.safety.workspace.endEffector = box
    var places: [Vector3] = []
    let episode = try run(plan) { observation in
      places.append(
        Vector3(observation.proprioception[0], observation.proprioception[1], observation.proprioception[2]))
      let direction = observation.tick < 30 ? 1.0 : -1
      return ActionChunk([direction, direction, -1, 0, 0, 0, -1])
    }
    #expect(episode.record.safety.clamps.workspace > 30)
    for place in places {
      #expect(place == pointwiseMax(pointwiseMin(place, box.maximum + 0.01), box.minimum - 0.01), "\(place)")
    }
    #expect(places[29].x > 0.48 && places[59].x < 0.32)
  }

  @Test("the fallback holds joints and gripper where they were last told to be")
  func fallback() throws {
    var plan = try ExperimentLoader.load(path: shippedExperiment("tabletop")).plan
    plan.actionSpace = .jointPosition
    plan.safety.emergencyStopFaults = nil
    for index in plan.commands.indices { plan.commands[index].steps = 20 }
    let trajectory = try #require(
      try run(plan) { observation in
        if observation.tick >= 5 { return ActionChunk([]) }
        return ActionChunk([1, 0, 0, -0.3, 0, 0.2, 0, 0.6])
      }.trajectory)
    let held = (5..<20).map { Array(trajectory.actions[$0 * 8..<$0 * 8 + 8]) }
    for action in held {
      #expect(abs(action[7] - 0.6) < 1e-12, "the gripper")
      for (now, first) in zip(action, held[0]) { #expect(abs(now - first) < 1e-9) }
      #expect(action[0] < 0.9, "joint 1 was still on its way")
    }
  }
}
