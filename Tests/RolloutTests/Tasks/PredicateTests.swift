import Foundation
import RehearsalCore
import Rollout
import TestSupport
import Testing

@Suite("Predicates")
struct PredicateTests {
  private let scene = SceneModel.drive()
  private let box = BodyID(4)

  private func evaluator() -> PredicateEvaluator {
    PredicateEvaluator(scene: scene, bindings: ["target": box], start: .atRest(scene))
  }

  private func moved(_ x: Double, _ y: Double, yaw: Double = 0) -> SceneState {
    var state = SceneState.atRest(scene)
    state.worldFromBody[scene.robot.root] = Pose(
      position: Vector3(x, y, 0.05), orientation: Quaternion(axis: .unitZ, angle: yaw))
    return state
  }

  @Test("moved: the way along the first heading counts, straying sideways does not")
  func movedForward() {
    let predicate = Predicate.moved(distance: 0.4)
    #expect(evaluator().value(of: predicate, in: moved(0.2, 0)).progress == 0.5)
    #expect(evaluator().value(of: predicate, in: moved(0.41, 0.1)).isSatisfied)
    #expect(!evaluator().value(of: predicate, in: moved(0.41, 0.25)).isSatisfied)
    #expect(!evaluator().value(of: .moved(distance: -0.4), in: moved(0.41, 0)).isSatisfied)
    #expect(evaluator().value(of: .moved(distance: -0.4), in: moved(-0.41, 0)).isSatisfied)
  }

  @Test("turned: whole turns add up, and the other way round does not count")
  func turned() {
    var left = evaluator()
    for step in 1...50 { left.follow(moved(0, 0, yaw: wrappedAngle(Double(step) * 0.1))) }
    #expect(left.value(of: .turned(angle: 4.9), in: moved(0, 0, yaw: 5)).isSatisfied)
    #expect(!left.value(of: .turned(angle: 5.1), in: moved(0, 0, yaw: 5)).isSatisfied)
    #expect(!left.value(of: .turned(angle: -1), in: moved(0, 0, yaw: 5)).isSatisfied)
  }

  @Test("near: the gap on the ground between the robot's front and the outline")
  func near() {
    // The box's face is at x = 0.9, the robot's front at its origin + 0.15.
    #expect(evaluator().value(of: .near(slot: "target", distance: 0.3), in: moved(0.451, 0)).isSatisfied)
    #expect(!evaluator().value(of: .near(slot: "target", distance: 0.3), in: moved(0.449, 0)).isSatisfied)
    let half = evaluator().value(of: .near(slot: "target", distance: 0.3), in: moved(0.225, 0))
    #expect(abs(half.progress - 0.5) < 1e-9)
  }

  @Test("facing: the bearing of the body, from either side")
  func facing() {
    #expect(evaluator().value(of: .facing(slot: "target", angle: 0.2), in: moved(0, 0, yaw: -0.19)).isSatisfied)
    #expect(!evaluator().value(of: .facing(slot: "target", angle: 0.2), in: moved(0, 0, yaw: 0.21)).isSatisfied)
  }

  @Test("stopped: both speeds must be low")
  func stopped() {
    let predicate = Predicate.stopped(linearSpeed: 0.02, angularSpeed: 0.05)
    var state = SceneState.atRest(scene)
    state.velocities[scene.robot.root] = Twist(linear: Vector3(0.01, 0, 0), angular: Vector3(0, 0, 0.1))
    #expect(!evaluator().value(of: predicate, in: state).isSatisfied)
    state.velocities[scene.robot.root].angular.z = 0.04
    #expect(evaluator().value(of: predicate, in: state).isSatisfied)
  }

  @Test("pushed: only the way along the direction counts; kept support: must still rest on the floor")
  func pushed() {
    var start = SceneState.atRest(scene)
    start.contacts = [Contact(first: BodyID(0), second: box, normalForce: 20)]
    let evaluator = PredicateEvaluator(scene: scene, bindings: ["target": box], start: start)
    var state = start
    state.worldFromBody[box].position += Vector3(-0.3, 0.12, 0)
    #expect(evaluator.value(of: .pushed(slot: "target", direction: .unitY, distance: 0.1), in: state).isSatisfied)
    #expect(!evaluator.value(of: .pushed(slot: "target", direction: .unitX, distance: 0.1), in: state).isSatisfied)
    #expect(evaluator.value(of: .keptSupport(slot: "target"), in: state).isSatisfied)
    state.contacts = []
    #expect(!evaluator.value(of: .keptSupport(slot: "target"), in: state).isSatisfied)
  }

