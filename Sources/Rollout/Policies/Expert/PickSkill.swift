internal import RehearsalCore

/// Takes the target and holds it up.
struct PickSkill: Skill {
  private var picker: Picker?

  mutating func intent(in situation: Situation) -> Intent {
    var (slot, height) = ("target", 0.1)
    for case .lifted(let name, let wanted) in situation.goals { (slot, height) = (name, wanted) }
    if picker == nil { picker = Picker(height: height + 0.04) }
    return picker!.intent(toHold: situation.body(slot), in: situation) ?? Intent(gripper: 1)
  }
}
