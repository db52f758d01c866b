internal import Foundation
internal import RehearsalCore

/// Forward or backward by the commanded distance along the heading at the start, then at rest.
struct DriveSkill: Skill {
  func intent(in situation: Situation) -> Intent {
    guard let drive = situation.robot.drive else { return Intent() }
    var distance = 0.0
    for case .moved(let wanted) in situation.goals { distance = wanted }
    let sign: Double = distance < 0 ? -1 : 1
    let start = situation.start.worldFromBody[situation.robot.root]
    let yaw = start.orientation.yaw
    let offset = situation.worldFromBase.position - start.position
    let along = offset.x * cos(yaw) + offset.y * sin(yaw)
    let aside = -offset.x * sin(yaw) + offset.y * cos(yaw)
    let remaining = abs(distance) + 0.05 - sign * along
    guard remaining > 0 else { return Intent() }
    // Steers back to the line; when backing up, the steering acts the other way round.
    let heading = wrappedAngle(yaw - min(max(sign * aside * 2, -0.5), 0.5) - situation.baseYaw)
    return Intent(
      forward: sign * drive.speed(stoppingIn: remaining),
      yawRate: min(max(2 * heading, -0.5 * drive.maxAngularSpeed), 0.5 * drive.maxAngularSpeed))
  }
}

/// On the spot by the commanded angle, then at rest.
struct TurnSkill: Skill {
  private var turned = 0.0
  private var lastYaw: Double?

  mutating func intent(in situation: Situation) -> Intent {
    guard let drive = situation.robot.drive else { return Intent() }
    var angle = 0.0
    for case .turned(let wanted) in situation.goals { angle = wanted }
    let last = lastYaw ?? situation.start.worldFromBody[situation.robot.root].orientation.yaw
    turned += wrappedAngle(situation.baseYaw - last)
    lastYaw = situation.baseYaw
    let sign: Double = angle < 0 ? -1 : 1
    let remaining = abs(angle) + 0.06 - sign * turned
    guard remaining > 0 else { return Intent() }
    return Intent(yawRate: sign * drive.turnRate(stoppingIn: remaining))
  }
}

/// At rest, everything held.
struct StopSkill: Skill {
  func intent(in situation: Situation) -> Intent { Intent() }
}

extension RobotModel.Drive {
  /// The speed from which the base can still stop within `distance` at half its deceleration.
  func speed(stoppingIn distance: Double) -> Double {
    min(maxLinearSpeed, max((max(distance, 0) * maxLinearAcceleration).squareRoot(), 0.04))
  }

  /// The rate from which the base can still stop turning within `angle` at half its deceleration.
  func turnRate(stoppingIn angle: Double) -> Double {
    min(maxAngularSpeed, max((max(angle, 0) * maxAngularAcceleration).squareRoot(), 0.15))
  }
}
