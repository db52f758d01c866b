import RehearsalCore

/// Holds actions to the velocity and workspace limits of a `SafetyPlan`. What is within them is not touched at all.
struct ActionLimiter {
  private let channels: [ActionChannel]
  private let velocity: SafetyPlan.VelocityLimits
  private let workspace: SafetyPlan.WorkspaceLimits
  private let brake: BaseBrake?
  /// Metres by which a full action moves the tool's target in one control period.
  private let step: Double

  /// What limits depend on: where the robot is, and where its tool has been told to be.
  struct Situation {
    var worldFromRobot: Pose
    var baseFromToolTarget: Pose?
  }

  init(plan: ExperimentPlan) {
    channels = plan.actionSpace.channels
    (velocity, workspace) = (plan.safety.velocity, plan.safety.workspace)
    let (robot, period) = (plan.scene.robot, 1 / Double(plan.controlHz))
    step = (robot.arm?.maxLinearSpeed ?? 0) * period
    brake = plan.safety.workspace.base.flatMap { region in
      robot.drive.map { BaseBrake(region: region, drive: $0, period: period) }
    }
  }

  /// Slows groups of elements that are too fast, directions kept; whether it changed anything.
  func holdSpeeds(_ action: inout [Double]) -> Bool {
    let before = action
    scale(&action, to: velocity.base) { $0 == .baseForward || $0 == .baseYaw }
    scale(&action, to: velocity.endEffector) { if case .endEffectorTranslation = $0 { true } else { false } }
    scale(&action, to: velocity.endEffector) { if case .endEffectorRotation = $0 { true } else { false } }
    return action != before
  }

  private func scale(_ action: inout [Double], to limit: Double, _ isMember: (ActionChannel) -> Bool) {
    guard limit < 1 else { return }
    let members = channels.indices.filter { isMember(channels[$0]) }
    let largest = members.map { min(abs(action[$0]), 1) }.max() ?? 0
    guard largest > limit else { return }
    for index in members { action[index] = min(max(action[index], -1), 1) * (limit / largest) }
  }

  /// Stops what would leave the workspace; whether it changed anything.
  func holdWorkspace(_ action: inout [Double], _ situation: Situation) -> Bool {
    let before = action
    for (index, channel) in channels.enumerated() {
      let wanted = min(max(action[index], -1), 1)
      var held = wanted
      switch channel {
      case .baseForward:
        if let range = brake?.forward(from: situation.worldFromRobot) {
          held = min(max(wanted, range.lowerBound), range.upperBound)
        }
      case .endEffectorTranslation(let axis):
        if let box = workspace.endEffector, let target = situation.baseFromToolTarget?.position {
          held = translation(wanted, from: target[axis], within: box.minimum[axis], box.maximum[axis])
        }
      default: break
      }
      if held != wanted { action[index] = held }
    }
    return action != before
  }

  /// A target that already is outside may move back in, but not farther out.
  private func translation(_ wanted: Double, from target: Double, within low: Double, _ high: Double) -> Double {
    let end = target + wanted * step
    let held = min(max(end, min(low, target)), max(high, target))
    return held == end ? wanted : (held - target) / step
  }
}
