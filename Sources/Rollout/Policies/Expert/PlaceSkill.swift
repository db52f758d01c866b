internal import Foundation
internal import RehearsalCore

/// Takes the target, if it is not in the hand yet, and sets it down on or in something; again if it fell off.
struct PlaceSkill: Skill {
  private enum Phase { case take, carry, release, retreat }

  private var picker = Picker(height: 0.05)
  private var phase: Phase?
  private var ticks = 0
  private var emptyTicks = 0
  private var releaseOpening = 0.0
  private var releasedAt = Pose.identity

  mutating func intent(in situation: Situation) -> Intent {
    var (slot, destination, isInside) = ("target", "support", false)
    for case .placedOn(let name, let support) in situation.goals { (slot, destination) = (name, support) }
    for case .placedIn(let name, let container) in situation.goals {
      (slot, destination, isInside) = (name, container, true)
    }
    let (body, target) = (situation.body(slot), situation.body(destination))
    ticks += 1
    switch phase ?? (situation.isHeld(body) ? .carry : .take) {
    case .take:
      phase = .take
      if let intent = picker.intent(toHold: body, in: situation) { return intent }
      enter(.carry)
      return Intent(gripper: 1)
    case .carry:
      phase = phase ?? .carry
      return carry(body, to: target, isInside: isInside, situation)
    case .release: return release(body, to: target, isInside: isInside, situation)
    case .retreat: return retreat(body, from: target, isInside: isInside, situation)
    }
  }

  private mutating func enter(_ next: Phase) {
    phase = next
    ticks = 0
    emptyTicks = 0
    if next == .take { picker = Picker(height: 0.05) }
  }

  private mutating func carry(
    _ body: BodyID, to target: BodyID, isInside: Bool, _ situation: Situation
  ) -> Intent {
    emptyTicks = situation.isTouched(body) ? 0 : emptyTicks + 1
    if Double(emptyTicks) * situation.period > 0.2 {
      enter(.take)
      return Intent(gripper: -1)
    }
    let goal = goal(body, at: target, isInside: isInside, situation)
    if isNear(goal, isInside: isInside, slack: 0, situation) {
      releaseOpening = situation.opening + 0.015
      releasedAt = situation.worldFromTool
      enter(.release)
    }
    return Intent(tool: situation.approach(goal, carrying: body), gripper: 1)
  }

  /// As far off as the task forgives, so that who imitates it need not see millimetres.
  private func isNear(_ goal: Pose, isInside: Bool, slack: Double, _ situation: Situation) -> Bool {
    let offset = goal.position - situation.worldFromTool.position
    let margin = isInside ? (aside: 0.02, height: 0.035) : (aside: 0.013, height: 0.012)
    return offset.planarLength < margin.aside + slack && abs(offset.z) < margin.height + slack
  }

  /// Where the tool sets the body down: the body's middle over the target's, just above it or deep inside.
  private func goal(_ body: BodyID, at target: BodyID, isInside: Bool, _ situation: Situation) -> Pose {
    let held = situation.scene.worldBounds(of: body, in: situation.state)
    let place = situation.scene.worldBounds(of: target, in: situation.state)
    let tool = situation.worldFromTool
    // The wrist turns along with the arm, so that it stays where it is in its own range.
    let turn = wrappedAngle(situation.naturalYaw(at: place.center) - situation.naturalYaw(at: tool.position))
    let carried = Quaternion(axis: .unitZ, angle: turn) * (held.center - tool.position)
    let surface = isInside ? place.minimum.z + 0.02 : place.maximum.z + 0.003
    let height = surface + tool.position.z - held.minimum.z
    return Pose(
      toolDownAt: Vector3(place.center.x - carried.x, place.center.y - carried.y, height),
      yaw: situation.toolYaw + turn)
  }

  // Who answers for another's hand may see it hold on, and drift, or drop what it holds.

  private mutating func release(
    _ body: BodyID, to target: BodyID, isInside: Bool, _ situation: Situation
  ) -> Intent {
    let isHeld = situation.isHeld(body)
    if situation.opening > releaseOpening - 0.002 {
      enter(.retreat)
    } else if Double(ticks) * situation.period > 0.6 {
      enter(isHeld ? .carry : .retreat)
    } else if isHeld,
      !isNear(goal(body, at: target, isInside: isInside, situation), isInside: isInside, slack: 0.01, situation)
    {
      enter(.carry)
    }
    return Intent(gripper: situation.robot.gripper?.value(opening: releaseOpening))
  }

  private mutating func retreat(
    _ body: BodyID, from target: BodyID, isInside: Bool, _ situation: Situation
  ) -> Intent {
    let (place, other) = (situation.state.worldFromBody[body], situation.state.worldFromBody[target])
    let isAside = (place.position - other.position).planarLength > (isInside ? 0.06 : 0.03)
    if situation.isHeld(body) && situation.opening < releaseOpening - 0.006 {
      enter(.carry)
    } else if isAside || Double(ticks) * situation.period > 3 {
      enter(.take)
    }
    var goal = releasedAt
    goal.position.z += 0.12
    return Intent(
      tool: ToolGoal(worldFromTool: goal, speed: 0.2),
      gripper: situation.robot.gripper?.value(opening: releaseOpening))
  }
}
