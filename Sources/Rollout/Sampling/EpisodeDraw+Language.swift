import RehearsalCore

extension EpisodeDraw {
  /// Does to the words what the plan asks for; the last draw, since only present bodies can be spoken of.
  mutating func intervene() {
    switch plan.language {
    case .given, .heldout: break
    case .blank:
      for index in setup.commands.indices {
        setup.commands[index].instruction = ""
        setup.commands[index].isHeldOut = false
      }
    case .swapped: swap()
    }
  }

  /// Speaks of another body in one slot; leaves the command as it is where none fits.
  private mutating func swap() {
    guard let command = setup.commands.first else { return }
    var choose = stream(.intervention)
    let possible = command.model.slots.flatMap { slot in swaps(of: slot, in: command) }
    if possible.isEmpty { return }
    let swapped = possible[choose.index(below: possible.count)]
    setup.commands = [swapped]
    for slot in command.model.slots where swapped.bindings[slot.name] != command.bindings[slot.name] {
      note("swap.\(slot.name)", plan.scene.bodies[swapped.bindings[slot.name]!].name)
    }
  }

  /// The command with each other present body that fits `slot` and sounds different, in the same phrasing.
  private func swaps(of slot: CommandSlot, in command: Command) -> [Command] {
    let phrasing = command.model.phrasings.first {
      Self.fill($0.text, command.bindings, in: plan.scene) == command.instruction
    }
    guard let phrasing else { return [] }
    let others = nameableBodies(for: slot, excluding: command.bindings).filter { setup.scene.bodies[$0].isPresent }
    return others.map { body in
      var swapped = command
      swapped.bindings[slot.name] = body
      swapped.bindingsBeforeSwap = command.bindings
      swapped.instruction = Self.fill(phrasing.text, swapped.bindings, in: plan.scene)
      return swapped
    }.filter { $0.instruction != command.instruction }
  }
}
