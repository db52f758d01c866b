import RehearsalCore

/// The Franka Panda's published kinematics, as a scene of nothing else.
enum Panda {
  static let ready = [0, -Double.pi / 4, 0, -3 * Double.pi / 4, 0, Double.pi / 2, Double.pi / 4]

  static func scene() -> SceneModel {
    let rows: [(Vector3, roll: Double, ClosedRange<Double>, maxVelocity: Double)] = [
      (Vector3(0, 0, 0.333), 0, -2.8973...2.8973, 2.175),
      (Vector3(0, 0, 0), -.pi / 2, -1.7628...1.7628, 2.175),
      (Vector3(0, -0.316, 0), .pi / 2, -2.8973...2.8973, 2.175),
      (Vector3(0.0825, 0, 0), .pi / 2, -3.0718...(-0.0698), 2.175),
      (Vector3(-0.0825, 0.384, 0), -.pi / 2, -2.8973...2.8973, 2.61),
      (Vector3(0, 0, 0), .pi / 2, -0.0175...3.7525, 2.61),
      (Vector3(0.088, 0, 0), .pi / 2, -2.8973...2.8973, 2.61),
    ]
    let bodies = (0...7).map { BodyModel(name: "panda/link\($0)", motion: .link, shapes: []) }
    let joints = rows.enumerated().map { index, row in
      JointModel(
        name: "panda/joint\(index + 1)", kind: .revolute, parent: BodyID(index), child: BodyID(index + 1),
        parentFromJoint: Pose(position: row.0, orientation: Quaternion(roll: row.roll, pitch: 0, yaw: 0)),
        axis: .unitZ, limits: row.2, maxVelocity: row.maxVelocity,
        actuator: .position(stiffness: 0.2, maxEffort: 87), home: ready[index])
    }
    return SceneModel(
      name: "panda", bodies: bodies, joints: joints,
      articulations: [
        ArticulationModel(
          name: "panda", rootIsFixed: true, links: (0...7).map(BodyID.init), joints: (0..<7).map(JointID.init))
      ], robot: RobotModel(name: "panda", articulation: 0, root: BodyID(0), arm: arm), materials: [])
  }

  /// Flange 0.107 m beyond link 7; hand turned by −45°; tool centre point 0.1034 m beyond the hand.
  static let arm = RobotModel.Arm(
    joints: (0..<7).map(JointID.init), base: FrameModel(name: "base", body: BodyID(0), bodyFromFrame: .identity),
    endEffector: FrameModel(
      name: "tcp", body: BodyID(7),
      bodyFromFrame: Pose(
        position: Vector3(0, 0, 0.2104), orientation: Quaternion(roll: 0, pitch: 0, yaw: -.pi / 4))),
    maxLinearSpeed: 0.5, maxAngularSpeed: 1.5, workspaceMinimum: Vector3(-0.9, -0.9, -0.3),
    workspaceMaximum: Vector3(0.9, 0.9, 1.2))

  static let chain = KinematicChain(scene: scene(), arm: arm)
}

/// The angle of the rotation between two orientations.
func angle(_ a: Quaternion, _ b: Quaternion) -> Double { (a * b.inverse).axisAngle.length }
