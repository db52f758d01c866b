internal import Foundation
internal import RehearsalCore

extension SceneBuilder {
  /// Reads a list of shapes. `owner` and `fallback` as for `material(of:owner:fallback:)`.
  mutating func readShapes(_ readers: [YAMLReader], owner: String?, fallback: MaterialID?) -> [ShapeModel] {
    var shapes: [ShapeModel] = []
    for reader in readers {
      var builder = self
      shapes += reader.mapping { builder.shapes($0, owner: owner, fallback: fallback) } ?? []
      self = builder
    }
    return shapes
  }

  /// One entry of a list of shapes: exactly one geometry, and where and how it stands.
  private mutating func shapes(_ map: YAMLMapping, owner: String?, fallback: MaterialID?) -> [ShapeModel] {
    let geometries = Self.geometries(map)
    let pose = map.pose()
    let material = material(of: map, owner: owner, fallback: fallback)
    let (isVisible, collides) = (map.boolean("visible", default: true), map.boolean("collides", default: true))
    return geometries.map { geometry, place in
      ShapeModel(
        geometry: geometry, bodyFromShape: pose * place, material: material, isVisible: isVisible, collides: collides)
    }
  }

  private static let kinds = ["box", "sphere", "cylinder", "cone", "capsule", "plane", "wall"]

  private static func geometries(_ map: YAMLMapping) -> [(Geometry, Pose)] {
    let found = kinds.compactMap { kind in map.child(kind).map { (kind, $0) } }
    guard found.count == 1, let (kind, reader) = found.first else {
      map.reader.error("needs exactly one of \(kinds.joined(separator: ", "))")
      return []
    }
    switch kind {
    case "box":
      let size = reader.numbers(count: 3, .positive)
      return [(.box(size: Vector3(size[0], size[1], size[2])), .identity)]
    case "sphere": return [(.sphere(radius: reader.number(.positive)), .identity)]
    case "plane": return [(.plane(drawnSize: reader.number(.positive)), .identity)]
    case "wall": return wall(reader)
    default: return [(round(kind, reader), .identity)]
    }
  }

  private static func round(_ kind: String, _ reader: YAMLReader) -> Geometry {
    let read = reader.mapping { ($0.number("radius", .positive), $0.number("length", .positive)) }
    let (radius, length) = read ?? (1, 1)
    switch kind {
    case "cylinder": return .cylinder(radius: radius, length: length)
    case "cone": return .cone(radius: radius, length: length)
    default: return .capsule(radius: radius, length: length)
    }
  }

  /// The wall of a cup or bowl: a ring of boxes about z, standing on z = 0, that hold the outline of a polygon.
  ///
  /// `radius` is the outer radius at the foot, `topRadius` at the rim; `sides` boxes of `thickness`.
  private static func wall(_ reader: YAMLReader) -> [(Geometry, Pose)] {
    let boxes = reader.mapping { map -> [(Geometry, Pose)] in
      let radius = map.number("radius", .positive)
      let top = map.number("topRadius", .positive, default: radius)
      let (height, thickness) = (map.number("height", .positive), map.number("thickness", .positive))
      let sides = map.integer("sides", 3...64, default: 16)
      if thickness >= min(radius, top) { map.error("thickness", "must be less than the radius") }
      let tilt = atan2(top - radius, height)
      let slant = height / cos(tilt)
      // Wide enough to close the outline at the rim, measured across the outer faces.
      let width = 2 * max(radius, top) * tan(.pi / Double(sides))
      let box = Geometry.box(size: Vector3(thickness, width, slant))
      return (0..<sides).map { side in
        let turn = Quaternion(axis: .unitZ, angle: 2 * .pi * Double(side) / Double(sides))
        let middle = Vector3((radius + top) / 2 - thickness / 2 / cos(tilt), 0, height / 2)
        return (box, Pose(position: turn * middle, orientation: turn * Quaternion(axis: .unitY, angle: tilt)))
      }
    }
    return boxes ?? []
  }
}
