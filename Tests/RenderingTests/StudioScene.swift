import RehearsalCore

/// A tabletop with an arm of capsules, cups, boxes and a bowl: what pictures look like in use.
enum StudioScene {
  static let robot = RobotModel(name: "none", articulation: 0, root: BodyID(0))

  static func body(_ name: String, _ position: Vector3, _ shapes: [ShapeModel], yaw: Double = 0) -> BodyModel {
    BodyModel(
      name: name, motion: .fixed, shapes: shapes,
      worldFromBody: Pose(position: position, orientation: Quaternion(axis: .unitZ, angle: yaw)))
  }

  static func shape(_ geometry: Geometry, _ material: Int, at position: Vector3 = .zero, pitch: Double = 0)
    -> ShapeModel
  {
    ShapeModel(
      geometry: geometry,
      bodyFromShape: Pose(position: position, orientation: Quaternion(axis: .unitY, angle: pitch)),
      material: MaterialID(material))
  }

  static let materials: [Material] = [
    Material(
      name: "floor", color: Color(0.42, 0.41, 0.39), roughness: 0.5, specular: 0.4,
      texture: Texture(kind: .checker, secondColor: Color(0.30, 0.29, 0.28), scale: 0.5)),
    Material(
      name: "wood", color: Color(0.52, 0.30, 0.14), roughness: 0.45, specular: 0.5,
      texture: Texture(kind: .wood, secondColor: Color(0.30, 0.145, 0.06), scale: 0.045, seed: 3)),
    Material(name: "steel", color: Color(0.55, 0.56, 0.58), roughness: 0.35, specular: 0.9),
    Material(name: "shell", color: Color(0.82, 0.82, 0.80), roughness: 0.4, specular: 0.5),
    Material(name: "joint", color: Color(0.08, 0.09, 0.11), roughness: 0.5, specular: 0.5),
    Material(name: "red", color: NamedColor.red.color, roughness: 0.35, specular: 0.5),
    Material(name: "green", color: NamedColor.green.color),
    Material(name: "blue", color: NamedColor.blue.color, roughness: 0.3, specular: 0.6),
    Material(name: "yellow", color: NamedColor.yellow.color),
    Material(name: "orange", color: NamedColor.orange.color, roughness: 0.25, specular: 0.7),
    Material(name: "purple", color: NamedColor.purple.color),
    Material(
      name: "marble", color: Color(0.8, 0.8, 0.78), roughness: 0.2, specular: 0.6,
      texture: Texture(kind: .noise, secondColor: Color(0.35, 0.36, 0.4), scale: 0.06, seed: 2)),
    Material(
      name: "striped", color: NamedColor.cyan.color,
      texture: Texture(kind: .stripes, secondColor: Color(0.85, 0.85, 0.85), scale: 0.025)),
    Material(name: "wall", color: Color(0.62, 0.64, 0.66), roughness: 0.9, specular: 0.1),
  ]

  static var bodies: [BodyModel] {
    let top = 0.72
    return [
      body("floor", .zero, [shape(.plane(drawnSize: 24), 0)]),
      body(
        "table", .zero,
        [shape(.box(size: Vector3(0.8, 1.3, 0.04)), 1, at: Vector3(0, 0, 0.70))]
          + [(-0.36, -0.6), (0.36, -0.6), (-0.36, 0.6), (0.36, 0.6)].map {
            shape(.box(size: Vector3(0.05, 0.05, 0.68)), 2, at: Vector3($0.0, $0.1, 0.34))
          }),
      body("red box", Vector3(-0.12, 0.22, top + 0.03), [shape(.box(size: Vector3(0.06, 0.06, 0.06)), 5)], yaw: 0.4),
      body("green box", Vector3(0.05, 0.35, top + 0.025), [shape(.box(size: Vector3(0.05, 0.09, 0.05)), 6)], yaw: 1.0),
      body("blue ball", Vector3(-0.2, -0.05, top + 0.04), [shape(.sphere(radius: 0.04), 7)]),
      body("yellow cone", Vector3(-0.05, -0.28, top + 0.05), [shape(.cone(radius: 0.04, length: 0.1), 8)]),
      body("orange can", Vector3(0.1, -0.12, top + 0.06), [shape(.cylinder(radius: 0.033, length: 0.12), 9)]),
      body(
        "purple pill", Vector3(-0.22, 0.4, top + 0.02),
        [shape(.capsule(radius: 0.02, length: 0.06), 10, pitch: .pi / 2)],
        yaw: 0.7),
      body("marble", Vector3(0.12, 0.12, top + 0.05), [shape(.sphere(radius: 0.05), 11)]),
      body("striped", Vector3(-0.15, -0.42, top + 0.045), [shape(.cylinder(radius: 0.04, length: 0.09), 12)]),
      cup("cup", Vector3(0.22, 0.42, top), 8), cup("mug", Vector3(0.0, 0.02, top), 7),
      body(
        "base", Vector3(0.75, 0, 0),
        [
          shape(.cylinder(radius: 0.28, length: 0.3), 3, at: Vector3(0, 0, 0.21)),
          shape(.box(size: Vector3(0.3, 0.3, 0.3)), 4, at: Vector3(0, 0, 0.5)),
          shape(.cylinder(radius: 0.08, length: 0.06), 4, at: Vector3(0.0, 0.2, 0.08)),
        ]),
      arm(),
    ]
  }

