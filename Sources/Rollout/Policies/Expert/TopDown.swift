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

  /// The next goal on the way to `final`: up, across above everything, down, with one flowing into the next.
  ///
  /// How high the tool should be is a smooth function of how far it is from standing over `final`, and how fast it goes
  /// across one of how much it is too low: whoever imitates it needs neither memory nor exact thresholds.
  /// It comes all the way down where it is at most `nearness` aside, and is all the way up from `width` farther out on.
  /// `carried` moves with the tool, and the room below the tool is that much less.
  func approach(
    _ final: Pose, carrying carried: BodyID? = nil, within nearness: Double = 0.025, over width: Double = 0.045
  ) -> ToolGoal {
    let tool = worldFromTool
    var goal = unwound(final)
    let turn = abs(wrappedAngle(goal.orientation.yaw - tool.orientation.yaw))
    let aside = hypot((goal.position - tool.position).planarLength, 0.06 * turn)
    let travel = max(safeHeight(over: goal.position, carrying: carried), goal.position.z + 0.14)
    goal.position.z += (travel - goal.position.z) * smoothStep((aside - nearness) / width)
    let lack = goal.position.z - tool.position.z
    let isFree = 1 - smoothStep((lack - 0.01) / 0.04)
    return ToolGoal(worldFromTool: goal, speed: 0.4 * isFree, climb: lack > 0 ? 0.36 : 0.24)
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

/// 0 up to 0, 1 from 1 on, smooth between.
private func smoothStep(_ x: Double) -> Double {
  let t = min(max(x, 0), 1)
  return t * t * (3 - 2 * t)
}
