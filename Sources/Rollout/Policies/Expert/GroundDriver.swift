internal import Foundation
internal import RehearsalCore

/// Drives the base over the ground to a place, around what stands in the way.
struct GroundDriver {
  typealias Point = SIMD2<Double>

  private var path: [Point] = []
  private var ticksSincePlan = 0

  /// One step towards `place` itself, as near as wheels without sideways motion come.
  mutating func intent(to place: Point, in situation: Situation) -> Intent {
    intent(to: place, target: nil, end: place, in: situation) { length($0 - place) < 0.1 }
  }

  /// One step towards the nearest place for which `isGoal` holds; `aim` is near it. `target` is no obstacle.
  mutating func intent(
    to aim: Point, target: BodyID?, in situation: Situation, isGoal: (Point) -> Bool
  ) -> Intent {
    intent(to: aim, target: target, end: nil, in: situation, isGoal: isGoal)
  }

  private mutating func intent(
    to aim: Point, target: BodyID?, end: Point?, in situation: Situation, isGoal: (Point) -> Bool
  ) -> Intent {
    guard let drive = situation.robot.drive else { return Intent() }
    ticksSincePlan += 1
    while let next = path.first, length(next - situation.basePosition) < 0.08, path.count > 1 { path.removeFirst() }
    if path.isEmpty || Double(ticksSincePlan) * situation.period > 0.5 {
      let planner = situation.groundPlanner(ignoring: target.map { [$0] } ?? [])
      path = planner.path(from: situation.basePosition, aim: aim, isGoal: isGoal)
      if let end { path.append(end) }
      ticksSincePlan = 0
    }
    guard let next = path.first else { return situation.turn(to: aim) }
    let offset = next - situation.basePosition
    let error = wrappedAngle(atan2(offset.y, offset.x) - situation.baseYaw)
    let left = path.dropFirst().reduce((length(offset), next)) { ($0.0 + length($1 - $0.1), $1) }.0
    // Off course the base turns more than it drives, so that it does not cut corners.
    let share = max(0, 1 - abs(error) / 0.6)
    return Intent(
      forward: drive.speed(stoppingIn: left) * share, yawRate: drive.turnRate(correcting: error))
  }
}

extension RobotModel.Drive {
  /// A yaw rate that turns out an error of heading without overshooting.
  func turnRate(correcting error: Double) -> Double {
    let rate = min(3 * abs(error), (abs(error) * maxAngularAcceleration).squareRoot(), maxAngularSpeed)
    return error < 0 ? -rate : rate
  }
}

extension Situation {
  /// Turns on the spot until `point` is straight ahead.
  func turn(to point: SIMD2<Double>) -> Intent {
    Intent(yawRate: robot.drive?.turnRate(correcting: bearing(of: point)) ?? 0)
  }

  /// The angle from the base's heading to the direction of `point`.
  func bearing(of point: SIMD2<Double>) -> Double {
    let offset = point - basePosition
    return wrappedAngle(atan2(offset.y, offset.x) - baseYaw)
  }

  /// Links that do not move with the arm.
  var baseBodies: [BodyID] {
    let arm = Set((robot.arm?.joints ?? []) + (robot.gripper?.joints ?? []))
    let moved = scene.joints.indices.filter { arm.contains(JointID($0)) }.map { scene.joints[$0].child }
    return scene.robotBodies.filter { !moved.contains($0) }
  }

  /// The radius of the upright cylinder about the base's origin that holds the base, and its height.
  var baseSize: (radius: Double, height: Double) {
    let outlines = outlines(of: baseBodies, above: -.infinity, below: .infinity)
    var radius = 0.0
    for direction in Outline.directions {
      for body in baseBodies {
        let reach = scene.reach(of: body, along: Vector3(direction.x, direction.y, 0), in: state)
        radius = max(radius, reach - (direction.x * basePosition.x + direction.y * basePosition.y))
      }
    }
    return (radius, outlines.map(\.top).max() ?? 0)
  }

  /// Plans around everything that stands in the base's way.
  func groundPlanner(ignoring ignored: [BodyID]) -> GroundPlanner {
    let size = baseSize
    return GroundPlanner(
      obstacles: outlines(of: others(than: ignored), above: 0.015, below: size.height),
      clearance: size.radius + 0.04)
  }
}
