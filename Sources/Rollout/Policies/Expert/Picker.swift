internal import RehearsalCore

/// Takes hold of a body from above and raises it; begins again whenever it finds its hand empty.
struct Picker {
  private enum Phase { case approach, close, raise }

  /// How far up, from where the body was grasped.
  let height: Double
  private var phase = Phase.approach
  private var grasp: Grasp?
  /// Where the body was when the grasp was chosen.
  private var plannedAt = Pose.identity
  private var ticks = 0
  private var emptyTicks = 0

  init(height: Double) { self.height = height }

  /// What to do next to have `body` in the hand, `height` above where it was grasped; nil once that is so.
  mutating func intent(toHold body: BodyID, in situation: Situation) -> Intent? {
    ticks += 1
    switch phase {
    case .approach: return approach(body, situation)
    case .close: return close(body, situation)
    case .raise: return raise(body, situation)
    }
  }

  private mutating func enter(_ next: Phase) {
    phase = next
    ticks = 0
    emptyTicks = 0
  }

  private mutating func approach(_ body: BodyID, _ situation: Situation) -> Intent {
    let pose = situation.state.worldFromBody[body]
    let turn = (pose.orientation * plannedAt.orientation.inverse).axisAngle.length
    let isNear = (situation.worldFromTool.position - pose.position).length < 0.06
    if grasp == nil || !isNear {
      if grasp == nil || (pose.position - plannedAt.position).length > 0.008 || turn > 0.08 { ticks = 0 }
      grasp = GraspPlanner(situation, body: body).best()
      plannedAt = pose
    }
    guard let grasp, let gripper = situation.robot.gripper else { return Intent() }
    // Who answers for another's hand may see it close before it would have.
    if situation.isHeld(body), situation.fingersAreStill, situation.opening < grasp.opening - 0.008 {
      enter(.raise)
      return Intent(gripper: 1)
    }
    let goal = situation.approach(grasp.worldFromTool)
    let offset = grasp.worldFromTool.position - situation.worldFromTool.position
    let isThere = offset.planarLength < 0.01 && abs(offset.z) < 0.012
    let isStuck = offset.planarLength < 0.012 && abs(offset.z) < 0.02 && Double(ticks) * situation.period > 8
    if isThere || isStuck { enter(.close) }
    if Double(ticks) * situation.period > 12 { self.grasp = nil }
    return Intent(tool: goal, gripper: gripper.value(opening: grasp.opening))
  }

  private mutating func close(_ body: BodyID, _ situation: Situation) -> Intent {
    // By what the fingers do, not by time, so that what they show says when to go on; the last millimetres as they close.
    let offset = grasp.map { $0.worldFromTool.position - situation.worldFromTool.position } ?? .zero
    if situation.isHeld(body) && situation.fingersAreStill {
      enter(.raise)
    } else if Double(ticks) * situation.period > 1.2 {
      giveUp()
    } else if !situation.isHeld(body), offset.planarLength > 0.02 || abs(offset.z) > 0.03 {
      enter(.approach)
    }
    let isOpen = situation.opening > (grasp?.opening ?? 0) - 0.01
    return Intent(tool: isOpen ? grasp.map { ToolGoal(worldFromTool: $0.worldFromTool, speed: 0.1) } : nil, gripper: 1)
  }

  private mutating func raise(_ body: BodyID, _ situation: Situation) -> Intent? {
    emptyTicks = situation.isTouched(body) ? 0 : emptyTicks + 1
    guard let grasp, Double(emptyTicks) * situation.period < 0.2 else {
      giveUp()
      return Intent(gripper: -1)
    }
    var goal = grasp.worldFromTool
    goal.position.z += height
    if situation.worldFromTool.position.z > goal.position.z - 0.006 { return nil }
    return Intent(tool: ToolGoal(worldFromTool: goal, speed: 0.2), gripper: 1)
  }

  private mutating func giveUp() {
    grasp = nil
    enter(.approach)
  }
}
