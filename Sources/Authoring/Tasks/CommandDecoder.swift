internal import RehearsalCore

/// A command and where it is written, for faults found later.
struct AuthoredCommand {
  var model: CommandModel
  var place: YAMLReader
}

/// Reads command files: `commands`, a list.
enum CommandDecoder {
  static func read(_ file: YAMLReader) -> [AuthoredCommand] {
    file.mapping { map in
      if map.child("commands") == nil { file.error("missing \"commands\"") }
      return map.list("commands").compactMap { place in
        place.mapping { AuthoredCommand(model: command($0), place: place) }
      }
    } ?? []
  }

  private static func command(_ map: YAMLMapping) -> CommandModel {
    let slots = slots(map.child("slots"))
    let success = map.required("success").map { PredicateDecoder(slots: slots.map(\.name)).decode($0) }
    return CommandModel(
      name: map.string("name"), category: map.string("category"), slots: slots, phrasings: phrasings(map, slots),
      success: success ?? .all([]), dwellTicks: map.integer("dwellTicks", 1...10_000, default: 1),
      steps: map.integer("steps", 1...1_000_000), expert: map.choice("expert"),
      setup: map.child("setup").flatMap { setup($0, slots) } ?? CommandSetup(),
      requires: facts("requires", map, slots), adds: facts("adds", map, slots), removes: facts("removes", map, slots))
  }

  /// `slots: {target: [box, ball]}`.
  private static func slots(_ reader: YAMLReader?) -> [CommandSlot] {
    reader?.mapping { map in
      // By name: the order of keys in the file must not matter.
      map.entries.sorted { $0.name < $1.name }.map { name, value in
        let shapes = value.isScalar ? [value.text ?? ""] : value.elements.compactMap(\.text)
        if shapes.isEmpty { value.error("needs at least one shape") }
        return CommandSlot(name: name, shapes: shapes)
      }
    } ?? []
  }

  private static func phrasings(_ map: YAMLMapping, _ slots: [CommandSlot]) -> [Phrasing] {
    guard let reader = map.required("phrasings") else { return [] }
    let read = reader.mapping { lists in
      [("train", false), ("heldout", true)].flatMap { key, isHeldOut in
        lists.list(key).compactMap { place -> Phrasing? in
          guard let text = place.text else { return nil }
          for problem in PhrasingTemplate.problems(of: text, slots: slots) { place.error(problem) }
          return Phrasing(text: text, isHeldOut: isHeldOut)
        }
      }
    }
    if read?.contains(where: { !$0.isHeldOut }) == false { reader.error("needs at least one phrasing in train") }
    return read ?? []
  }

  private static func setup(_ reader: YAMLReader, _ slots: [CommandSlot]) -> CommandSetup? {
    reader.mapping { map in
      var setup = CommandSetup()
      setup.rollingForward = map.number("rollingForward", .between(-1, 1), default: 0)
      setup.rollingYaw = map.number("rollingYaw", .between(-1, 1), default: 0)
      _ = map.child("joints")?.mapping { joints in
        for (name, value) in joints.entries {
          if !slots.contains(where: { $0.name == name }) { value.error("the command has no slot \"\(name)\"") }
          setup.joints[name] = value.distribution()
        }
      }
      return setup
    }
  }

  /// Facts such as `held({target})`; the slots that they name must exist.
  private static func facts(_ key: String, _ map: YAMLMapping, _ slots: [CommandSlot]) -> [String] {
    map.list(key).compactMap { place in
      guard let fact = place.text else { return nil }
      for hole in fact.matches(of: /\{([^}]*)\}/) where !slots.contains(where: { $0.name == hole.1 }) {
        place.error("the command has no slot \"\(hole.1)\"")
      }
      return fact
    }
  }
}
