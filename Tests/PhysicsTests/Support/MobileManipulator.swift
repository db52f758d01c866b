import RehearsalCore

/// A differential-drive base on two driven wheels and frictionless ball casters, with or without an arm.
struct DriveBase {
  var root: BodyID
  var left: JointID
  var right: JointID
  var wheelRadius: Double
  var separation: Double
  var panda: Panda?
}

extension SceneFixture {
  /// TurtleBot3 Waffle: wheels of 33 mm.
  mutating func addTurtleBot(at pose: Pose = .identity) -> DriveBase {
    let mass = MassProperties(
      mass: 1.373, bodyFromInertial: Pose(position: Vector3(-0.03, 0, 0.04)),
      principalInertia: Vector3(8.7e-3, 8.6e-3, 1.46e-2))
    let chassis = shape(.box(size: Vector3(0.266, 0.266, 0.094)), at: Pose(position: Vector3(-0.064, 0, 0.062)))
    let caster = 0.012
    return addDriveBase(
      mass: mass, shapes: [chassis], casters: [Vector3(-0.177, 0.064, caster), Vector3(-0.177, -0.064, caster)],
      casterRadius: caster, wheelRadius: 0.033, wheelWidth: 0.018, separation: 0.288,
      wheelMass: MassProperties(mass: 0.0285, principalInertia: Vector3(1.1175e-5, 1.1175e-5, 2.071e-5)),
      effort: 1, arm: false, at: pose)
  }

  /// A 40 kg base with wheels of 100 mm and an arm on top.
  mutating func addMobileManipulator(at pose: Pose = .identity, tuning: Panda.Tuning = Panda.Tuning()) -> DriveBase {
    let body = Geometry.box(size: Vector3(0.6, 0.5, 0.3))
    var mass = solidMass(40, of: body)
    mass.bodyFromInertial = Pose(position: Vector3(0, 0, 0.2))
    return addDriveBase(
      mass: mass, shapes: [shape(body, at: Pose(position: Vector3(0, 0, 0.25)))],
      casters: [Vector3(0.25, 0, 0.05), Vector3(-0.25, 0, 0.05)], casterRadius: 0.05, wheelRadius: 0.1,
      wheelWidth: 0.04, separation: 0.48, wheelMass: solidMass(1.5, of: .cylinder(radius: 0.1, length: 0.04)),
      effort: 20, arm: true, at: pose, tuning: tuning)
  }

  private mutating func addDriveBase(
    mass: MassProperties, shapes: [ShapeModel], casters: [Vector3], casterRadius: Double, wheelRadius: Double,
    wheelWidth: Double, separation: Double, wheelMass: MassProperties, effort: Double, arm: Bool, at pose: Pose,
    tuning: Panda.Tuning = Panda.Tuning()
  ) -> DriveBase {
    let balls = casters.map { shape(.sphere(radius: casterRadius), at: Pose(position: $0)) }
    let root = addLink("base/base", shapes + balls, mass: mass, friction: 0, at: pose)
    var links = [root]
    var joints: [JointID] = []
    for (name, y) in [("left", separation / 2), ("right", -separation / 2)] {
      let wheel = addLink(
        "base/\(name)_wheel", [shape(.cylinder(radius: wheelRadius, length: wheelWidth))], mass: wheelMass,
        friction: 1)
      joints.append(
        add(
          JointModel(
            name: "base/\(name)_wheel_joint", kind: .continuous, parent: root, child: wheel,
            parentFromJoint: Pose(
              position: Vector3(0, y, wheelRadius), orientation: Quaternion(roll: -.pi / 2, pitch: 0, yaw: 0)),
            axis: .unitZ, maxVelocity: 30, actuator: .velocity(maxEffort: effort))))
      links.append(wheel)
    }
    var base = DriveBase(
      root: root, left: joints[0], right: joints[1], wheelRadius: wheelRadius, separation: separation)
    if arm {
      let mount = Pose(position: Vector3(0.1, 0, 0.4))
      let added = addPanda(on: root, at: mount, tuning: tuning)
      base.panda = added.panda
      links += added.links
      joints += added.joints
    }
    addArticulation("base", rootIsFixed: false, links: links, joints: joints)
    return base
  }
}
