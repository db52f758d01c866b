internal import RehearsalCore

/// A scene while its file is read: what stands in it so far.
struct SceneBuilder {
  /// Its robot is a stand-in until one is added.
  var scene: SceneModel
  /// Materials that the file names.
  var namedMaterials: [String: MaterialID] = [:]
  /// Those that bodies with labels have for themselves.
  var ownMaterials: [Material: MaterialID] = [:]
  /// By kind, in the file's order.
  var objectsOfKind: [String: [BodyID]] = [:]

  init(name: String, gravity: Vector3) {
    let nobody = RobotModel(name: "", articulation: 0, root: BodyID(0))
    scene = SceneModel(name: name, bodies: [], robot: nobody, materials: [], gravity: gravity)
  }

  mutating func add(_ material: Material) -> MaterialID {
    scene.materials.append(material)
    return MaterialID(scene.materials.count - 1)
  }

  /// Adds a body; a name that is taken is reported at `place`.
  @discardableResult mutating func add(_ body: BodyModel, at place: YAMLReader) -> BodyID {
    if scene.body(named: body.name) != nil { place.error("there is already a body \"\(body.name)\"") }
    scene.bodies.append(body)
    return BodyID(scene.bodies.count - 1)
  }
}
