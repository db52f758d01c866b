import RehearsalCore

/// Why an episode could not be drawn. A fault of the experiment, so the episode is invalid.
public struct SamplingError: Error, Hashable, CustomStringConvertible {
  public let description: String

  public init(description: String) { self.description = description }
}

extension EpisodeDraw {
  /// Chooses commands, binds their slots and picks their words.
  mutating func commands() throws {
    var choose = stream(.command)
    var words = stream(.language)
    switch plan.schedule {
    case .single(let commands):
      let model = plan.commands[commands[index % commands.count]]
      let bindings = try bind(model, labels: [:], using: &choose)
      setup.commands = [speak(model, bindings, steps: model.steps, using: &words)]
    case .sequence(let sentences):
      for sentence in sentences {
        let model = plan.commands[sentence.command]
        let bindings = try bind(model, labels: sentence.labels, using: &choose)
        setup.commands.append(
          Command(
            model: model, bindings: bindings, instruction: sentence.text, isHeldOut: false, steps: sentence.steps))
      }
    case .chain(let commands, let length):
      for (model, bindings) in try chain(commands.map { plan.commands[$0] }, length: length, using: &choose) {
        setup.commands.append(speak(model, bindings, steps: model.steps, using: &words))
      }
    }
    for (number, command) in setup.commands.enumerated() {
      note("commands[\(number)]", command.model.name)
      for slot in command.model.slots {
        if let body = command.bindings[slot.name] {
          note("commands[\(number)].\(slot.name)", plan.scene.bodies[body].name)
        }
      }
    }
  }

  private func bind(
    _ model: CommandModel, labels: [String: ObjectLabel], using stream: inout SeedStream
  ) throws -> [String: BodyID] {
    var bindings: [String: BodyID] = [:]
    for slot in model.slots {
      var candidates = nameableBodies(for: slot, excluding: bindings)
      if let label = labels[slot.name] { candidates.removeAll { plan.scene.bodies[$0].label != label } }
      guard !candidates.isEmpty else {
        throw SamplingError(
          description: "command \(model.name): no \(slot.shapes.joined(separator: ", ")) for {\(slot.name)}"
            + (labels[slot.name].map { ", which must be \($0.color) \($0.shape)" } ?? ""))
      }
      bindings[slot.name] = candidates[stream.index(below: candidates.count)]
    }
    return bindings
  }

  /// Bodies with a fitting noun that are no distractors, in index order.
  func nameableBodies(for slot: CommandSlot, excluding bound: [String: BodyID]) -> [BodyID] {
    let distractors = Set(plan.placements.filter(\.isDistractor).flatMap(\.bodies))
    return plan.scene.bodyIDs.filter { body in
      guard let label = plan.scene.bodies[body].label else { return false }
      return slot.shapes.contains(label.shape) && !distractors.contains(body) && !bound.values.contains(body)
    }
  }

  private func speak(
    _ model: CommandModel, _ bindings: [String: BodyID], steps: Int, using stream: inout SeedStream
  ) -> Command {
    let split = plan.language == .heldout ? .heldout : plan.phrasings
    let usable = model.phrasings.filter { phrasing in
      switch split {
      case .train: !phrasing.isHeldOut
      case .heldout: phrasing.isHeldOut
      case .all: true
      }
    }
    let phrasing = usable[stream.index(below: usable.count)]
    return Command(
      model: model, bindings: bindings, instruction: Self.fill(phrasing.text, bindings, in: plan.scene),
      isHeldOut: phrasing.isHeldOut, steps: steps)
  }

  /// `text` with `{slot.color}` and `{slot.shape}` replaced by the bound bodies' labels.
  static func fill(_ text: String, _ bindings: [String: BodyID], in scene: SceneModel) -> String {
    var result = text
    for slot in bindings.keys.sorted() {
      guard let label = scene.bodies[bindings[slot]!].label else { continue }
      result = result.replacing("{\(slot).color}", with: label.color)
      result = result.replacing("{\(slot).shape}", with: label.shape)
    }
    return result
  }

  // MARK: Chains

  /// CALVIN-style: commands of different categories, each of whose required facts hold after those before it.
  private func chain(
    _ models: [CommandModel], length: Int, using stream: inout SeedStream
  ) throws -> [(CommandModel, [String: BodyID])] {
    for _ in 0..<100 {
      var facts = SymbolicState(facts: plan.facts)
      var steps: [(CommandModel, [String: BodyID])] = []
      while steps.count < length {
        let used = Set(steps.map(\.0.category))
        let possible = models.filter { !used.contains($0.category) }.flatMap { model in
          allBindings(of: model).filter { facts.permits(model, arguments: names($0)) }.map { (model, $0) }
        }
        // Categories first, so that a category with many objects is not drawn more often.
        let categories = possible.map(\.0.category).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        guard !categories.isEmpty else { break }
        let category = categories[stream.index(below: categories.count)]
        let choices = possible.filter { $0.0.category == category }
        let step = choices[stream.index(below: choices.count)]
        facts.apply(step.0, arguments: names(step.1))
        steps.append(step)
      }
      if steps.count == length { return steps }
    }
    throw SamplingError(description: "no chain of \(length) commands of different categories is possible")
  }

  private func allBindings(of model: CommandModel) -> [[String: BodyID]] {
    model.slots.reduce([[:]]) { partial, slot in
      partial.flatMap { bound in
        nameableBodies(for: slot, excluding: bound).map { bound.merging([slot.name: $0]) { _, new in new } }
      }
    }
  }

  private func names(_ bindings: [String: BodyID]) -> [String: String] {
    bindings.mapValues { plan.scene.bodies[$0].name }
  }
}
