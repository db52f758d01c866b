import Physics
import RehearsalCore

/// A scene under construction.
struct SceneFixture {
  var bodies: [BodyModel] = []
  var joints: [JointModel] = []
  var articulations: [ArticulationModel] = []
  var meshes: [TriangleMesh] = []
  var gravity = Vector3(0, 0, -9.81)

  var scene: SceneModel {
    SceneModel(
      name: "fixture", bodies: bodies, joints: joints, articulations: articulations,
      robot: RobotModel(name: "none", articulation: 0, root: BodyID(0)),
      materials: [Material(name: "plain", color: .white)], meshes: meshes, gravity: gravity)
  }

  func world(physicsHz: Int = 240, solverIterations: Int = 20) throws -> World {
    let scene = self.scene
    return try World(
      scene: scene, start: InitialState(of: scene),
      settings: PhysicsSettings(physicsHz: physicsHz, solverIterations: solverIterations))
  }

  var noTargets: JointTargets { JointTargets(values: Array(repeating: 0, count: joints.count)) }

  @discardableResult
  mutating func add(_ body: BodyModel) -> BodyID {
    bodies.append(body)
    return BodyID(bodies.count - 1)
  }

  @discardableResult
  mutating func addFloor(friction: Double = 1) -> BodyID {
    add(
      BodyModel(
        name: "floor", motion: .fixed, surface: SurfaceProperties(friction: friction),
        shapes: [ShapeModel(geometry: .plane(drawnSize: 10), material: MaterialID(0))]))
  }

  @discardableResult
  mutating func addFree(
    _ name: String, _ geometry: Geometry, mass: Double, at position: Vector3,
    orientation: Quaternion = .identity, friction: Double = 0.8
  ) -> BodyID {
    add(
      BodyModel(
        name: name, motion: .free, mass: solidMass(mass, of: geometry),
        surface: SurfaceProperties(friction: friction),
        shapes: [ShapeModel(geometry: geometry, material: MaterialID(0))],
        worldFromBody: Pose(position: position, orientation: orientation)))
  }

  /// Adds a link without its joint.
  mutating func addLink(
    _ name: String, _ shapes: [ShapeModel] = [], mass: MassProperties, friction: Double = 0.8,
    at pose: Pose = .identity
  ) -> BodyID {
    add(
      BodyModel(
        name: name, motion: .link, mass: mass, surface: SurfaceProperties(friction: friction), shapes: shapes,
        worldFromBody: pose))
  }

  mutating func add(_ joint: JointModel) -> JointID {
    joints.append(joint)
    return JointID(joints.count - 1)
  }

  /// Adds the articulation of `links` and `joints`, whose poses follow from the root's and the joints' home positions.
  mutating func addArticulation(_ name: String, rootIsFixed: Bool, links: [BodyID], joints: [JointID]) {
    articulations.append(
      ArticulationModel(name: name, rootIsFixed: rootIsFixed, links: links, joints: joints))
    for id in joints {
      let joint = self.joints[id]
      bodies[joint.child].worldFromBody = bodies[joint.parent].worldFromBody * joint.parentFromChild(at: joint.home)
    }
  }
}

func shape(_ geometry: Geometry, at pose: Pose = .identity) -> ShapeModel {
  ShapeModel(geometry: geometry, bodyFromShape: pose, material: MaterialID(0))
}

/// Mass properties of a homogeneous solid.
func solidMass(_ mass: Double, of geometry: Geometry) -> MassProperties {
  let inertia: Vector3
  switch geometry {
  case .box(let s):
    inertia = mass / 12 * Vector3(s.y * s.y + s.z * s.z, s.x * s.x + s.z * s.z, s.x * s.x + s.y * s.y)
  case .sphere(let r): inertia = Vector3(repeating: 0.4 * mass * r * r)
  case .cylinder(let r, let l), .cone(let r, let l), .capsule(let r, let l):
    let side = mass * (3 * r * r + l * l) / 12
    inertia = Vector3(side, side, mass * r * r / 2)
  case .plane, .mesh: inertia = Vector3(repeating: mass * 0.001)
  }
  return MassProperties(mass: mass, principalInertia: inertia)
}
