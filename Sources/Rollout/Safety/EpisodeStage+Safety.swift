import RehearsalCore

extension EpisodeStage {
  /// What is executed for `wanted`: within the limits; the fallback for nil and once the emergency stop has been
  /// reached.
  mutating func safeAction(_ wanted: [Double]?) -> [Double] {
    guard let wanted, supervisor.emergencyStop == nil else {
      supervisor.noteFallback()
      return fallbackAction
    }
    let situation = ActionLimiter.Situation(
      worldFromRobot: state.worldFromBody[setup.scene.robot.root], baseFromToolTarget: decoder.baseFromToolTarget)
    return supervisor.limited(wanted, in: situation)
  }

  /// No motion: base at rest, arm and gripper as last told.
  private var fallbackAction: [Double] {
    plan.actionSpace.channels.map { decoder.heldElement($0) ?? 0 }
  }
}