  static func cup(_ name: String, _ position: Vector3, _ material: Int) -> BodyModel {
    let walls = (0..<8).map { i in
      let angle = Double(i) * .pi / 4
      return ShapeModel(
        geometry: .box(size: Vector3(0.006, 0.032, 0.08)),
        bodyFromShape: Pose(
          position: Vector3(0.035 * cosine(angle), 0.035 * sine(angle), 0.04),
          orientation: Quaternion(axis: .unitZ, angle: angle)), material: MaterialID(material))
    }
    return body(
      name, position, walls + [shape(.cylinder(radius: 0.036, length: 0.008), material, at: Vector3(0, 0, 0.004))])
  }

  static func cosine(_ angle: Double) -> Double { (Quaternion(axis: .unitZ, angle: angle) * Vector3.unitX).x }
  static func sine(_ angle: Double) -> Double { (Quaternion(axis: .unitZ, angle: angle) * Vector3.unitX).y }

  static func arm() -> BodyModel {
    let joints: [Vector3] = [
      Vector3(0.75, 0, 0.65), Vector3(0.75, 0, 0.95), Vector3(0.68, 0.02, 1.25), Vector3(0.4, 0.05, 1.38),
      Vector3(0.2, 0.05, 1.2), Vector3(0.16, 0.05, 1.02),
    ]
    var shapes: [ShapeModel] = []
    for (a, b) in zip(joints, joints.dropFirst()) {
      let along = (b - a).normalized
      let turn = Vector3.unitZ.cross(along)
      let angle = (Vector3.unitZ.dot(along) > 0 ? 1 : -1) * turn.length
      shapes.append(
        ShapeModel(
          geometry: .capsule(radius: 0.05, length: (b - a).length - 0.02),
          bodyFromShape: Pose(position: (a + b) * 0.5, orientation: rotation(to: along, axis: turn, sine: angle)),
          material: MaterialID(3)))
      shapes.append(shape(.sphere(radius: 0.062), 4, at: b))
    }
    shapes.append(shape(.box(size: Vector3(0.05, 0.16, 0.04)), 4, at: Vector3(0.16, 0.05, 0.95)))
    shapes.append(shape(.box(size: Vector3(0.02, 0.015, 0.08)), 2, at: Vector3(0.16, 0.01, 0.9)))
    shapes.append(shape(.box(size: Vector3(0.02, 0.015, 0.08)), 2, at: Vector3(0.16, 0.09, 0.9)))
    return body("arm", .zero, shapes)
  }

  static func rotation(to along: Vector3, axis: Vector3, sine: Double) -> Quaternion {
    let w = 1 + Vector3.unitZ.dot(along)
    return Quaternion(x: axis.x, y: axis.y, z: axis.z, w: w).normalized
  }

  static var scene: SceneModel { SceneModel(name: "studio", bodies: bodies, robot: robot, materials: materials) }

  static func appearance(lights: Int = 2) -> Appearance {
    let sun = Light(
      kind: .directional(direction: Vector3(-0.45, 0.35, -1)), color: Light.blackBody(kelvin: 5200) * 0.75,
      softness: 0.04)
    let lamp = Light(
      kind: .spot(
        position: Vector3(-1.2, -1.4, 2.4), direction: Vector3(1.2, 1.4, -1.7), innerAngle: 0.35, outerAngle: 0.6),
      color: Light.blackBody(kelvin: 3600) * 3, softness: 0.12)
    return Appearance(
      lights: Array([sun, lamp].prefix(lights)), ambient: Color(0.30, 0.32, 0.36),
      background: Background(
        zenith: Color(0.22, 0.38, 0.66), horizon: Color(0.68, 0.76, 0.84), nadir: Color(0.34, 0.33, 0.32)),
      materials: materials, cameras: [])
  }

  static var camera: CameraModel {
    CameraModel(
      name: "reviewer", parentFromCamera: Pose(eye: Vector3(-1.25, -0.75, 1.5), lookingAt: Vector3(0.1, 0.05, 0.8)),
      fovDegrees: 45, width: 640, height: 480)
  }

  static var state: SceneState {
    SceneState(
      worldFromBody: bodies.map(\.worldFromBody), velocities: bodies.map { _ in .zero }, jointPositions: [],
      jointVelocities: [])
  }
}
