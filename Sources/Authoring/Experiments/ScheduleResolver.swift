internal import RehearsalCore

/// Looks up the commands that a schedule names and checks that the scene and its robot can do them.
struct ScheduleResolver {
  var commands: [AuthoredCommand]
  var scene: LoadedScene

  /// The commands that are used, in order of first use, and the schedule over them; nil where a fault was reported.
  func resolve(_ draft: ScheduleDraft) -> (commands: [CommandModel], schedule: EpisodeSchedule?) {
    switch draft {
    case .single(let names):
      let used = used(names)
      return (used.map(\.model), .single(commands: Array(used.indices)))
    case .sequence(let sentences): return sequence(sentences)
    case .chain(let names, let length, let place):
      let used = used(names)
      let categories = Set(used.map(\.model.category)).count
      if categories < length {
        place.error("a chain of \(length) needs as many categories of commands; these have \(categories)")
      }
      return (used.map(\.model), .chain(commands: Array(used.indices), length: length))
    }
  }

  private func used(_ names: [YAMLReader]?) -> [AuthoredCommand] {
    guard let names else {
      for command in commands { check(command, at: command.place) }
      return commands
    }
    return names.compactMap { place in
      guard let name = place.text else { return nil }
      guard let command = commands.first(where: { $0.model.name == name }) else {
        place.error("there is no command \"\(name)\"\(suggestion(for: name, among: commands.map(\.model.name)))")
        return nil
      }
      check(command, at: place)
      return command
    }
  }

  private func sequence(_ sentences: [ScheduleDraft.Sentence]) -> (commands: [CommandModel], schedule: EpisodeSchedule?)
  {
    let library = CommandLibrary(commands: commands.map(\.model))
    var used: [Int] = []
    let resolved = sentences.compactMap { sentence -> EpisodeSchedule.Sentence? in
      guard let match = library.match(sentence.text) else {
        let nearest = library.nearestPhrasing(to: sentence.text).map { "; the nearest phrasing is \"\($0)\"" } ?? ""
        sentence.place.error("no command says \"\(sentence.text)\"\(nearest)")
        return nil
      }
      if !used.contains(match.command) { used.append(match.command) }
      check(commands[match.command], at: sentence.place)
      checkLabels(match.labels, at: sentence.place)
      return EpisodeSchedule.Sentence(
        text: sentence.text, command: used.firstIndex(of: match.command)!, labels: match.labels, steps: sentence.steps)
    }
    return (used.map { commands[$0].model }, .sequence(resolved))
  }

  private func checkLabels(_ labels: [String: ObjectLabel], at place: YAMLReader) {
    for slot in labels.keys.sorted() where !nameable.contains(where: { $0.label == labels[slot] }) {
      place.error("the scene \"\(scene.scene.name)\" has no \(labels[slot]!.color) \(labels[slot]!.shape)")
    }
  }

  /// Bodies that a command can mean: labelled, and no distractors.
  private var nameable: [BodyModel] {
    let distractors = Set(scene.placements.filter(\.isDistractor).flatMap(\.bodies))
    return scene.scene.bodyIDs.filter { !distractors.contains($0) }.map { scene.scene.bodies[$0] }
      .filter { $0.label != nil }
  }

  /// Reports what `command` needs that the scene or its robot does not have.
  private func check(_ command: AuthoredCommand, at place: YAMLReader) {
    let model = command.model
    for slot in model.slots where !nameable.contains(where: { slot.shapes.contains($0.label!.shape) }) {
      place.error(
        "the command \"\(model.name)\" needs a \(slot.shapes.joined(separator: " or ")) for {\(slot.name)}: "
          + "the scene \"\(scene.scene.name)\" has none")
    }
    var missing: [String] = []
    for predicate in model.success.flattened {
      if let part = predicate.neededPart(of: scene.scene.robot), !missing.contains(part) { missing.append(part) }
      if let problem = reach(of: predicate, in: model) { place.error("the command \"\(model.name)\" \(problem)") }
    }
    if !missing.isEmpty {
      place.error(
        "the command \"\(model.name)\" needs \(missing.joined(separator: " and ")), "
          + "which the robot \"\(scene.scene.robot.name)\" lacks")
    }
  }

  /// Why a joint can never stand as `predicate` asks.
  private func reach(of predicate: Predicate, in model: CommandModel) -> String? {
    switch predicate {
    case .openedBeyond(let slot, let position):
      let widest = ranges(of: slot, in: model).map(\.upperBound).max()
      return widest.flatMap {
        $0 < position ? "asks for \(position.written), but the joint ends at \($0.written)" : nil
      }
    case .pressed(let slot, let travel):
      let longest = ranges(of: slot, in: model).map { $0.upperBound - $0.lowerBound }.max()
      return longest.flatMap { $0 < travel ? "asks for \(travel.written), but the joint travels \($0.written)" : nil }
    default: return nil
    }
  }

  private func ranges(of slot: String, in model: CommandModel) -> [ClosedRange<Double>] {
    let shapes = model.slots.first { $0.name == slot }?.shapes ?? []
    return scene.scene.joints.compactMap { joint in
      guard let label = scene.scene.bodies[joint.child].label, shapes.contains(label.shape) else { return nil }
      return joint.limits
    }
  }
}

extension Predicate {
  /// What a robot must have for this predicate to mean anything and `robot` lacks; nil if nothing.
  fileprivate func neededPart(of robot: RobotModel) -> String? {
    switch self {
    case .moved, .turned, .stopped, .near, .facing: robot.drive == nil ? "a differential drive" : nil
    case .reached, .pushed, .openedBeyond, .closedWithin, .pressed: robot.arm == nil ? "an arm" : nil
    case .lifted, .placedOn, .placedIn, .handEmpty: robot.gripper == nil ? "a gripper" : nil
    case .all, .any, .not, .keptSupport: nil
    }
  }
}
