import Foundation
import RehearsalCore
import Testing

@testable import Authoring

@Suite("Faulty robot.yaml files") struct RobotFaultTests {
  private static let urdf = """
    <robot name="r">
      <link name="base"><inertial><mass value="1"/><inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0" iyz="0"/></inertial></link>
      <joint name="elbow" type="revolute"><parent link="base"/><child link="hand"/>
        <limit lower="-1" upper="1" effort="5" velocity="2"/></joint>
      <link name="hand"><inertial><mass value="1"/><inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0" iyz="0"/></inertial></link>
    </robot>
    """

  private static let arm = """
    arm:
      joints: [elbow]
      base: base
      endEffector: {link: hand, position: [0, 0, 0.1]}
      maxLinearSpeed: 1
      maxAngularSpeed: 1
      workspace: {minimum: [-1, -1, -1], maximum: [1, 1, 1]}
      stiffness: 0.5
      home: [0.5]
    """

  /// What is reported of a robot with these lines, whose first is line 4 of its robot.yaml.
  private func message(_ lines: String, urdf: String = urdf) throws -> String {
    let folder = try ScratchFolder()
    try folder.write(urdf, to: "robot.urdf")
    try folder.write("name: r\nroot: fixed\nurdf: robot.urdf\n" + lines + "\n", to: "robot.yaml")
    return reported(in: folder) { try RobotLoader.load(directory: folder.path) }
  }

  @Test("a sound one loads, with its tool, home and motor")
  func sound() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.urdf, to: "robot.urdf")
    try folder.write("name: it\nroot: fixed\nurdf: robot.urdf\n\(Self.arm)\n", to: "robot.yaml")
    let robot = try RobotLoader.load(directory: folder.path)
    #expect(robot.articulation.name == "it" && robot.articulation.joints[0].home == 0.5)
    #expect(robot.articulation.joints[0].actuator == .position(stiffness: 0.5, maxEffort: 5))
    #expect(robot.robot.arm?.endEffector.bodyFromFrame.position == Vector3(0, 0, 0.1))
  }

  @Test("names that are not in the URDF are reported with the nearest that is")
  func names() throws {
    let lines = Self.arm.replacing("[elbow]", with: "[elbo]").replacing("base: base", with: "base: bas")
    #expect(
      try message(lines + "\nsurfaces: [{links: [hnd], friction: 1}]\nmaterials: {red: {roughness: 1}}") == """
        robot.yaml:5:12: error: arm.joints[0]: there is no moving joint "elbo"; did you mean "elbow"?
        robot.yaml:6:9: error: arm.base: there is no link "bas"; did you mean "base"?
        robot.yaml:13:21: error: surfaces[0].links[0]: there is no link "hnd"; did you mean "hand"?
        robot.yaml:14:18: error: materials.red: the URDF has no material "red"
        """)
  }

  @Test("a home outside the joint's limits is reported")
  func home() throws {
    #expect(
      try message(Self.arm.replacing("[0.5]", with: "[1.5]"))
        == "robot.yaml:12:9: error: arm.home: 1.5 is outside the limits -1…1 of joint \"elbow\"")
    #expect(
      try message(Self.arm.replacing("[0.5]", with: "[0, 0]"))
        == "robot.yaml:12:9: error: arm.home: expected 1 numbers, found 2")
  }

  @Test("unknown keys, wheels that cannot turn freely and cameras of one name are reported")
  func keys() throws {
    let camera = "{name: eye, link: hand, fovDegrees: 60, width: 64, height: 64}"
    let drive = """
      drive: {leftWheels: [elbow], rightWheels: [elbow], wheelRadius: 0, wheelSeparation: 1, maxLinearSpeed: 1,
        maxAngularSpeed: 1, maxLinearAcceleration: 1, maxAngularAcceleration: 1, maxEffort: 1, frontReach: 1, sped: 2}
      """
    let reported = try message("\(drive)\ncameras: [\(camera), \(camera)]")
    #expect(
      reported == """
        robot.yaml:4:65: error: drive.wheelRadius: must be greater than 0
        robot.yaml:5:105: error: drive.sped: unknown key
        robot.yaml:6:75: error: cameras[1]: another camera is named "eye" too
        """)
    #expect(
      try message(drive.replacing("wheelRadius: 0", with: "wheelRadius: 1").replacing(", sped: 2", with: ""))
        == """
        robot.yaml:4:22: error: drive.leftWheels[0]: a wheel must be a continuous joint
        robot.yaml:4:44: error: drive.rightWheels[0]: a wheel must be a continuous joint
        """)
  }

  @Test("parts that clash or hang on nothing are reported")
  func parts() throws {
    #expect(
      try message("parts: [{urdf: robot.urdf, attachTo: hand}]") == """
        robot.urdf:2:3: error: another part has a link "base" too
        robot.urdf:3:3: error: another part has a joint "elbow" too
        robot.urdf:5:3: error: another part has a link "hand" too
        """)
    #expect(
      try message("parts: [{urdf: robot.urdf, attachTo: foot}]")
        == "robot.urdf: error: there is no link \"foot\" to attach it to")
    #expect(
      try message("parts: [{urdf: none.urdf, attachTo: hand}]")
        == "none.urdf: error: there is no URDF file none.urdf")
  }

  @Test("faults of the URDF are reported at their place there")
  func urdfFaults() throws {
    #expect(
      try message(Self.arm, urdf: Self.urdf.replacing("upper=\"1\"", with: "upper=\"nan\""))
        == "robot.urdf:4:23: error: upper of <limit>: not a finite number in \"nan\"")
  }
}
