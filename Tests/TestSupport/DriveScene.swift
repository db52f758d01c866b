public import RehearsalCore

extension SceneModel {
  /// A small differential-drive robot on a floor, a red box 1 m ahead and a blue ball 1 m to the left.
  public static func drive() -> SceneModel {
    let base = BodyModel(
      name: "rover/base", motion: .link,
      mass: MassProperties(mass: 4, principalInertia: Vector3(0.02, 0.02, 0.03)),
      surface: SurfaceProperties(friction: 0),
      shapes: [
        ShapeModel(
          geometry: .box(size: Vector3(0.3, 0.2, 0.1)), bodyFromShape: Pose(position: Vector3(0, 0, 0.08)),
          material: MaterialID(1)),
        caster(x: 0.12), caster(x: -0.12),
      ], worldFromBody: Pose(position: Vector3(0, 0, 0.05)))
    return SceneModel(
      name: "drive", bodies: [floor, base, wheel("left"), wheel("right"), redBox, blueBall],
      joints: [wheelJoint("left", child: BodyID(2), y: 0.15), wheelJoint("right", child: BodyID(3), y: -0.15)],
      articulations: [
        ArticulationModel(
          name: "rover", rootIsFixed: false, links: [BodyID(1), BodyID(2), BodyID(3)], joints: [JointID(0), JointID(1)])
      ],
      robot: RobotModel(
        name: "rover", articulation: 0, root: BodyID(1),
        drive: RobotModel.Drive(
          leftWheels: [JointID(0)], rightWheels: [JointID(1)], wheelRadius: 0.05, wheelSeparation: 0.3,
          maxLinearSpeed: 0.5, maxAngularSpeed: 2, maxLinearAcceleration: 2, maxAngularAcceleration: 8,
          frontReach: 0.15)),
      cameras: [
        CameraModel(
          name: "front", body: BodyID(1), parentFromCamera: Pose(position: Vector3(0.16, 0, 0.15)), fovDegrees: 60,
          width: 32, height: 32),
        CameraModel(
          name: "reviewer", parentFromCamera: Pose(eye: Vector3(-1.5, -1.5, 1.5), lookingAt: Vector3(0.5, 0, 0)),
          fovDegrees: 60, width: 64, height: 48),
      ],
      materials: ["floor", "rover", "red", "blue"].map {
        Material(name: $0, color: NamedColor(rawValue: $0)?.color ?? NamedColor.gray.color)
      })
  }

  private static var floor: BodyModel {
    BodyModel(
      name: "floor", motion: .fixed, shapes: [ShapeModel(geometry: .plane(drawnSize: 20), material: MaterialID(0))])
  }

  private static func caster(x: Double) -> ShapeModel {
    ShapeModel(
      geometry: .sphere(radius: 0.02), bodyFromShape: Pose(position: Vector3(x, 0, -0.03)), material: MaterialID(1))
  }

  private static func wheel(_ side: String) -> BodyModel {
    let upright = Pose(orientation: Quaternion(axis: .unitX, angle: .pi / 2))
    return BodyModel(
      name: "rover/\(side)Wheel", motion: .link,
      mass: MassProperties(mass: 0.2, principalInertia: Vector3(1.4e-4, 2.5e-4, 1.4e-4)),
      surface: SurfaceProperties(friction: 1),
      shapes: [
        ShapeModel(geometry: .cylinder(radius: 0.05, length: 0.02), bodyFromShape: upright, material: MaterialID(1))
      ])
  }

  private static func wheelJoint(_ side: String, child: BodyID, y: Double) -> JointModel {
    JointModel(
      name: "rover/\(side)WheelJoint", kind: .continuous, parent: BodyID(1), child: child,
      parentFromJoint: Pose(position: Vector3(0, y, 0)), axis: .unitY, maxVelocity: 40,
      actuator: .velocity(maxEffort: 5))
  }

  private static var redBox: BodyModel {
    BodyModel(
      name: "redBox", motion: .free,
      mass: MassProperties(mass: 2, principalInertia: Vector3(repeating: 0.0133)),
      shapes: [ShapeModel(geometry: .box(size: Vector3(repeating: 0.2)), material: MaterialID(2))],
      label: ObjectLabel(color: "red", shape: "box"), worldFromBody: Pose(position: Vector3(1, 0, 0.1)))
  }

  private static var blueBall: BodyModel {
    BodyModel(
      name: "blueBall", motion: .free,
      mass: MassProperties(mass: 1, principalInertia: Vector3(repeating: 0.004)),
      surface: SurfaceProperties(rollingFriction: 0.01),
      shapes: [ShapeModel(geometry: .sphere(radius: 0.1), material: MaterialID(3))],
      label: ObjectLabel(color: "blue", shape: "ball"), worldFromBody: Pose(position: Vector3(0, 1, 0.1)))
  }
}

extension SceneState {
  /// Everything at its authored place, at rest.
  public static func atRest(_ scene: SceneModel) -> SceneState {
    SceneState(
      worldFromBody: scene.bodies.map(\.worldFromBody), velocities: scene.bodies.map { _ in .zero },
      jointPositions: scene.joints.map(\.home), jointVelocities: scene.joints.map { _ in 0 })
  }
}
