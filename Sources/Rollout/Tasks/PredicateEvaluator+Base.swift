import func Foundation.atan2
import RehearsalCore

extension PredicateEvaluator {
  func baseValue(of predicate: Predicate, in state: SceneState) -> PredicateValue {
    let root = scene.robot.root
    let (now, before) = (state.worldFromBody[root], start.worldFromBody[root])
    switch predicate {
    case .moved(let distance):
      let heading = Quaternion(axis: .unitZ, angle: before.orientation.yaw)
      let way = heading.inverse * (now.position - before.position)
      let along = way.x * (distance < 0 ? -1 : 1)
      let stayed = abs(way.y) <= abs(distance) / 2
      return PredicateValue(isSatisfied: along >= abs(distance) && stayed, progress: along / abs(distance))
    case .turned(let angle):
      return PredicateValue(
        isSatisfied: turned * (angle < 0 ? -1 : 1) >= abs(angle), progress: turned / angle)
    case .stopped(let linear, let angular):
      let twist = state.velocities[root]
      let (speed, spin) = (twist.linear.planarLength, abs(twist.angular.z))
      return PredicateValue(
        isSatisfied: speed < linear && spin < angular,
        progress: min(speed > 0 ? linear / speed : 1, spin > 0 ? angular / spin : 1))
    case .near(let slot, let limit):
      let (distance, first) = (groundGap(to: slot, in: state), groundGap(to: slot, in: start))
      return PredicateValue(
        isSatisfied: distance <= limit, progress: Self.share(from: first, to: limit, now: distance))
    case .facing(let slot, let limit):
      let (error, first) = (bearing(to: slot, in: state), bearing(to: slot, in: start))
      return PredicateValue(isSatisfied: error <= limit, progress: Self.share(from: first, to: limit, now: error))
    default: preconditionFailure("\(predicate) is not about the base")
    }
  }

  /// The ground distance from the robot's front to the surface of the slot's body.
  private func groundGap(to slot: String, in state: SceneState) -> Double {
    scene.surfaceDistance(from: scene.robot.front(in: state), to: body(slot), in: state, planar: true)
  }

  /// The angle between the base's heading and the direction to the slot's body, 0…π.
  private func bearing(to slot: String, in state: SceneState) -> Double {
    let base = state.worldFromBody[scene.robot.root]
    let way = state.worldFromBody[body(slot)].position - base.position
    return abs(wrappedAngle(atan2(way.y, way.x) - base.orientation.yaw))
  }
}
