public import RehearsalCore

/// Turns normalized actions into joint targets. One per episode; keeps the targets that actions move.
///
/// Parts of the robot that the action space does not move hold still where they were at `begin`. Joints that are not
/// the robot's keep their home.
public struct ActionDecoder {
  private let actionSpace: ActionSpace
  private let robot: RobotModel
  private let period: Double
  private var targets: JointTargets
  private var drive: DriveRamp?
  private var tool: ToolTracker?
  private let jointLimits: [ClosedRange<Double>]

  /// What of the last action was held back: an element outside [−1, 1]; an end-effector target that was out of the
  /// workspace, too far ahead of the arm, or without a joint solution within one period.
  public private(set) var degraded: (actionClamped: Bool, targetClamped: Bool) = (false, false)

  /// The robot must have what `actionSpace` moves; see `ActionSpace.missingParts(of:)`.
  public init(scene: SceneModel, actionSpace: ActionSpace, controlHz: Int) {
    self.actionSpace = actionSpace
    robot = scene.robot
    period = 1 / Double(controlHz)
    targets = JointTargets(values: scene.joints.map(\.home))
    drive = robot.drive.map { [period] in DriveRamp(drive: $0, period: period) }
    tool = robot.arm.map { [period] in ToolTracker(scene: scene, arm: $0, period: period) }
    jointLimits = robot.arm.map { arm in arm.joints.map { scene.joints[$0].range } } ?? []
  }

  /// Takes the robot as it is: base at rest, arm and gripper held.
  public mutating func begin(_ state: SceneState) {
    degraded = (false, false)
    drive?.stop()
    drive?.write(into: &targets)
    tool?.begin(state)
    for joint in robot.arm?.joints ?? [] { targets.values[joint] = state.jointPositions[joint] }
    for joint in robot.gripper?.joints ?? [] { targets.values[joint] = state.jointPositions[joint] }
  }

  /// The targets for the next control period; `action` has the action space's length and finite elements.
  public mutating func decode(_ action: [Double], state: SceneState) -> JointTargets {
    precondition(action.count == actionSpace.count, "\(action.count) elements for \(actionSpace.name)")
    let asked = AskedMotion(action.map { min(max($0, -1), 1) }, in: actionSpace)
    degraded = (action.contains { abs($0) > 1 }, false)
    drive?.advance(forward: asked.forward, yaw: asked.yaw)
    drive?.write(into: &targets)
    moveArm(asked, state)
    if let gripper = robot.gripper, let closing = asked.gripper {
      let position = gripper.open + (gripper.closed - gripper.open) * (closing + 1) / 2
      for joint in gripper.joints { targets.values[joint] = position }
    }
    return targets
  }

  /// Where the tool centre point has been told to be, in the arm's base frame.
  var baseFromToolTarget: Pose? { tool?.baseFromTarget }

  /// The element that asks of a joint or the gripper what is asked of it already; nil for speeds and motions.
  func heldElement(_ channel: ActionChannel) -> Double? {
    switch channel {
    case .joint(let index):
      return tool.map { jointLimits[index].element(of: $0.positions[index]) }
    case .gripper:
      guard let gripper = robot.gripper, let finger = gripper.joints.first else { return nil }
      return 2 * (targets.values[finger] - gripper.open) / (gripper.closed - gripper.open) - 1
    default: return nil
    }
  }

  private mutating func moveArm(_ asked: AskedMotion, _ state: SceneState) {
    guard let arm = robot.arm, tool != nil else { return }
    if !asked.joints.isEmpty {
      var wanted = tool!.positions
      for (index, value) in asked.joints { wanted[index] = jointLimits[index].position(of: value) }
      tool!.moveJoints(to: wanted)
    } else {
      degraded.targetClamped = tool!.move(
        translation: asked.translation * (arm.maxLinearSpeed * period),
        rotation: asked.rotation * (arm.maxAngularSpeed * period), measured: arm.baseFromEndEffector(in: state))
    }
    for (joint, position) in zip(arm.joints, tool!.positions) { targets.values[joint] = position }
  }
}

/// An action, its elements sorted by what they move.
private struct AskedMotion {
  var forward = 0.0
  var yaw = 0.0
  var translation = Vector3.zero
  var rotation = Vector3.zero
  var joints: [(index: Int, value: Double)] = []
  var gripper: Double?

  init(_ action: [Double], in space: ActionSpace) {
    for (value, channel) in zip(action, space.channels) {
      switch channel {
      case .baseForward: forward = value
      case .baseYaw: yaw = value
      case .unused: break
      case .endEffectorTranslation(let axis): translation[axis] = value
      case .endEffectorRotation(let axis): rotation[axis] = value
      case .joint(let index): joints.append((index, value))
      case .gripper: gripper = value
      }
    }
  }
}

extension RobotModel.Arm {
  /// The tool centre point in the arm's base frame, as `state` has it.
  func baseFromEndEffector(in state: SceneState) -> Pose {
    (state.worldFromBody[base.body] * base.bodyFromFrame).inverse * worldFromEndEffector(in: state)
  }

  func worldFromEndEffector(in state: SceneState) -> Pose {
    state.worldFromBody[endEffector.body] * endEffector.bodyFromFrame
  }
}
