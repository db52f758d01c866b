import Foundation
import RehearsalCore
import Testing

@testable import Authoring

@Suite("Robots that drive") struct MobileRobotTests {
  @Test("the TurtleBot has the data sheet's wheels, limits and masses")
  func turtlebot() throws {
    let robot = try ownRobot("turtlebot")
    let drive = try #require(robot.robot.drive)
    #expect(drive.wheelRadius == 0.033 && drive.wheelSeparation == 0.287)
    #expect(drive.maxLinearSpeed == 0.26 && drive.maxAngularSpeed == 1.82)
    let articulation = robot.articulation
    let wheel = articulation.bodies[articulation.joints[drive.leftWheels[0]].child]
    #expect(wheel.mass.mass == 0.02849894)
    #expect(wheel.mass.principalInertia == Vector3(1.1175580e-5, 1.1192413e-5, 2.0712558e-5))
    let total = articulation.bodies.reduce(0) { $0 + $1.mass.mass }
    #expect(abs(total - (1.3729096 + 0.114 + 0.03 + 2 * 0.005 + 2 * 0.02849894)) < 1e-12)
  }

  @Test(
    "wheels touch the floor, stand the declared separation apart and turn about y",
    arguments: ["turtlebot", "mobile_manipulator"])
  func wheels(name: String) throws {
    let robot = try ownRobot(name)
    let drive = try #require(robot.robot.drive)
    let articulation = robot.articulation
    let wheels = (drive.leftWheels + drive.rightWheels).map { articulation.joints[$0] }
    let poses = wheels.map { articulation.bodies[$0.child].worldFromBody }
    #expect(poses.allSatisfy { abs($0.position.z - drive.wheelRadius) < 1e-9 && abs($0.position.x) < 1e-9 })
    #expect(abs(poses[0].position.y - poses[1].position.y - drive.wheelSeparation) < 1e-9)
    for (wheel, pose) in zip(wheels, poses) {
      #expect((pose.orientation * wheel.axis).isNear(.unitY, within: 1e-9))
      #expect(wheel.kind == .continuous && wheel.limits == nil)
    }
  }

  @Test("the mobile manipulator does not tip with its arm stretched out ahead, aside or behind")
  func stretchedOut() throws {
    let robot = try ownRobot("mobile_manipulator")
    let arm = try #require(robot.robot.arm)
    for heading in [0, 1.57, -1.57, 2.8] {
      let positions = Dictionary(uniqueKeysWithValues: zip(arm.joints, [heading, 1.57, 0, -0.07, 0, 1.57, 0]))
      let poses = robot.articulation.poses(at: positions)
      var (moment, mass) = (Vector3.zero, 0.0)
      for (pose, body) in zip(poses, robot.articulation.bodies) {
        moment += (pose * body.mass.bodyFromInertial.position) * body.mass.mass
        mass += body.mass.mass
      }
      let center = moment / mass
      // Casters at x = ±0.19 and wheels at y = ±0.21 bear it, with 3 cm to spare.
      #expect(abs(center.x) < 0.16 && abs(center.y) < 0.18, "\(center) at heading \(heading)")
    }
  }

  @Test(
    "the front camera sees a box on the floor from 0.4 m before the robot's front to 3 m",
    arguments: ["turtlebot", "mobile_manipulator"])
  func frontCamera(name: String) throws {
    let robot = try ownRobot(name)
    let camera = try #require(robot.cameras.first { $0.name == "front" })
    let rootFromCamera = robot.articulation.bodies[camera.body!].worldFromBody * camera.parentFromCamera
    let tangent = tan(camera.fovDegrees / 2 * .pi / 180)
    for distance in stride(from: robot.robot.drive!.frontReach + 0.4, through: 3, by: 0.25) {
      let seen = rootFromCamera.inverse * Vector3(distance, 0, 0.02)
      #expect(seen.x > 0 && abs(seen.y / seen.x) < tangent && abs(seen.z / seen.x) < tangent)
    }
  }
}
