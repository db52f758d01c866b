internal import RehearsalCore

/// Brings the tool just above the highest part of the target, without touching it.
struct ReachSkill: Skill {
  func intent(in situation: Situation) -> Intent {
    var (slot, distance) = ("target", 0.05)
    for case .reached(let name, let wanted) in situation.goals { (slot, distance) = (name, wanted) }
    let body = situation.body(slot)
    let top = situation.topPoint(of: body)
    let gap = min(max(0.5 * distance, situation.fingertipLength + 0.006), 0.9 * distance)
    let position = top + Vector3(0, 0, gap)
    let yaw = situation.comfortableYaw(situation.naturalYaw(at: position), at: position)
    return Intent(tool: situation.approach(Pose(toolDownAt: position, yaw: yaw)), gripper: nil)
  }
}

extension Situation {
  /// The middle of the top of the highest solid shape of `body`.
  func topPoint(of body: BodyID) -> Vector3 {
    var best = Vector3(0, 0, -.infinity)
    for shape in scene.bodies[body].shapes where shape.collides {
      let height = scene.reach(of: shape, of: body, along: .unitZ, in: state)
      guard height > best.z + 1e-6 else { continue }
      let center = (state.worldFromBody[body] * shape.bodyFromShape).position
      best = Vector3(center.x, center.y, height)
    }
    return best
  }
}
