internal import Foundation
internal import RehearsalCore

/// Lowers the closed fingers behind the target and pushes it along the commanded direction, steering for its middle.
struct PushSkill: Skill {
  private enum Phase { case approach, push, done }

  private var phase = Phase.approach
  private var ticks = 0
  /// Kept during one push.
  private var hold: Push.Hold?
  /// The way that remained when it last grew shorter, and when that was.
  private var progress = (remaining: Double.infinity, tick: 0)

  mutating func intent(in situation: Situation) -> Intent {
    var (slot, direction, distance) = ("target", Vector3.unitX, 0.1)
    for case .pushed(let name, let wanted, let far) in situation.goals {
      (slot, direction, distance) = (name, wanted, far)
    }
    let body = situation.body(slot)
    var push = Push(
      body: body, direction: situation.pushHeading * direction, distance: distance, situation: situation)
    if phase == .approach && ticks % 20 == 0 { hold = push.bestHold() }
    push.hold = hold ?? push.hold
    ticks += 1
    switch phase {
    case .approach: return approach(push)
    case .push: return advance(push)
    case .done: return retreat(push)
    }
  }

  private mutating func approach(_ push: Push) -> Intent {
    let goal = push.start
    let offset = goal.position - push.situation.worldFromTool.position
    if offset.length < 0.006 || (offset.length < 0.02 && Double(ticks) * push.situation.period > 5) {
      phase = .push
      ticks = 0
      progress = (.infinity, 0)
    }
    return Intent(tool: push.situation.approach(goal), gripper: 1)
  }

  private mutating func advance(_ push: Push) -> Intent {
    if push.remaining <= 0 {
      phase = .done
      return Intent(gripper: 1)
    }
    // Behind the body's far side or beside it, there is nothing left to push.
    if push.remaining < progress.remaining - 0.003 { progress = (push.remaining, ticks) }
    let isStuck = Double(ticks - progress.tick) * push.situation.period > 2
    if push.gap > 0.05 || abs(push.aside) > 0.035 || isStuck {
      phase = .approach
      ticks = 0
    }
    return Intent(tool: ToolGoal(worldFromTool: push.next, speed: 0.08), gripper: 1)
  }

  private mutating func retreat(_ push: Push) -> Intent {
    if push.remaining > 0.01 {
      phase = .approach
      ticks = 0
    }
    return Intent(gripper: 1)
  }
}

/// The geometry of one push, at one step.
private struct Push {
  let body: BodyID
  /// Horizontal unit vector in the world.
  let direction: Vector3
  let situation: Situation
  /// How much farther the body should go.
  let remaining: Double
  private let bounds: BoundingBox

  /// How the hand is held: the tool's heading and height.
  struct Hold {
    var yaw: Double
    var height: Double
  }
  var hold: Hold

  init(body: BodyID, direction: Vector3, distance: Double, situation: Situation) {
    self.body = body
    self.direction = direction
    self.situation = situation
    let way = situation.state.worldFromBody[body].position - situation.start.worldFromBody[body].position
    remaining = distance + 0.015 - way.dot(direction)
    bounds = situation.scene.worldBounds(of: body, in: situation.state)
    hold = Hold(yaw: atan2(direction.y, direction.x), height: bounds.center.z)
  }

  /// The hold that is lowest, hence tips the body least, while the palm clears what stands around; square to the body
  /// with the wrist turned as little as that allows.
  func bestHold() -> Hold {
    let obstacles = situation.hulls(except: body, above: lowestHeight + Hand.palmDepth)
    let square = atan2(direction.y, direction.x)
    var best: (cost: Double, hold: Hold)?
    for step in 0..<12 {
      let yaw = situation.comfortableYaw(square + Double(step) * .pi / 12, at: bounds.center)
      let strain = abs(wrappedAngle(yaw - situation.naturalYaw(at: bounds.center)))
      let over = [-0.03, 0.06].map { along -> Double in
        let place = direction * (contact(yaw) + along) + across * middle
        return Hand.clearHeight(over: SIMD2(place.x, place.y), yaw: yaw, obstacles: obstacles)
      }
      let wanted = max(lowestHeight, over[0], over[1])
      let height = min(wanted, max(lowestHeight, bounds.maximum.z - 0.009))
      // A face at a slant shoves the body aside.
      let slant = step == 0 || step == 6 ? 0 : 0.02
      let cost = height + (wanted > height ? wanted - height + 0.02 : 0) + slant + 0.01 * strain
      if cost < best?.cost ?? .infinity { best = (cost, Hold(yaw: yaw, height: height)) }
    }
    return best!.hold
  }

  private var across: Vector3 { Vector3.unitZ.cross(direction) }

  private func reach(_ d: Vector3) -> Double {
    situation.scene.reach(of: body, along: d, in: situation.state)
  }

  /// Low enough to push rather than tip, high enough for the fingertips and the palm to clear table and body.
  private var lowestHeight: Double {
    let lowest = bounds.minimum.z + situation.fingertipLength + 0.006
    let middle = bounds.minimum.z + 0.35 * (bounds.maximum.z - bounds.minimum.z)
    return max(lowest, middle, bounds.maximum.z - Hand.palmDepth)
  }

  /// The tool's place along the push direction when the fingers, at heading `yaw`, touch the body.
  private func contact(_ yaw: Double) -> Double {
    let turn = yaw - atan2(direction.y, direction.x)
    let half = Hand.closedHalfExtents.x * abs(cos(turn)) + Hand.closedHalfExtents.y * abs(sin(turn))
    return -reach(-direction) - half - 0.002
  }

  /// The middle of the body across the push direction.
  private var middle: Double { (reach(across) - reach(-across)) / 2 }

  var gap: Double { contact(hold.yaw) - situation.worldFromTool.position.dot(direction) }
  var aside: Double { situation.worldFromTool.position.dot(across) - middle }

  private func pose(along: Double, aside: Double) -> Pose {
    let position = direction * along + across * aside
    return Pose(toolDownAt: Vector3(position.x, position.y, hold.height), yaw: hold.yaw)
  }

  /// Where the fingers come down.
  var start: Pose { pose(along: contact(hold.yaw) - 0.013, aside: middle) }

  /// Where the fingers go next: forward, and to the middle of the body.
  var next: Pose { pose(along: situation.worldFromTool.position.dot(direction) + 0.03, aside: middle) }
}
