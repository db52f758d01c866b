internal import RehearsalCore

extension SceneBuilder {
  /// Reads `statics`: bodies that never move, such as floors, tables and walls.
  mutating func readStatics(_ readers: [YAMLReader]) {
    for reader in readers {
      let body = reader.mapping { map in
        let name = map.string("name")
        let shapes = readShapes(map.list("shapes"), owner: nil, fallback: nil)
        if shapes.isEmpty { map.error("shapes", "needs at least one shape") }
        return BodyModel(
          name: name, motion: .fixed, surface: Self.surface(map), shapes: shapes, label: Self.label(map),
          worldFromBody: map.pose())
      }
      if let body { add(body, at: reader) }
    }
  }

  static func surface(_ map: YAMLMapping) -> SurfaceProperties {
    SurfaceProperties(
      friction: map.number("friction", .notNegative, default: 0.8),
      rollingFriction: map.number("rollingFriction", .notNegative, default: 0),
      spinningFriction: map.number("spinningFriction", .notNegative, default: 0),
      restitution: map.number("restitution", .fraction, default: 0))
  }

  /// `label: {color: red, shape: button}`; nil if there is none.
  static func label(_ map: YAMLMapping) -> ObjectLabel? {
    map.child("label")?.mapping { label in
      let color: NamedColor = label.choice("color")
      return ObjectLabel(color: color.rawValue, shape: label.string("shape"))
    }
  }

  /// Reads `objects`: for each entry one free body a colour of `colors`, or a single one with a `name`, a `color` and
  /// a pose.
  mutating func readObjects(_ readers: [YAMLReader]) {
    for reader in readers {
      _ = reader.mapping { map in readObjects(map) }
    }
  }

  private mutating func readObjects(_ map: YAMLMapping) {
    let kind = map.string("kind")
    let noun = map.string("noun", default: kind)
    let single = map.optionalString("name")
    let pose = map.pose()
    let colors = Self.colors(map, isSingle: single != nil)
    let (mass, surface) = (map.number("mass", .positive), Self.surface(map))
    let roughness = map.number("roughness", .fraction, default: 0.5)
    let specular = map.number("specular", .fraction, default: 0.3)
    let shapeReaders = map.list("shapes")
    for color in colors {
      let name = single ?? "\(color.rawValue)_\(kind)"
      let own = add(Material(name: name, color: color.color, roughness: roughness, specular: specular))
      let shapes = readShapes(shapeReaders, owner: name, fallback: own)
      guard let properties = MassProperties(mass: mass, shapes: shapes) else {
        map.error("shapes", "needs at least one shape with a volume")
        return
      }
      let body = BodyModel(
        name: name, motion: .free, mass: properties, surface: surface, shapes: shapes,
        label: ObjectLabel(color: color.rawValue, shape: noun),
        worldFromBody: single == nil ? parking(for: shapes) : pose)
      objectsOfKind[kind, default: []].append(add(body, at: map.reader))
    }
  }

  private static func colors(_ map: YAMLMapping, isSingle: Bool) -> [NamedColor] {
    if isSingle { return [map.choice("color")] }
    let colors: [NamedColor] = map.list("colors").compactMap { reader in
      reader.choice(among: NamedColor.allCases.map(\.rawValue)).flatMap(NamedColor.init)
    }
    if colors.isEmpty { map.error("colors", "needs at least one colour") }
    return colors
  }

  /// A place of its own on the ground, away from the scene: where a free body is until an episode places it.
  private func parking(for shapes: [ShapeModel]) -> Pose {
    let index = scene.bodies.count { $0.motion == .free }
    var probe = scene
    probe.bodies = [BodyModel(name: "", motion: .free, shapes: shapes)]
    let height = -probe.bounds(of: BodyID(0)).minimum.z
    return Pose(position: Vector3(12 + Double(index / 8), Double(index % 8) - 3.5, height.isFinite ? height : 0))
  }
}
