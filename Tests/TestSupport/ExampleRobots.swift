public import RehearsalCore

/// Robots for tests that need kinematics but no files: published numbers, no shapes.
public enum ExampleRobots {
  /// The Panda's ready pose.
  public static let ready = [0, -Double.pi / 4, 0, -3 * Double.pi / 4, 0, Double.pi / 2, Double.pi / 4]

  /// A Panda on a base with two wheels (bodies: base, 7 links, 2 wheels, 2 fingers; joints: 7 arm, left and right
  /// wheel, 2 fingers).
  public static func mobileManipulator() -> SceneModel {
    var bodies = [BodyModel(name: "robot/base", motion: .link, shapes: [])]
    bodies += (1...7).map { BodyModel(name: "robot/link\($0)", motion: .link, shapes: []) }
    bodies += ["left", "right", "finger1", "finger2"].map {
      BodyModel(name: "robot/\($0)", motion: .link, shapes: [])
    }
    return SceneModel(
      name: "mobile", bodies: bodies, joints: armJoints + wheels + fingers,
      articulations: [
        ArticulationModel(
          name: "robot", rootIsFixed: false, links: (0..<12).map(BodyID.init), joints: (0..<11).map(JointID.init))
      ],
      robot: RobotModel(
        name: "mobile", articulation: 0, root: BodyID(0), drive: drive, arm: arm,
        gripper: RobotModel.Gripper(joints: [JointID(9), JointID(10)], open: 0.04, closed: 0)), materials: [])
  }

  /// At rest where `positions` put its joints, the base at `worldFromBase`.
  public static func state(
    of scene: SceneModel, arm positions: [Double] = ready, worldFromBase: Pose = .identity
  ) -> SceneState {
    var poses = Array(repeating: worldFromBase, count: scene.bodies.count)
    var joints = scene.joints.map(\.home)
    for (index, position) in positions.enumerated() { joints[index] = position }
    for (index, joint) in scene.joints.enumerated() {
      poses[joint.child] = poses[joint.parent] * joint.parentFromChild(at: joints[index])
    }
    return SceneState(
      worldFromBody: poses, velocities: Array(repeating: .zero, count: poses.count), jointPositions: joints,
      jointVelocities: Array(repeating: 0, count: joints.count))
  }

  /// Flange 0.107 m beyond link 7; hand turned by −45°; tool centre point 0.1034 m beyond the hand.
  public static let arm = RobotModel.Arm(
    joints: (0..<7).map(JointID.init), base: FrameModel(name: "base", body: BodyID(0), bodyFromFrame: .identity),
    endEffector: FrameModel(
      name: "tcp", body: BodyID(7),
      bodyFromFrame: Pose(
        position: Vector3(0, 0, 0.2104), orientation: Quaternion(roll: 0, pitch: 0, yaw: -.pi / 4))),
    maxLinearSpeed: 0.4, maxAngularSpeed: 1.5, workspaceMinimum: Vector3(-0.8, -0.8, -0.3),
    workspaceMaximum: Vector3(0.8, 0.8, 1.1))

  public static let drive = RobotModel.Drive(
    leftWheels: [JointID(7)], rightWheels: [JointID(8)], wheelRadius: 0.1, wheelSeparation: 0.4, maxLinearSpeed: 0.5,
    maxAngularSpeed: 1.5, maxLinearAcceleration: 1, maxAngularAcceleration: 3, frontReach: 0.25)

  private static let armJoints: [JointModel] = {
    let rows: [(Vector3, roll: Double, ClosedRange<Double>, maxVelocity: Double)] = [
      (Vector3(0, 0, 0.333), 0, -2.8973...2.8973, 2.175),
      (Vector3(0, 0, 0), -.pi / 2, -1.7628...1.7628, 2.175),
      (Vector3(0, -0.316, 0), .pi / 2, -2.8973...2.8973, 2.175),
      (Vector3(0.0825, 0, 0), .pi / 2, -3.0718...(-0.0698), 2.175),
      (Vector3(-0.0825, 0.384, 0), -.pi / 2, -2.8973...2.8973, 2.61),
      (Vector3(0, 0, 0), .pi / 2, -0.0175...3.7525, 2.61),
      (Vector3(0.088, 0, 0), .pi / 2, -2.8973...2.8973, 2.61),
    ]
    return rows.enumerated().map { index, row in
      JointModel(
        name: "robot/joint\(index + 1)", kind: .revolute, parent: BodyID(index), child: BodyID(index + 1),
        parentFromJoint: Pose(position: row.0, orientation: Quaternion(roll: row.roll, pitch: 0, yaw: 0)),
        axis: .unitZ, limits: row.2, maxVelocity: row.maxVelocity,
        actuator: .position(stiffness: 0.2, maxEffort: 87), home: ready[index])
    }
  }()

  private static let wheels = [("left", 0.2, 8), ("right", -0.2, 9)].map { name, y, body in
    JointModel(
      name: "robot/\(name)", kind: .continuous, parent: BodyID(0), child: BodyID(body),
      parentFromJoint: Pose(position: Vector3(0, y, 0.1)), axis: .unitY, maxVelocity: 20,
      actuator: .velocity(maxEffort: 20))
  }

  private static let fingers = [(1.0, 10), (-1.0, 11)].map { side, body in
    JointModel(
      name: "robot/finger\(body - 9)", kind: .prismatic, parent: BodyID(7), child: BodyID(body),
      parentFromJoint: Pose(position: Vector3(0, 0, 0.1654)), axis: .unitY * side, limits: 0...0.04,
      maxVelocity: 0.2, actuator: .position(stiffness: 0.2, maxEffort: 40), home: 0.04)
  }
}
