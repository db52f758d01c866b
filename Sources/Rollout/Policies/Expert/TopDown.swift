internal import Foundation
internal import RehearsalCore

extension Pose {
  /// A tool that points straight down, its x axis at heading `yaw`.
  init(toolDownAt position: Vector3, yaw: Double) {
    let x = Vector3(cos(yaw), sin(yaw), 0)
    self.init(position: position, orientation: Quaternion(columns: x, (-Vector3.unitZ).cross(x), -.unitZ))
  }
}

extension Situation {
  /// Heading of the tool's x axis.
  var toolYaw: Double { worldFromTool.orientation.yaw }

  /// The heading, out of `yaw` and its opposite (which is the same to a gripper), to which the wrist turns least;
  /// unless that would take it near the end of its range.
  func comfortableYaw(_ yaw: Double, at position: Vector3) -> Double {
    let natural = naturalYaw(at: position)
    let twist = wrappedAngle(toolYaw - natural)
    let nearest = twist + remainder(yaw - natural - twist, .pi)
    return natural + (abs(nearest) < 1.9 ? nearest : remainder(yaw - natural, .pi))
  }

  /// The tool's heading at `position` when the wrist is turned as it is at home.
  func naturalYaw(at position: Vector3) -> Double {
    let offset = position - worldFromArmBase.position
    return atan2(offset.y, offset.x) + homeTwist
  }

  /// How far the fingers reach beyond the tool centre point.
  var fingertipLength: Double {
    let tool = worldFromTool
    let axis = tool.orientation * .unitZ
    let reach = fingers.map { scene.reach(of: $0, along: axis, in: state) }.max() ?? 0
    return fingers.isEmpty ? 0 : max(reach - tool.position.dot(axis), 0)
  }

  /// The next goal on the way to `final`: straight up, across above everything, straight down.
  ///
  /// `carried` moves with the tool, and the room below the tool is that much less.
  func approach(_ final: Pose, carrying carried: BodyID? = nil, speed: Double = 0.12) -> ToolGoal {
    let tool = worldFromTool
    let goal = unwound(final)
    let across = goal.position - tool.position
    let turn = abs(wrappedAngle(goal.orientation.yaw - tool.orientation.yaw))
    let safe = max(safeHeight(over: goal.position, carrying: carried), goal.position.z)
    let isLow = tool.position.z < safe - 0.02
    if across.planarLength < (isLow ? 0.015 : 0.004) && turn < (isLow ? 0.2 : 0.03) {
      let isClose = tool.position.z - goal.position.z < 0.03
      return ToolGoal(worldFromTool: goal, speed: isClose ? speed / 2 : 2 * speed)
    }
    if isLow && across.planarLength > 0.015 {
      var up = tool
      up.position.z = safe
      return ToolGoal(worldFromTool: up, speed: 3 * speed)
    }
    var above = goal
    above.position.z = safe
    return ToolGoal(worldFromTool: above, speed: 4 * speed)
  }

  /// `goal`, turned back where the short way to its heading would take the wrist beyond its range: the long way then
  /// comes in parts.
  private func unwound(_ goal: Pose) -> Pose {
    let natural = naturalYaw(at: goal.position)
    let now = wrappedAngle(toolYaw - naturalYaw(at: worldFromTool.position))
    let turn = wrappedAngle(goal.orientation.yaw - natural) - now
    guard abs(turn) > 2.4 else { return goal }
    return Pose(toolDownAt: goal.position, yaw: natural + now + min(max(turn, -1.5), 1.5))
  }

  /// The height of the tool at which it and what it carries pass over everything on the way to `goal`.
  func safeHeight(over goal: Vector3, carrying carried: BodyID?) -> Double {
    let tool = worldFromTool.position
    let below =
      max(carried.map { tool.z + scene.reach(of: $0, along: -.unitZ, in: state) } ?? 0, fingertipLength) + 0.03
    let (a, b) = (SIMD2(tool.x, tool.y), SIMD2(goal.x, goal.y))
    var top = -Double.infinity
    for body in others(than: carried.map { [$0] } ?? []) where scene.bodies[body].motion != .fixed {
      for outline in outlines(of: [body], above: -.infinity, below: .infinity) {
        let along = b - a
        let squared = along.x * along.x + along.y * along.y
        let toCenter = outline.center - a
        let share = squared > 0 ? min(max((toCenter.x * along.x + toCenter.y * along.y) / squared, 0), 1) : 0
        if outline.distance(from: a + along * share) < 0.11 { top = max(top, outline.top) }
      }
    }
    return top.isFinite ? top + below : goal.z + below
  }
}
