internal import Foundation
internal import RehearsalCore

/// To the target, around other things, until the robot's front is near it and faces it; looks for it first where the
/// robot's camera has not shown it yet.
struct GoToSkill: Skill {
  private var driver = GroundDriver()
  private var sight = TargetSight()

  mutating func intent(in situation: Situation) -> Intent {
    guard let drive = situation.robot.drive else { return Intent() }
    var (near, slot, facing) = (0.3, "target", 0.3)
    for case .near(let name, let distance) in situation.goals { (slot, near) = (name, distance) }
    for case .facing(_, let angle) in situation.goals { facing = angle }
    let target = situation.body(slot)
    let position = situation.state.worldFromBody[target].position
    let aim = SIMD2(position.x, position.y)
    sight.look(for: target, in: situation)
    let bearing = sight.turn(to: situation.bearing(of: aim))
    let gap = situation.scene.surfaceDistance(
      from: situation.robot.front(in: situation.state), to: target, in: situation.state, planar: true)
    if gap < 0.6 * near && abs(bearing) < min(0.5 * facing, 0.1) { return Intent() }
    guard sight.hasSeen else { return Intent(yawRate: drive.turnRate(correcting: bearing)) }
    let reach = drive.frontReach + near
    if gap < 2 * near || isStraightWayClear(to: target, at: aim, situation) {
      let forward = abs(bearing) < 0.3 ? drive.speed(stoppingIn: gap - 0.4 * near) * (1 - abs(bearing) / 0.4) : 0
      return Intent(forward: gap > 0.4 * near ? forward : 0, yawRate: drive.turnRate(correcting: bearing))
    }
    let outlines = situation.outlines(of: [target], above: -.infinity, below: .infinity)
    return driver.intent(to: aim, target: target, in: situation) { point in
      (outlines.map { $0.distance(from: point) }.min() ?? 0) < reach
    }
  }

  private func isStraightWayClear(to target: BodyID, at aim: SIMD2<Double>, _ situation: Situation) -> Bool {
    situation.groundPlanner(ignoring: [target]).isClear(situation.basePosition, aim)
  }
}
