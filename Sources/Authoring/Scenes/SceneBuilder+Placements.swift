internal import Foundation
internal import RehearsalCore

extension SceneBuilder {
  /// Reads `placements`: which objects may be present, and where.
  func readPlacements(_ readers: [YAMLReader]) -> [PlacementGroup] {
    var taken: [BodyID: String] = [:]
    return readers.compactMap { reader in
      guard let group = reader.mapping({ placement($0) }) else { return nil }
      for body in group.bodies {
        if let other = taken[body] { reader.error("\"\(scene.bodies[body].name)\" is already in group \"\(other)\"") }
        taken[body] = group.name
      }
      return group
    }
  }

  private func placement(_ map: YAMLMapping) -> PlacementGroup {
    let bodies = members(map)
    let count = map.countRange("count", 0...max(bodies.count, 1), default: bodies.count...bodies.count)
    let distinctColors = map.boolean("distinctColors", default: false)
    let colors = Set(bodies.compactMap { scene.bodies[$0].label?.color })
    if distinctColors, count.upperBound > colors.count {
      map.error("count", "of \(colors.count) colours, no \(count.upperBound) can be distinct")
    }
    let regions = map.list("regions").compactMap { $0.mapping(Self.region) }
    if regions.isEmpty { map.error("regions", "needs at least one region") }
    return PlacementGroup(
      name: map.string("name"), bodies: bodies, count: count, regions: regions,
      clearance: map.number("clearance", .notNegative, default: 0.03),
      isDistractor: map.boolean("distractors", default: false), distinctColors: distinctColors)
  }

  /// `kinds` and `objects`, in the order written.
  private func members(_ map: YAMLMapping) -> [BodyID] {
    var bodies: [BodyID] = []
    for reader in map.list("kinds") {
      let kinds = objectsOfKind.keys.sorted()
      if let kind = reader.choice(among: kinds) { bodies += objectsOfKind[kind] ?? [] }
    }
    let free = scene.bodies.filter { $0.motion == .free }.map(\.name)
    for reader in map.list("objects") {
      if let name = reader.choice(among: free) { bodies.append(scene.body(named: name)!) }
    }
    if bodies.isEmpty { map.reader.error("needs kinds or objects") }
    return bodies
  }

  /// `center`, `size`, `yawDegrees` (of the region) and `headingDegrees` (of what is placed).
  static func region(_ map: YAMLMapping) -> PlacementRegion {
    let size = map.numbers("size", count: 2, .notNegative)
    let yaw = map.radians(degrees: "yawDegrees", default: 0)
    return PlacementRegion(
      worldFromRegion: Pose(position: map.vector("center"), orientation: Quaternion(axis: .unitZ, angle: yaw)),
      halfExtents: SIMD2(size[0], size[1]) / 2, yaw: heading(map))
  }

  static func heading(_ map: YAMLMapping) -> Distribution {
    map.distribution("headingDegrees", default: .uniform(-180, 180)).scaled(by: .pi / 180)
  }
}

extension Distribution {
  /// The distribution of `factor` times a draw; `factor` is positive.
  func scaled(by factor: Double) -> Distribution {
    switch self {
    case .constant(let value): .constant(value * factor)
    case .uniform(let low, let high): .uniform(low * factor, high * factor)
    case .normal(let mean, let deviation): .normal(mean: mean * factor, standardDeviation: deviation * factor)
    case .choice(let values): .choice(values.map { $0 * factor })
    }
  }
}
