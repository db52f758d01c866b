internal import RehearsalCore

/// How a scene is lit and what surrounds it.
struct SceneLighting {
  var lights: [Light]
  var ambient: Color
  var background: Background
}

extension SceneLighting {
  /// Reads `lights`, `ambient` and `background`.
  init(_ map: YAMLMapping) {
    lights = map.list("lights").compactMap { $0.mapping(Self.light) }
    ambient = map.color("ambient", default: Color(0.25, 0.25, 0.25))
    let sky = Color(0.55, 0.65, 0.8)
    background = Background(zenith: sky, horizon: sky, nadir: sky)
    guard let reader = map.child("background") else { return }
    if reader.isMapping {
      background =
        reader.mapping { sky in
          Background(zenith: sky.color("zenith"), horizon: sky.color("horizon"), nadir: sky.color("nadir"))
        } ?? background
    } else {
      let plain = reader.color
      background = Background(zenith: plain, horizon: plain, nadir: plain)
    }
  }

  private enum Kind: String, CaseIterable { case directional, point, spot }

  private static func light(_ map: YAMLMapping) -> Light {
    let kind: Kind = map.choice("kind")
    let intensity = map.number("intensity", .notNegative)
    let kelvin = map.child("temperatureKelvin")?.number(.between(1000, 15000))
    let color = map.color("color", default: kelvin.map(Light.blackBody) ?? .white)
    if kelvin != nil, map.has("color") { map.error("color", "cannot stand beside temperatureKelvin") }
    let softness =
      kind == .directional
      ? map.radians(degrees: "softnessDegrees", .between(0, 45), default: 0)
      : map.number("softness", .notNegative, default: 0)
    return Light(
      kind: geometry(kind, map), color: color * intensity, castsShadow: map.boolean("castsShadow", default: true),
      softness: softness)
  }

  private static func geometry(_ kind: Kind, _ map: YAMLMapping) -> Light.Kind {
    switch kind {
    case .directional: return .directional(direction: direction(map, from: nil))
    case .point: return .point(position: map.vector("position"))
    case .spot:
      let position = map.vector("position")
      let outer = map.radians(degrees: "outerDegrees", .between(1, 89), default: 35)
      let inner = map.radians(degrees: "innerDegrees", .between(0, 89), default: 25)
      if inner > outer { map.error("innerDegrees", "must not be above outerDegrees") }
      return .spot(
        position: position, direction: direction(map, from: position), innerAngle: inner, outerAngle: outer)
    }
  }

  /// `direction`, or towards `lookAt`.
  private static func direction(_ map: YAMLMapping, from position: Vector3?) -> Vector3 {
    if let position, map.has("lookAt") { return (map.vector("lookAt") - position).normalized }
    let direction = map.vector("direction")
    if direction.length < 1e-9 { map.error("direction", "must not be zero") }
    return direction.normalized
  }
}

extension SceneBuilder {
  /// Reads `cameras` that are fixed to the world.
  mutating func readCameras(_ readers: [YAMLReader]) {
    for reader in readers {
      let camera = reader.mapping { map -> CameraModel in
        let (eye, target) = (map.vector("eye"), map.vector("lookAt"))
        if (target - eye).length < 1e-9 { map.error("lookAt", "must differ from eye") }
        let (near, far) = (map.number("near", .positive, default: 0.01), map.number("far", .positive, default: 50))
        if near >= far { map.error("far", "must be greater than near") }
        return CameraModel(
          name: map.string("name"), parentFromCamera: Pose(eye: eye, lookingAt: target),
          fovDegrees: map.number("fovDegrees", .between(1, 170)), width: map.integer("width", 16...4096),
          height: map.integer("height", 16...4096), near: near, far: far)
      }
      guard let camera else { continue }
      if scene.camera(named: camera.name) != nil { reader.error("there is already a camera \"\(camera.name)\"") }
      reportIfInsideBody(camera, at: reader)
      scene.cameras.append(camera)
    }
  }

  private func reportIfInsideBody(_ camera: CameraModel, at reader: YAMLReader) {
    let state = SceneState(of: scene)
    let eye = camera.parentFromCamera.position
    for id in scene.bodyIDs where scene.surfaceDistance(from: eye, to: id, in: state) <= 0 {
      reader.error("the camera \"\(camera.name)\" lies inside the body \"\(scene.bodies[id].name)\"")
    }
  }
}

extension SceneState {
  /// The scene as authored, at rest.
  fileprivate init(of scene: SceneModel) {
    self.init(
      worldFromBody: scene.bodies.map(\.worldFromBody), velocities: Array(repeating: .zero, count: scene.bodies.count),
      jointPositions: scene.joints.map(\.home), jointVelocities: Array(repeating: 0, count: scene.joints.count))
  }
}
