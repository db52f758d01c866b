/// What drives a joint each substep.
public enum JointActuator: Hashable, Sendable {
  /// Nothing but its own damping and friction.
  case passive
  /// A motor towards a target velocity, at most `maxEffort` N·m (N for prismatic joints).
  case velocity(maxEffort: Double)
  /// A motor towards a target position: moves at up to the joint's `maxVelocity`, with at most `maxEffort`.
  /// `stiffness` in (0, 1] is the share of the position error removed in one substep.
  case position(stiffness: Double, maxEffort: Double)
}

/// A joint of one degree of freedom between two bodies of one articulation.
public struct JointModel: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case revolute, continuous, prismatic }

  /// `articulation/joint`.
  public var name: String
  public var kind: Kind
  public var parent: BodyID
  public var child: BodyID
  /// The child body's frame in the parent's when the joint is at 0.
  public var parentFromJoint: Pose
  /// Unit vector in the joint's (= the child's) frame.
  public var axis: Vector3
  /// Radians or metres; nil for continuous joints.
  public var limits: ClosedRange<Double>?
  /// rad/s or m/s.
  public var maxVelocity: Double
  public var damping: Double
  /// Coulomb friction torque or force.
  public var friction: Double
  public var actuator: JointActuator
  /// Follows another joint: position = multiplier · its position (gripper fingers).
  public var mimic: Mimic?
  /// Position when an episode starts.
  public var home: Double

  public struct Mimic: Hashable, Sendable {
    public var joint: JointID
    public var multiplier: Double
    public init(joint: JointID, multiplier: Double) {
      self.joint = joint
      self.multiplier = multiplier
    }
  }

  public init(
    name: String, kind: Kind, parent: BodyID, child: BodyID, parentFromJoint: Pose, axis: Vector3,
    limits: ClosedRange<Double>? = nil, maxVelocity: Double = 10, damping: Double = 0, friction: Double = 0,
    actuator: JointActuator = .passive, mimic: Mimic? = nil, home: Double = 0
  ) {
    self.name = name
    self.kind = kind
    self.parent = parent
    self.child = child
    self.parentFromJoint = parentFromJoint
    self.axis = axis
    self.limits = limits
    self.maxVelocity = maxVelocity
    self.damping = damping
    self.friction = friction
    self.actuator = actuator
    self.mimic = mimic
    self.home = home
  }

  /// The child's frame in the parent's when the joint is at `position`.
  public func parentFromChild(at position: Double) -> Pose {
    switch kind {
    case .prismatic: parentFromJoint * Pose(position: axis * position)
    case .revolute, .continuous: parentFromJoint * Pose(orientation: Quaternion(axis: axis, angle: position))
    }
  }
}

/// A tree of links joined by joints: a robot, a drawer cabinet, a button.
public struct ArticulationModel: Hashable, Sendable {
  public var name: String
  /// Whether the root is bolted to the world.
  public var rootIsFixed: Bool
  /// Root first, parents before children; `links[i + 1]` is the child of `joints[i]`.
  public var links: [BodyID]
  public var joints: [JointID]
  /// Whether links that are not neighbours collide with each other.
  public var selfCollides: Bool

  public init(name: String, rootIsFixed: Bool, links: [BodyID], joints: [JointID], selfCollides: Bool = false) {
    self.name = name
    self.rootIsFixed = rootIsFixed
    self.links = links
    self.joints = joints
    self.selfCollides = selfCollides
  }
}
