internal import Foundation
internal import RehearsalCore

/// Before a skill of the arm: drives, arm tucked, to where the target is in reach. Then lets the skill work.
struct DockingSkill: Skill {
  private enum Phase { case decide, tuck, drive, turn, work }

  private var skill: any Skill
  private var phase = Phase.decide
  private var dock: DockingPose?
  private var driver = GroundDriver()
  private var ticks = 0

  init(_ skill: any Skill) { self.skill = skill }

  mutating func intent(in situation: Situation) -> Intent {
    ticks += 1
    switch phase {
    case .decide: return decide(situation)
    case .tuck: return tuck(situation)
    case .drive: return drive(situation)
    case .turn: return turn(situation)
    case .work:
      if Double(ticks) * situation.period > 2 { enter(needsDocking(situation) == nil ? .work : .decide) }
      return skill.intent(in: situation)
    }
  }

  private mutating func enter(_ next: Phase) {
    phase = next
    ticks = 0
  }

  private func needsDocking(_ situation: Situation) -> DockingPose? {
    let all = situation.workPoints
    guard !all.isEmpty, var planner = DockingPlanner(situation, points: all) else { return nil }
    if planner.reachesFromHere() { return nil }
    if let pose = planner.best() { return pose }
    // Not everything at once: then at least the things themselves.
    var nearer = DockingPlanner(situation, points: Array(all.prefix(situation.command.bindings.count)))
    return nearer?.reachesFromHere() == true ? nil : nearer?.best()
  }

  private mutating func decide(_ situation: Situation) -> Intent {
    dock = needsDocking(situation)
    enter(dock == nil ? .work : .tuck)
    return Intent()
  }

  private mutating func tuck(_ situation: Situation) -> Intent {
    guard let arm = situation.robot.arm else { return Intent() }
    let chain = KinematicChain(scene: situation.scene, arm: arm)
    let home =
      situation.worldFromArmBase * chain.baseFromEndEffector(arm.joints.map { situation.scene.joints[$0].home })
    let offset = home.position - situation.worldFromTool.position
    if offset.length < 0.03 || Double(ticks) * situation.period > 6 { enter(.drive) }
    // Up before back, so that nothing on the table is swept along.
    var goal = home
    if offset.z > 0.03 { goal.position = situation.worldFromTool.position + Vector3(0, 0, offset.z) }
    return Intent(tool: ToolGoal(worldFromTool: goal, speed: 0.4))
  }

  private mutating func drive(_ situation: Situation) -> Intent {
    guard let dock else { return Intent() }
    if length(dock.position - situation.basePosition) < 0.05 {
      enter(.turn)
      return Intent()
    }
    return driver.intent(to: dock.position, in: situation)
  }

  private mutating func turn(_ situation: Situation) -> Intent {
    guard let dock, let drive = situation.robot.drive else { return Intent() }
    let error = wrappedAngle(dock.yaw - situation.baseYaw)
    let isStill = abs(situation.state.velocities[situation.robot.root].angular.z) < 0.02
    if abs(error) < 0.05 && isStill { enter(.work) }
    return Intent(yawRate: abs(error) < 0.03 ? 0 : drive.turnRate(correcting: error))
  }
}
