import Authoring
import Foundation
import TestSupport
import Physics
import RehearsalCore
import Testing

@Suite("The shipped robots under physics") struct RobotsInMotionTests {
  @Test("stand still and upright at home for two seconds", arguments: ["turtlebot", "panda", "mobile_manipulator"])
  func standing(name: String) throws {
    var robot = try RobotOnFloor(name)
    let start = robot.state
    try robot.run(seconds: 2)
    let root = robot.scene.robot.root
    #expect((robot.state.worldFromBody[root].position - start.worldFromBody[root].position).length < 0.006)
    #expect((robot.state.worldFromBody[root].orientation * Vector3.unitZ).z > 0.9999)
    for joint in robot.scene.robot.arm?.joints ?? [] {
      #expect(abs(robot.state.jointPositions[joint] - robot.scene.joints[joint].home) < 0.002)
    }
  }

  @Test("go as far as their wheels roll, at full speed", arguments: ["turtlebot", "mobile_manipulator"])
  func rolling(name: String) throws {
    var robot = try RobotOnFloor(name)
    let drive = try #require(robot.scene.robot.drive)
    try robot.run(seconds: 0.5)
    let (before, rolled) = (robot.state, robot.wheelTravel)
    try robot.drive(left: drive.maxLinearSpeed, right: drive.maxLinearSpeed, seconds: 2)
    let root = robot.scene.robot.root
    let way = robot.state.worldFromBody[root].position - before.worldFromBody[root].position
    let wheels = robot.wheelTravel - rolled
    #expect(wheels.x > 1.7 * drive.maxLinearSpeed)
    #expect(abs(way.x - (wheels.x + wheels.y) / 2) < 0.01 * way.x)
    #expect(abs(way.y) < 0.02 * way.x && abs(way.z) < 0.001)
  }

  @Test("turn on the spot as their wheels say", arguments: ["turtlebot", "mobile_manipulator"])
  func turning(name: String) throws {
    var robot = try RobotOnFloor(name)
    let drive = try #require(robot.scene.robot.drive)
    try robot.run(seconds: 0.5)
    let (before, rolled) = (robot.state, robot.wheelTravel)
    let rim = drive.maxAngularSpeed * drive.wheelSeparation / 2
    try robot.drive(left: -rim, right: rim, seconds: 1)
    let root = robot.scene.robot.root
    let wheels = robot.wheelTravel - rolled
    let yaw = robot.state.worldFromBody[root].orientation.yaw - before.worldFromBody[root].orientation.yaw
    #expect(yaw > 0.8 * drive.maxAngularSpeed)
    #expect(abs(yaw - (wheels.y - wheels.x) / drive.wheelSeparation) < 0.02)
  }

  @Test("the mobile manipulator stands with its arm stretched out ahead or aside", arguments: [0.0, 1.57])
  func stretchedOut(heading: Double) throws {
    var robot = try RobotOnFloor("mobile_manipulator")
    let pose = [heading, 1.5, 0, -0.1, 0, 1.6, 0.78]
    for (joint, position) in zip(robot.scene.robot.arm!.joints, pose) { robot.targets.values[joint] = position }
    try robot.run(seconds: 4)
    for (joint, position) in zip(robot.scene.robot.arm!.joints, pose) {
      #expect(abs(robot.state.jointPositions[joint] - position) < 0.01)
    }
    #expect((robot.state.worldFromBody[robot.scene.robot.root].orientation * Vector3.unitZ).z > 0.9999)
  }

  @Test("grippers close and open, their fingers together", arguments: ["panda", "mobile_manipulator"])
  func gripper(name: String) throws {
    var robot = try RobotOnFloor(name)
    let gripper = try #require(robot.scene.robot.gripper)
    for position in [gripper.closed, gripper.open] {
      for joint in gripper.joints { robot.targets.values[joint] = position }
      try robot.run(seconds: 1)
      for joint in gripper.joints { #expect(abs(robot.state.jointPositions[joint] - position) < 0.001) }
    }
  }
}

/// A shipped robot alone on a floor.
private struct RobotOnFloor {
  let scene: SceneModel
  var targets: JointTargets
  private(set) var state: SceneState
  private let world: World

  init(_ name: String) throws {
    let assets = URL(filePath: packageRoot).appending(path: "Assets/robots")
    var scene = SceneModel(
      name: "floor",
      bodies: [
        BodyModel(
          name: "floor", motion: .fixed,
          shapes: [ShapeModel(geometry: .plane(drawnSize: 10), material: MaterialID(0))])
      ], robot: RobotModel(name: "", articulation: 0, root: BodyID(0)),
      materials: [Material(name: "floor", color: .white)])
    scene.add(try RobotLoader.load(directory: assets.appendingPathComponent(name).path), worldFromRoot: .identity)
    self.scene = scene
    targets = JointTargets(
      values: scene.joints.map { joint in
        if case .velocity = joint.actuator { 0 } else { joint.home }
      })
    world = try World(scene: scene, start: InitialState(of: scene), settings: PhysicsSettings())
    state = world.makeState()
  }

  mutating func run(seconds: Double) throws {
    try world.advance(substeps: Int(seconds * 240), targets: targets)
    world.read(into: &state)
  }

  /// Rim speeds, m/s, reached over a quarter of a second.
  mutating func drive(left: Double, right: Double, seconds: Double) throws {
    let drive = scene.robot.drive!
    for step in 1...Int(seconds * 240) {
      let share = min(1, Double(step) / 60) / drive.wheelRadius
      for joint in drive.leftWheels { targets.values[joint] = left * share }
      for joint in drive.rightWheels { targets.values[joint] = right * share }
      try world.advance(substeps: 1, targets: targets)
    }
    world.read(into: &state)
  }

  /// Wheel angle times radius, left (x) and right (y).
  var wheelTravel: SIMD2<Double> {
    let drive = scene.robot.drive!
    return drive.wheelRadius
      * SIMD2(state.jointPositions[drive.leftWheels[0]], state.jointPositions[drive.rightWheels[0]])
  }
}