  @Test("lifted: high enough, and touched by the robot alone")
  func lifted() {
    let predicate = Predicate.lifted(slot: "target", height: 0.05)
    var state = SceneState.atRest(scene)
    state.worldFromBody[box].position.z += 0.06
    #expect(!evaluator().value(of: predicate, in: state).isSatisfied, "thrown, not held")
    state.contacts = [Contact(first: BodyID(1), second: box, normalForce: 5)]
    #expect(evaluator().value(of: predicate, in: state).isSatisfied)
    state.contacts.append(Contact(first: box, second: BodyID(5), normalForce: 1))
    #expect(!evaluator().value(of: predicate, in: state).isSatisfied, "leaning on the ball")
  }

  @Test("placed on: touching and above, with the robot's hands off")
  func placedOn() {
    let predicate = Predicate.placedOn(slot: "target", support: "support")
    let evaluator = PredicateEvaluator(
      scene: scene, bindings: ["target": box, "support": BodyID(5)], start: .atRest(scene))
    var state = SceneState.atRest(scene)
    state.worldFromBody[box].position = Vector3(0, 1, 0.3)
    state.contacts = [Contact(first: box, second: BodyID(5), normalForce: 5)]
    #expect(evaluator.value(of: predicate, in: state).isSatisfied)
    state.contacts.insert(Contact(first: BodyID(1), second: box, normalForce: 1), at: 0)
    #expect(!evaluator.value(of: predicate, in: state).isSatisfied)
  }

  @Test("combinators: all, any, not")
  func combinators() {
    let (yes, no) = (Predicate.near(slot: "target", distance: 5), Predicate.moved(distance: 1))
    let state = SceneState.atRest(scene)
    #expect(evaluator().value(of: .all([yes, .not(no)]), in: state).isSatisfied)
    #expect(!evaluator().value(of: .all([yes, no]), in: state).isSatisfied)
    #expect(evaluator().value(of: .any([yes, no]), in: state).isSatisfied)
    #expect(evaluator().value(of: .all([yes, no]), in: state).progress == 0.5)
  }
}

@Suite("Task monitor")
struct TaskMonitorTests {
  private let scene = SceneModel.drive()

  private func command(_ model: CommandModel) -> Command {
    Command(model: model, bindings: ["target": BodyID(4)], instruction: "", isHeldOut: false, steps: model.steps)
  }

  @Test("success needs the predicate to hold for the whole dwell, without a break")
  func dwell() {
    var start = SceneState.atRest(scene)
    var monitor = TaskMonitor(scene: scene, command: command(.goTo(dwell: 3)), state: start)
    start.worldFromBody[scene.robot.root].position.x = 0.6
    let far = SceneState.atRest(scene)
    let outcomes = [start, start, far, start, start, start].map { monitor.update($0).hasSucceeded }
    #expect(outcomes == [false, false, false, false, false, true])
  }

  @Test("a robot on its side is lost, and so is a target that fell")
  func lost() {
    var state = SceneState.atRest(scene)
    var monitor = TaskMonitor(scene: scene, command: command(.goTo()), state: state)
    #expect(monitor.update(state).failure == nil)
    state.worldFromBody[BodyID(4)].position.z -= 0.3
    #expect(monitor.update(state).failure == .targetLost)
    state.worldFromBody[scene.robot.root].orientation = Quaternion(axis: .unitX, angle: .pi / 2)
    #expect(monitor.update(state).failure == .robotLost)
  }

  @Test("what holds before the robot has moved is noticed")
  func alreadySatisfied() {
    let state = SceneState.atRest(scene)
    #expect(TaskMonitor(scene: scene, command: command(.stop()), state: state).isAlreadySatisfied(in: state))
    #expect(!TaskMonitor(scene: scene, command: command(.goTo()), state: state).isAlreadySatisfied(in: state))
  }
}
