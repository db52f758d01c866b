import RehearsalCore
import Synchronization

/// What the window's thread tells the policy that a person steers.
final class SteeringWheel: Sendable {
  struct Position: Sendable {
    var input = DriveInput()
    /// How often the gripper was told to change.
    var gripperChanges = 0
    var isByHand: Bool
  }

  private let position: Mutex<Position>

  init(isByHand: Bool) { position = Mutex(Position(isByHand: isByHand)) }

  var now: Position { position.withLock { $0 } }
  func turn(_ body: (inout Position) -> Void) { position.withLock { body(&$0) } }
}

/// A person at the keyboard or the gamepad, as a policy: what is driven is checked, executed, judged and recorded like any
/// other policy's answer. Where it has an autopilot, that one drives until the person takes over.
final class TeleopPolicy: Policy {
  static let name = "teleop"
  /// A step by which an element may change in one control step: full speed takes five.
  static let ramp = 0.2

  private let wheel: SteeringWheel
  private let autopilot: (any Policy)?
  private var channels: [ActionChannel] = []
  private var last: [Double] = []
  private var gripperChanges = 0
  private var jointHand: JointHand?

  init(_ wheel: SteeringWheel, autopilot: (any Policy)? = nil) {
    self.wheel = wheel
    self.autopilot = autopilot
  }

  var needsPrivilegedState: Bool { autopilot?.needsPrivilegedState ?? false }
  var needsImages: Bool { autopilot?.needsImages ?? false }

  func mismatch(with context: PolicyContext) -> String? {
    autopilot?.mismatch(with: context)
  }

  func warmUp(_ context: PolicyContext) throws { try autopilot?.warmUp(context) }

  func beginEpisode(_ context: PolicyContext) throws {
    channels = context.actionSpace.channels
    last = channels.map { $0 == .gripper ? context.scene.heldGripper : 0 }
    gripperChanges = wheel.now.gripperChanges
    jointHand = JointHand(context)
    try autopilot?.beginEpisode(context)
  }

  func beginCommand(_ instruction: String) throws { try autopilot?.beginCommand(instruction) }

  func act(_ observation: Observation) throws -> ActionChunk {
    let position = wheel.now
    if let autopilot, !position.isByHand {
      gripperChanges = position.gripperChanges
      jointHand?.letGo()
      let chunk = try autopilot.act(observation)
      last = chunk.actions.first ?? last
      return chunk
    }
    let isToggled = !(position.gripperChanges - gripperChanges).isMultiple(of: 2)
    gripperChanges = position.gripperChanges
    let joints = jointHand?.elements(position.input, observation.proprioception) ?? []
    last = zip(channels, last).map { channel, before in
      switch channel {
      case .gripper: isToggled ? (before > 0 ? -1 : 1) : before
      case .joint(let index): joints[index]
      default: before + min(max(position.input[channel] - before, -Self.ramp), Self.ramp)
      }
    }
    return ActionChunk(last)
  }
}

extension DriveInput {
  /// What it asks of a channel that moves something; 0 for others.
  subscript(channel: ActionChannel) -> Double {
    switch channel {
    case .baseForward: forward
    case .baseYaw: yaw
    case .endEffectorTranslation(let axis): translation[axis]
    case .endEffectorRotation(let axis): rotation[axis]
    case .unused, .joint, .gripper: 0
    }
  }
}

extension SceneModel {
  /// The gripper's element while nothing has been commanded: −1 open, 1 closed.
  fileprivate var heldGripper: Double {
    guard let gripper = robot.gripper, let finger = gripper.joints.first else { return 0 }
    switch gripper.hold {
    case .open: return -1
    case .close: return 1
    case .keep:
      let share = (joints[finger].home - gripper.open) / (gripper.closed - gripper.open)
      return min(max(2 * share - 1, -1), 1)
    }
  }
}
