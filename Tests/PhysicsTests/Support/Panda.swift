import Foundation
import RehearsalCore

/// The kinematics, limits and inertias of a Franka Emika Panda and its hand, made of primitive shapes.
///
/// Numbers: franka_description (robots/fer: kinematics, joint limits, inertials, hand collision boxes).
struct Panda {
  var root: BodyID
  var arm: [JointID]
  /// Commanded first; the second mimics it.
  var fingers: [JointID]
  var hand: BodyID
  var fingertips: [BodyID]

  static let ready = [0, -Double.pi / 4, 0, -3 * Double.pi / 4, 0, Double.pi / 2, Double.pi / 4]
  /// Tool centre point in the hand's frame.
  static let handFromTool = Vector3(0, 0, 0.1034)

  struct Tuning {
    var armStiffness = 0.2
    var fingerStiffness = 0.2
    var fingerEffort = 40.0
    var fingerFriction = 1.0
    var home = Panda.ready
    var fingerHome = 0.04
  }
}

extension SceneFixture {
  /// Adds the links and joints of an arm on `parent`; the caller makes them part of an articulation.
  mutating func addPanda(
    on parent: BodyID, at parentFromBase: Pose, tuning: Panda.Tuning = Panda.Tuning()
  ) -> (panda: Panda, links: [BodyID], joints: [JointID]) {
    var links: [BodyID] = []
    var joints: [JointID] = []
    var previous = parent
    for i in 0..<7 {
      let link = addLink("panda/link\(i + 1)", Self.pandaShapes[i], mass: Self.pandaMasses[i])
      let origin = Self.pandaOrigins[i]
      let place = Pose(position: origin.xyz, orientation: Quaternion(roll: origin.roll, pitch: 0, yaw: 0))
      let limit = Self.pandaLimits[i]
      joints.append(
        add(
          JointModel(
            name: "panda/joint\(i + 1)", kind: .revolute, parent: previous, child: link,
            parentFromJoint: i == 0 ? parentFromBase * place : place, axis: .unitZ, limits: limit.range,
            maxVelocity: limit.velocity,
            actuator: .position(stiffness: tuning.armStiffness, maxEffort: limit.effort), home: tuning.home[i])))
      links.append(link)
      previous = link
    }
    let hand = BodyID(links[6].rawValue)
    // The hand is rigid with link 7: its frame is (0, 0, 0.107), yaw −π/4 in link 7's.
    let handFrame = Pose(position: Vector3(0, 0, 0.107), orientation: Quaternion(roll: 0, pitch: 0, yaw: -.pi / 4))
    var fingers: [JointID] = []
    var tips: [BodyID] = []
    for side in 0..<2 {
      let finger = addLink(
        "panda/finger\(side + 1)", Self.fingerShapes,
        mass: massProperties(
          0.0291, com: Vector3(0, 0.015285, 0.0219675), [8.49e-6, 8.53e-6, 1.77e-6, 0, 0, -1.06e-6]),
        friction: tuning.fingerFriction)
      let turn = Quaternion(roll: 0, pitch: 0, yaw: side == 0 ? 0 : .pi)
      let mimic = side == 0 ? nil : JointModel.Mimic(joint: fingers[0], multiplier: 1)
      fingers.append(
        add(
          JointModel(
            name: "panda/finger_joint\(side + 1)", kind: .prismatic, parent: hand, child: finger,
            parentFromJoint: handFrame * Pose(position: Vector3(0, 0, 0.0584), orientation: turn), axis: .unitY,
            limits: 0...0.04, maxVelocity: 0.2,
            actuator: .position(stiffness: tuning.fingerStiffness, maxEffort: tuning.fingerEffort), mimic: mimic,
            home: tuning.fingerHome)))
      tips.append(finger)
      links.append(finger)
    }
    let panda = Panda(root: parent, arm: Array(joints), fingers: fingers, hand: hand, fingertips: tips)
    return (panda, links, joints + fingers)
  }

  /// Adds an arm bolted to the world at `base`.
  mutating func addFixedPanda(
    at base: Pose = .identity, tuning: Panda.Tuning = Panda.Tuning()
  ) -> Panda {
    let root = addLink(
      "panda/base", [shape(.box(size: Vector3(0.2, 0.16, 0.1)), at: Pose(position: Vector3(-0.04, 0, 0.05)))],
      mass: massProperties(2.3966, com: Vector3(-0.0172, 0.0004, 0.0745), [0.009, 0.0115, 0.0085, 0, 0.002, 0]),
      at: base)
    let (panda, links, joints) = addPanda(on: root, at: .identity, tuning: tuning)
    addArticulation("panda", rootIsFixed: true, links: [root] + links, joints: joints)
    return panda
  }

