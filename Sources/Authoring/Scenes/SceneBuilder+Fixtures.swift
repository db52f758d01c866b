internal import RehearsalCore

extension SceneBuilder {
  /// Reads `fixtures`: things bolted to the scene with one part that moves, such as a cabinet and its drawer.
  mutating func readFixtures(_ readers: [YAMLReader]) {
    for reader in readers {
      _ = reader.mapping { map in readFixture(map) }
    }
  }

  private mutating func readFixture(_ map: YAMLMapping) {
    let name = map.string("name")
    let frame = BodyModel(
      name: "frame", motion: .link, surface: Self.surface(map),
      shapes: readShapes(map.list("shapes"), owner: nil, fallback: nil))
    var bodies = [frame]
    var joints: [JointModel] = []
    let pose = map.pose()
    for part in map.list("parts") {
      guard let (body, joint) = part.mapping({ readPart($0, fixture: name) }) else { continue }
      var placed = joint
      placed.child = BodyID(bodies.count)
      bodies.append(body)
      joints.append(placed)
    }
    if joints.isEmpty { map.error("parts", "needs at least one part that moves") }
    bodies[0].mass = MassProperties(mass: 1, shapes: frame.shapes) ?? Self.nominalMass
    if scene.articulations.contains(where: { $0.name == name }) {
      map.error("name", "there is already a fixture or robot \"\(name)\"")
    }
    let fragment = ArticulationFragment(name: name, rootIsFixed: true, bodies: bodies, joints: joints)
    scene.add(fragment, worldFromRoot: pose)
    keepMaterials(of: bodies)
  }

  /// Shapes of a fixture use materials that the scene already has; adding the fragment must not move them.
  private mutating func keepMaterials(of bodies: [BodyModel]) {
    let first = scene.bodies.count - bodies.count
    for (index, body) in bodies.enumerated() {
      for (place, shape) in body.shapes.enumerated() {
        scene.bodies[first + index].shapes[place].material = shape.material
      }
    }
  }

  private static let nominalMass = MassProperties(mass: 1, principalInertia: Vector3(repeating: 0.01))

  private mutating func readPart(_ map: YAMLMapping, fixture: String) -> (BodyModel, JointModel) {
    let name = map.string("name")
    let label = Self.label(map)
    let shapes = readShapes(map.list("shapes"), owner: label == nil ? nil : "\(fixture)/\(name)", fallback: nil)
    let mass = MassProperties(mass: map.number("mass", .positive), shapes: shapes)
    if mass == nil { map.error("shapes", "needs at least one shape with a volume") }
    let body = BodyModel(
      name: name, motion: .link, mass: mass ?? Self.nominalMass, surface: Self.surface(map), shapes: shapes,
      label: label)
    let joint = map.required("joint")?.mapping { Self.joint($0, named: name) }
    return (body, joint ?? Self.joint(named: name))
  }

  private static func joint(named name: String) -> JointModel {
    JointModel(
      name: name, kind: .prismatic, parent: BodyID(0), child: BodyID(1), parentFromJoint: .identity, axis: .unitX)
  }

  private static func joint(_ map: YAMLMapping, named name: String) -> JointModel {
    var joint = joint(named: name)
    joint.kind =
      map.required("kind")?.choice(among: ["revolute", "prismatic"]).flatMap(JointModel.Kind.init) ?? .prismatic
    joint.parentFromJoint = map.pose()
    joint.axis = map.vector("axis", default: .unitX)
    if joint.axis.length < 1e-9 { map.error("axis", "must not be zero") } else { joint.axis = joint.axis.normalized }
    let angular = joint.kind == .revolute
    let scale = angular ? Double.pi / 180 : 1
    let ends = map.numbers(angular ? "rangeDegrees" : "range", count: 2).map { $0 * scale }
    if ends[0] < ends[1] { joint.limits = ends[0]...ends[1] } else { map.reader.error("the range must not be empty") }
    joint.maxVelocity = map.number("maxVelocity", .positive, default: 1)
    joint.damping = map.number("damping", .notNegative, default: 0)
    joint.friction = map.number("friction", .notNegative, default: 0)
    joint.home = map.number(angular ? "homeDegrees" : "home", default: 0) * scale
    if let limits = joint.limits, !limits.contains(joint.home) { map.reader.error("home must be within the range") }
    joint.actuator =
      map.child("spring")?.mapping { spring in
        .position(
          stiffness: spring.number("stiffness", NumberRange(minimum: 0, maximum: 1, excludesMinimum: true)),
          maxEffort: spring.number("maxEffort", .positive))
      } ?? .passive
    return joint
  }
}
