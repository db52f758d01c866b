internal import RehearsalCore

/// Says an `Intent` in whatever action space the experiment uses.
struct ActionEncoder {
  private let actionSpace: ActionSpace
  private let scene: SceneModel
  private let period: Double
  /// For joint actions: follows the tool as the decoder would for end-effector actions.
  private var tracker: ToolTracker?
  private var gripper: Double?

  /// Share of the remaining way that one period's motion asks for: low, so that an action changes little with a
  /// centimetre that a picture hardly shows.
  private static let gain = (position: 0.4, rotation: 0.3)
  /// Errors below these, in metres and radians, are left alone.
  private static let deadband = (position: 0.0002, rotation: 0.004)

  init(_ context: PolicyContext) {
    actionSpace = context.actionSpace
    scene = context.scene
    period = 1 / Double(context.controlHz)
    let usesJoints = actionSpace.channels.contains { if case .joint = $0 { true } else { false } }
    if usesJoints, let arm = scene.robot.arm {
      tracker = ToolTracker(scene: scene, arm: arm, period: period)
    }
  }

  /// The action for `intent`, elements in [−1, 1].
  mutating func encode(_ intent: Intent, in situation: Situation) -> [Double] {
    if gripper == nil {
      gripper = situation.gripperValue
      tracker?.begin(situation.state)
    }
    gripper = intent.gripper ?? gripper
    let delta = intent.tool.map { motion(to: $0, in: situation) } ?? .zero
    let joints = jointAction(delta, situation)
    return actionSpace.channels.map { channel in
      let value =
        switch channel {
        case .baseForward: intent.forward / (scene.robot.drive?.maxLinearSpeed ?? 1)
        case .baseYaw: intent.yawRate / (scene.robot.drive?.maxAngularSpeed ?? 1)
        case .unused: 0.0
        case .endEffectorTranslation(let axis):
          delta.linear[axis] / ((scene.robot.arm?.maxLinearSpeed ?? 1) * period)
        case .endEffectorRotation(let axis):
          delta.angular[axis] / ((scene.robot.arm?.maxAngularSpeed ?? 1) * period)
        case .joint(let index): joints[index]
        case .gripper: gripper ?? 0
        }
      return min(max(value, -1), 1)
    }
  }

  /// This period's translation and rotation vector, in the arm's base frame.
  private func motion(to goal: ToolGoal, in situation: Situation) -> Twist {
    guard let arm = scene.robot.arm else { return .zero }
    let wanted = situation.worldFromArmBase.inverse * goal.worldFromTool
    let tool = situation.worldFromArmBase.inverse * situation.worldFromTool
    let offset = (wanted.position - tool.position) * Self.gain.position
    let up = situation.worldFromArmBase.inverse.orientation * .unitZ
    let climb = up * offset.dot(up)
    let turn = (wanted.orientation * tool.orientation.inverse).axisAngle
    return Twist(
      linear: offset.length < Self.deadband.position
        ? .zero
        : ((offset - climb).clamped(toLength: goal.speed * period) + climb.clamped(toLength: goal.climb * period))
          .clamped(toLength: arm.maxLinearSpeed * period),
      angular: turn.length < Self.deadband.rotation
        ? .zero : (turn * Self.gain.rotation).clamped(toLength: arm.maxAngularSpeed * period))
  }

  private mutating func jointAction(_ delta: Twist, _ situation: Situation) -> [Double] {
    guard let arm = scene.robot.arm, tracker != nil else { return [] }
    _ = tracker!.move(
      translation: delta.linear, rotation: delta.angular, measured: arm.baseFromEndEffector(in: situation.state))
    return zip(arm.joints, tracker!.positions).map { joint, position in
      let limits = scene.joints[joint].limits ?? -.pi ... .pi
      return 2 * (position - limits.lowerBound) / (limits.upperBound - limits.lowerBound) - 1
    }
  }
}