  private static let pandaOrigins: [(xyz: Vector3, roll: Double)] = [
    (Vector3(0, 0, 0.333), 0), (.zero, -.pi / 2), (Vector3(0, -0.316, 0), .pi / 2), (Vector3(0.0825, 0, 0), .pi / 2),
    (Vector3(-0.0825, 0.384, 0), -.pi / 2), (.zero, .pi / 2), (Vector3(0.088, 0, 0), .pi / 2),
  ]

  private static let pandaLimits: [(range: ClosedRange<Double>, velocity: Double, effort: Double)] = [
    (-2.8973...2.8973, 2.175, 87), (-1.7628...1.7628, 2.175, 87), (-2.8973...2.8973, 2.175, 87),
    (-3.0718 ... -0.0698, 2.175, 87), (-2.8973...2.8973, 2.61, 12), (-0.0175...3.7525, 2.61, 12),
    (-2.8973...2.8973, 2.61, 12),
  ]

  private static let pandaMasses: [MassProperties] = [
    massProperties(
      2.7907, com: Vector3(0.00033, -0.02204, -0.04762),
      [0.01564783, 0.01439884, 0.00500444, 0.00000531, -0.00003677, -0.00248481]),
    massProperties(
      2.5420, com: Vector3(0.00038, -0.09211, 0.01908),
      [0.01662428, 0.00462501, 0.01545125, 0.00003086, 0.00000836, 0.003559]),
    massProperties(
      2.2513, com: Vector3(0.05152, 0.01696, -0.02971),
      [0.00631742, 0.00866285, 0.00657804, 0.0009731, 0.00292526, 0.00093469]),
    massProperties(
      2.2037, com: Vector3(-0.05113, 0.05825, 0.01698),
      [0.00784586, 0.00649543, 0.0100308, -0.00339592, 0.00158704, -0.00181478]),
    massProperties(
      2.2855, com: Vector3(-0.00005, 0.0373, -0.0928),
      [0.02297015, 0.02095061, 0.00430607, -0.00000949, -0.00002063, 0.00382346]),
    massProperties(
      1.353, com: Vector3(0.06572, -0.00371, 0.00153),
      [0.00087965, 0.00277797, 0.00286702, -0.00021488, -0.00011912, 0.00001274]),
    // Link 7 with the hand, whose frame is turned and 0.107 further.
    massProperties(
      0.35973 + 0.6544, com: Vector3(0.0057, 0.0053, 0.1019),
      [0.0034, 0.0034, 0.0022, 0, 0, 0]),
  ]

  private static let pandaShapes: [[ShapeModel]] = [
    [shape(.capsule(radius: 0.06, length: 0.2), at: Pose(position: Vector3(0, 0, -0.17)))],
    [
      shape(
        .capsule(radius: 0.06, length: 0.15),
        at: Pose(position: Vector3(0, -0.08, 0), orientation: Quaternion(roll: .pi / 2, pitch: 0, yaw: 0)))
    ],
    [shape(.capsule(radius: 0.06, length: 0.12), at: Pose(position: Vector3(0, 0, -0.12)))],
    [shape(.sphere(radius: 0.07))],
    [shape(.capsule(radius: 0.05, length: 0.2), at: Pose(position: Vector3(0, 0.02, -0.15)))],
    [shape(.sphere(radius: 0.05), at: Pose(position: Vector3(0.03, 0, 0)))],
    [
      shape(
        .box(size: Vector3(0.06, 0.2, 0.07)),
        at: Pose(position: Vector3(0, 0, 0.137), orientation: Quaternion(roll: 0, pitch: 0, yaw: -.pi / 4)))
    ],
  ]

  private static let fingerShapes = [
    shape(.box(size: Vector3(0.022, 0.015, 0.020)), at: Pose(position: Vector3(0, 0.0185, 0.011))),
    shape(.box(size: Vector3(0.022, 0.0088, 0.0038)), at: Pose(position: Vector3(0, 0.0068, 0.0022))),
    shape(
      .box(size: Vector3(0.0175, 0.007, 0.0235)),
      at: Pose(position: Vector3(0, 0.0159, 0.02835), orientation: Quaternion(roll: .pi / 6, pitch: 0, yaw: 0))),
    shape(.box(size: Vector3(0.0175, 0.0152, 0.0185)), at: Pose(position: Vector3(0, 0.00758, 0.04525))),
  ]
}
