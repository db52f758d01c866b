import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite struct DrivingExpertTests {
  func outcomes(_ commands: [CommandModel], policy: String) throws -> [EpisodeOutcome] {
    let runner = EpisodeRunner(
      plan: .drive(commands), policy: try PolicyLibrary.make(name: policy), renderer: nil, recording: .withoutImages)
    return (0..<10).map { runner.run($0).record.outcome }
  }

  @Test("Going to things, driving ahead and stopping succeed in every episode")
  func succeeds() throws {
    var goTo = CommandModel.goTo(steps: 150)
    goTo.success = .all([.near(slot: "target", distance: 0.2), .facing(slot: "target", angle: 0.3)])
    var stop = CommandModel.stop()
    stop.setup.rollingForward = 0.8
    for command in [goTo, .forward(), stop] {
      let reached = try outcomes([command], policy: "scripted")
      #expect(reached == Array(repeating: .success, count: 10), "\(command.name)")
    }
  }

  @Test("Backing up and turning both ways succeed, whole turns included", arguments: [-3.0, -1.2, 1.2, 7.0])
  func turns(angle: Double) throws {
    var turn = CommandModel.forward(steps: 150)
    turn.expert = .turn
    turn.success = .turned(angle: angle)
    var back = CommandModel.forward(distance: -0.4)
    back.expert = .drive
    let reached = try outcomes([turn, back], policy: "scripted")
    #expect(reached == Array(repeating: .success, count: 10))
  }

  @Test("What needs skill is not done by doing nothing")
  func floor() throws {
    #expect(try outcomes([.goTo(), .forward()], policy: "zero").allSatisfy { !$0.isSuccess })
  }
}

@Suite struct GroundPlannerTests {
  @Test("A way leads around a wall and keeps its distance")
  func around() {
    var scene = SceneModel.drive()
    scene.bodies[4].shapes[0].geometry = .box(size: Vector3(0.1, 1.5, 0.4))
    let state = SceneState.atRest(scene)
    let wall = Outline(of: scene.bodies[4].shapes[0], of: BodyID(4), scene: scene, state: state)
    let planner = GroundPlanner(obstacles: [wall], clearance: 0.2)
    let goal = SIMD2(2.0, 0)
    let path = planner.path(from: SIMD2(0, 0), aim: goal) { length($0 - goal) < 0.1 }
    #expect(length(path.last! - goal) < 0.1)
    #expect(path.count > 1)
    var from = SIMD2(0.0, 0)
    for corner in path {
      #expect(planner.isClear(from, corner))
      from = corner
    }
  }

  @Test("The outline of a turned box is exact on its sides")
  func outline() {
    var scene = SceneModel.drive()
    scene.bodies[4].worldFromBody.orientation = Quaternion(axis: .unitZ, angle: 0.4)
    let box = Outline(of: scene.bodies[4].shapes[0], of: BodyID(4), scene: scene, state: .atRest(scene))
    let side = Quaternion(axis: .unitZ, angle: 0.4) * Vector3(0.25, 0, 0)
    #expect(abs(box.distance(from: SIMD2(1 + side.x, side.y)) - 0.15) < 1e-9)
    #expect(box.distance(from: SIMD2(1, 0)) < 0)
  }
}
