internal import RehearsalCore

/// Reads a success predicate: a mapping with exactly one key, its name, or the bare word `handEmpty`.
struct PredicateDecoder {
  /// Those that the command declares.
  var slots: [String]

  func decode(_ reader: YAMLReader) -> Predicate {
    if reader.isScalar {
      return reader.choice(among: ["handEmpty"]) == nil ? Self.standIn : .handEmpty
    }
    return reader.mapping { decode($0, reader) } ?? Self.standIn
  }

  private static let standIn = Predicate.all([])

  private func decode(_ map: YAMLMapping, _ reader: YAMLReader) -> Predicate {
    let found = [composed(map), ofBase(map), ofObject(map), ofJoint(map)].flatMap(\.self)
    if found.count == 1 { return found[0] }
    if found.count > 1 { reader.error("expected one predicate, found \(found.count); join them by all or any") }
    if found.isEmpty, map.isEmpty { reader.error("expected a predicate") }
    return Self.standIn
  }

  private func composed(_ map: YAMLMapping) -> [Predicate] {
    let found: [Predicate?] = [
      map.child("all").map { .all($0.elements.map(decode)) },
      map.child("any").map { .any($0.elements.map(decode)) },
      map.child("not").map { .not(decode($0)) },
    ]
    return found.compactMap(\.self)
  }

  private func ofBase(_ map: YAMLMapping) -> [Predicate] {
    let found: [Predicate?] = [
      map.child("moved").map { .moved(distance: notZero($0)) },
      map.child("turnedDegrees").map { .turned(angle: notZero($0) * .pi / 180) },
      read(map, "stopped") {
        .stopped(linearSpeed: $0.number("linearSpeed", .positive), angularSpeed: $0.number("angularSpeed", .positive))
      },
      read(map, "near") { .near(slot: slot($0, "slot"), distance: $0.number("distance", .positive)) },
      read(map, "facing") {
        .facing(slot: slot($0, "slot"), angle: $0.radians(degrees: "withinDegrees", .between(0.1, 180)))
      },
    ]
    return found.compactMap(\.self)
  }

  private func ofObject(_ map: YAMLMapping) -> [Predicate] {
    let found: [Predicate?] = [
      read(map, "reached") { .reached(slot: slot($0, "slot"), distance: $0.number("distance", .positive)) },
      read(map, "pushed") {
        .pushed(slot: slot($0, "slot"), direction: direction($0), distance: $0.number("distance", .positive))
      },
      map.child("keptSupport").map { .keptSupport(slot: slot($0)) },
      read(map, "lifted") { .lifted(slot: slot($0, "slot"), height: $0.number("height", .positive)) },
      read(map, "placedOn") { .placedOn(slot: slot($0, "slot"), support: slot($0, "support")) },
      read(map, "placedIn") { .placedIn(slot: slot($0, "slot"), container: slot($0, "container")) },
    ]
    return found.compactMap(\.self)
  }

  private func ofJoint(_ map: YAMLMapping) -> [Predicate] {
    let found: [Predicate?] = [
      read(map, "openedBeyond") { .openedBeyond(slot: slot($0, "slot"), position: $0.number("position", .positive)) },
      read(map, "closedWithin") {
        .closedWithin(slot: slot($0, "slot"), position: $0.number("position", .notNegative))
      },
      read(map, "pressed") { .pressed(slot: slot($0, "slot"), travel: $0.number("travel", .positive)) },
    ]
    return found.compactMap(\.self)
  }

  private func read(_ map: YAMLMapping, _ key: String, _ body: (YAMLMapping) -> Predicate) -> Predicate? {
    map.child(key).map { $0.mapping(body) ?? Self.standIn }
  }

  private func notZero(_ reader: YAMLReader) -> Double {
    let value = reader.number()
    if value == 0 { reader.error("must not be 0") }
    return value == 0 ? 1 : value
  }

  private func slot(_ map: YAMLMapping, _ key: String) -> String { map.required(key).map { slot($0) } ?? "" }

  private func slot(_ reader: YAMLReader) -> String {
    guard let name = reader.text else { return "" }
    if slots.contains(name) { return name }
    reader.error("the command has no slot \"\(name)\"\(suggestion(for: name, among: slots))")
    return ""
  }

  private enum Direction: String, CaseIterable {
    case forward, backward, left, right

    var vector: Vector3 {
      switch self {
      case .forward: .unitX
      case .backward: -.unitX
      case .left: .unitY
      case .right: -.unitY
      }
    }
  }

  private func direction(_ map: YAMLMapping) -> Vector3 {
    let direction: Direction = map.choice("direction")
    return direction.vector
  }
}

extension Predicate {
  /// This predicate and all those it is composed of.
  var flattened: [Predicate] {
    switch self {
    case .all(let parts), .any(let parts): [self] + parts.flatMap(\.flattened)
    case .not(let part): [self] + part.flattened
    default: [self]
    }
  }
}
