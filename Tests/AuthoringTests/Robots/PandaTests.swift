import Foundation
import RehearsalCore
import Testing

@testable import Authoring

@Suite("The Panda-class arm") struct PandaTests {
  struct Vector: CustomTestStringConvertible {
    var joints: [Double]
    var flange: Vector3
    var tool: Vector3
    var orientation: Quaternion
    var testDescription: String { "\(joints)" }
  }

  /// Published forward-kinematics vectors of the Franka Emika Panda, in the frame of panda_link0.
  static let published = [
    Vector(
      joints: [0, 0, 0, 0, 0, 0, 0], flange: Vector3(0.088, 0, 0.926), tool: Vector3(0.088, 0, 0.8226),
      orientation: Quaternion(x: 0.92388, y: 0.382683, z: 0, w: 0)),
    Vector(
      joints: [0, -.pi / 4, 0, -3 * .pi / 4, 0, .pi / 2, .pi / 4], flange: Vector3(0.306891, 0, 0.590282),
      tool: Vector3(0.306891, 0, 0.486882), orientation: Quaternion(x: 1, y: 0, z: 0, w: 0)),
    Vector(
      joints: [0.1, -0.2, 0.3, -1.4, 0.5, 1.6, -0.7], flange: Vector3(0.402317, 0.252428, 0.814917),
      tool: Vector3(0.417471, 0.306987, 0.7284),
      orientation: Quaternion(x: -0.527078, y: -0.800345, z: -0.271976, w: 0.087558)),
  ]

  @Test(
    "its flange and tool are where the published vectors say", arguments: published, ["panda", "mobile_manipulator"])
  func forwardKinematics(vector: Vector, robot name: String) throws {
    let robot = try ownRobot(name)
    let arm = try #require(robot.robot.arm)
    let positions = Dictionary(uniqueKeysWithValues: zip(arm.joints, vector.joints))
    let poses = robot.articulation.poses(at: positions)
    let baseFromRoot = (poses[arm.base.body.rawValue] * arm.base.bodyFromFrame).inverse
    let flange = baseFromRoot * robot.articulation.rootFromFrame("panda_link8", at: positions)
    let tool = baseFromRoot * (poses[arm.endEffector.body.rawValue] * arm.endEffector.bodyFromFrame)
    #expect(flange.position.isNear(vector.flange, within: 1e-5))
    #expect(tool.position.isNear(vector.tool, within: 1e-5))
    #expect((tool.orientation.inverse * vector.orientation).axisAngle.length < 1e-5)
  }

  @Test("its limits, speeds and efforts are the data sheet's")
  func limits() throws {
    let robot = try ownRobot("panda")
    let joints = try #require(robot.robot.arm).joints.map { robot.articulation.joints[$0] }
    let lower = [-2.8973, -1.7628, -2.8973, -3.0718, -2.8973, -0.0175, -2.8973]
    let upper = [2.8973, 1.7628, 2.8973, -0.0698, 2.8973, 3.7525, 2.8973]
    #expect(joints.map { $0.limits?.lowerBound } == lower)
    #expect(joints.map { $0.limits?.upperBound } == upper)
    #expect(joints.map(\.maxVelocity) == [2.175, 2.175, 2.175, 2.175, 2.61, 2.61, 2.61])
    let efforts = joints.map { joint -> Double in
      if case .position(_, let effort) = joint.actuator { effort } else { .nan }
    }
    #expect(efforts == [87, 87, 87, 87, 12, 12, 12])
  }

  @Test("its links weigh what the published inertial set says")
  func masses() throws {
    let articulation = try ownRobot("panda").articulation
    let masses = ["panda_link1", "panda_link2", "panda_link3", "panda_link4", "panda_link5", "panda_link6"].map {
      articulation.bodies[articulation.body(named: $0)!].mass.mass
    }
    #expect(masses == [2.7907, 2.5420, 2.2513, 2.2037, 2.2855, 1.353])
    let wrist = articulation.bodies[articulation.body(named: "panda_link7")!]
    #expect(abs(wrist.mass.mass - (0.35973 + 0.6544)) < 1e-12)
    let second = articulation.bodies[articulation.body(named: "panda_link2")!].mass
    let trace = second.principalInertia.sum()
    #expect(abs(trace - (0.01662428 + 0.00462501 + 0.01545125)) < 1e-12)
    #expect(second.bodyFromInertial.position == Vector3(0.00038, -0.09211, 0.01908))
  }

  @Test(
    "at home its tool points down, fingers opening along y",
    arguments: [("panda", 0.45, 0.65), ("mobile_manipulator", 0.54, 0.70)])
  func home(name: String, x: Double, z: Double) throws {
    let robot = try ownRobot(name)
    let tool = try #require(robot.robot.arm).endEffector
    let rootFromTool = robot.articulation.bodies[tool.body].worldFromBody * tool.bodyFromFrame
    #expect(rootFromTool.position.isNear(Vector3(x, 0, z), within: 1e-6))
    #expect((rootFromTool.orientation * Vector3.unitZ).isNear(Vector3(0, 0, -1), within: 1e-6))
    #expect((rootFromTool.orientation * Vector3.unitX).isNear(Vector3(1, 0, 0), within: 1e-6))
  }

  @Test("its fingers mirror each other and meet at the tool's axis")
  func fingers() throws {
    let robot = try ownRobot("panda")
    let gripper = try #require(robot.robot.gripper)
    let articulation = robot.articulation
    #expect(articulation.joints[gripper.joints[1]].mimic == .init(joint: gripper.joints[0], multiplier: 1))
    let open = [gripper.joints[0]: 0.03, gripper.joints[1]: 0.03]
    let hand = articulation.rootFromFrame("panda_hand", at: open).inverse
    let left = hand * articulation.rootFromFrame("panda_leftfinger", at: open)
    let right = hand * articulation.rootFromFrame("panda_rightfinger", at: open)
    #expect(left.position.isNear(Vector3(0, 0.03, 0.0584), within: 1e-12))
    #expect(right.position.isNear(Vector3(0, -0.03, 0.0584), within: 1e-12))
  }

  @Test("its wrist camera sees both fingertips and the point below the tool")
  func wristCamera() throws {
    let robot = try ownRobot("panda")
    let articulation = robot.articulation
    let camera = try #require(robot.cameras.first { $0.name == "wrist" })
    let positions = [JointID: Double](uniqueKeysWithValues: zip(robot.robot.gripper!.joints, [0.04, 0.04]))
    let poses = articulation.poses(at: positions)
    let cameraFromRoot = (poses[camera.body!.rawValue] * camera.parentFromCamera).inverse
    let rootFromTool = articulation.rootFromFrame("panda_hand_tcp", at: positions)
    for point in [Vector3(0, 0.04, 0), Vector3(0, -0.04, 0), Vector3(0, 0, 0.2)] {
      let seen = cameraFromRoot * (rootFromTool * point)
      #expect(seen.x > 0)
      let tangent = tan(camera.fovDegrees / 2 * .pi / 180)
      #expect(abs(seen.y / seen.x) < tangent && abs(seen.z / seen.x) < tangent)
    }
  }
}
