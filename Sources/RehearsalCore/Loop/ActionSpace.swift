/// What one number of an action moves.
public enum ActionChannel: Hashable, Sendable {
  /// ±1 is ± the drive's top speed.
  case baseForward
  case baseYaw
  /// Carried but ignored, as the y, z, roll and pitch of a Twist are by a differential drive.
  case unused
  /// Axis 0…2 of the arm's base frame; ±1 moves the target by ± the arm's top speed · control period.
  case endEffectorTranslation(axis: Int)
  /// Component 0…2 of a rotation vector in the arm's base frame, likewise.
  case endEffectorRotation(axis: Int)
  /// Arm joint 0…; −1 is its lower limit, +1 its upper.
  case joint(Int)
  /// −1 open, +1 closed (the LIBERO convention).
  case gripper
}

/// The meaning of a policy's action vector; every element is normalized to [−1, 1].
public struct ActionSpace: Hashable, Sendable {
  public var name: String
  public var channels: [ActionChannel]

  public var count: Int { channels.count }

  public init(name: String, channels: [ActionChannel]) {
    self.name = name
    self.channels = channels
  }

  private static let delta: [ActionChannel] =
    (0..<3).map { .endEffectorTranslation(axis: $0) } + (0..<3).map { .endEffectorRotation(axis: $0) }

  /// 2: forward speed, yaw rate.
  public static let baseTwist = ActionSpace(name: "baseTwist", channels: [.baseForward, .baseYaw])
  /// 7: a ROS Twist (linear xyz, angular xyz) and a gripper; only 0 (forward) and 5 (yaw) move a base.
  public static let twist7 = ActionSpace(
    name: "twist7", channels: [.baseForward, .unused, .unused, .unused, .unused, .baseYaw, .unused])
  /// 7: translation, rotation vector, gripper.
  public static let endEffectorDelta = ActionSpace(name: "endEffectorDelta", channels: delta + [.gripper])
  /// 8: seven joint positions, gripper.
  public static let jointPosition = ActionSpace(
    name: "jointPosition", channels: (0..<7).map { .joint($0) } + [.gripper])
  /// 9: forward speed, yaw rate, translation, rotation vector, gripper.
  public static let mobileManipulator = ActionSpace(
    name: "mobileManipulator", channels: [.baseForward, .baseYaw] + delta + [.gripper])

  public static let all = [baseTwist, twist7, endEffectorDelta, jointPosition, mobileManipulator]

  /// Whether a robot has what every channel moves; the missing parts otherwise.
  public func missingParts(of robot: RobotModel) -> [String] {
    var missing: [String] = []
    for channel in channels {
      switch channel {
      case .baseForward, .baseYaw: if robot.drive == nil { missing.append("a differential drive") }
      case .endEffectorTranslation, .endEffectorRotation: if robot.arm == nil { missing.append("an arm") }
      case .joint(let index):
        if index >= robot.arm?.joints.count ?? 0 { missing.append("arm joint \(index + 1)") }
      case .gripper: if robot.gripper == nil { missing.append("a gripper") }
      case .unused: break
      }
    }
    return missing.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
