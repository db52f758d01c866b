/// A named frame fixed to a body.
public struct FrameModel: Hashable, Sendable {
  public var name: String
  public var body: BodyID
  public var bodyFromFrame: Pose

  public init(name: String, body: BodyID, bodyFromFrame: Pose) {
    self.name = name
    self.body = body
    self.bodyFromFrame = bodyFromFrame
  }
}

/// The roles that a robot's links and joints play. Read from its `robot.yaml`.
public struct RobotModel: Hashable, Sendable {
  public var name: String
  /// Index into `SceneModel.articulations`.
  public var articulation: Int
  public var root: BodyID
  public var drive: Drive?
  public var arm: Arm?
  public var gripper: Gripper?

  /// A differential drive: v = r (ωr + ωl) / 2, yaw rate = r (ωr − ωl) / separation.
  public struct Drive: Hashable, Sendable {
    public var leftWheels: [JointID]
    public var rightWheels: [JointID]
    public var wheelRadius: Double
    public var wheelSeparation: Double
    /// m/s, rad/s.
    public var maxLinearSpeed: Double
    public var maxAngularSpeed: Double
    /// m/s², rad/s²: the ramp by which commanded speeds change.
    public var maxLinearAcceleration: Double
    public var maxAngularAcceleration: Double
    /// Distance from the root's origin to the robot's foremost point; predicates measure distance from there.
    public var frontReach: Double

    public init(
      leftWheels: [JointID], rightWheels: [JointID], wheelRadius: Double, wheelSeparation: Double,
      maxLinearSpeed: Double, maxAngularSpeed: Double, maxLinearAcceleration: Double, maxAngularAcceleration: Double,
      frontReach: Double
    ) {
      self.leftWheels = leftWheels
      self.rightWheels = rightWheels
      self.wheelRadius = wheelRadius
      self.wheelSeparation = wheelSeparation
      self.maxLinearSpeed = maxLinearSpeed
      self.maxAngularSpeed = maxAngularSpeed
      self.maxLinearAcceleration = maxLinearAcceleration
      self.maxAngularAcceleration = maxAngularAcceleration
      self.frontReach = frontReach
    }
  }

  public struct Arm: Hashable, Sendable {
    /// From the shoulder outward.
    public var joints: [JointID]
    /// The body and pose to which joint 1 is attached: the frame of end-effector actions and observations.
    public var base: FrameModel
    /// The tool centre point: z out of the fingers, y along their opening.
    public var endEffector: FrameModel
    /// Limits of one control step's end-effector motion at full action: metres and radians per second.
    public var maxLinearSpeed: Double
    public var maxAngularSpeed: Double
    /// The box, in the arm's base frame, that the end effector's target is held to.
    public var workspaceMinimum: Vector3
    public var workspaceMaximum: Vector3

    public init(
      joints: [JointID], base: FrameModel, endEffector: FrameModel, maxLinearSpeed: Double, maxAngularSpeed: Double,
      workspaceMinimum: Vector3, workspaceMaximum: Vector3
    ) {
      self.joints = joints
      self.base = base
      self.endEffector = endEffector
      self.maxLinearSpeed = maxLinearSpeed
      self.maxAngularSpeed = maxAngularSpeed
      self.workspaceMinimum = workspaceMinimum
      self.workspaceMaximum = workspaceMaximum
    }
  }

  public struct Gripper: Hashable, Sendable {
    /// The first is commanded; the others mimic it.
    public var joints: [JointID]
    /// Joint position of the first finger, metres.
    public var open: Double
    public var closed: Double
    /// What the fingers do while no action is in force: before an episode's first, and during latency.
    public var hold: Hold

    public enum Hold: String, Hashable, Sendable, CaseIterable { case keep, open, close }

    public init(joints: [JointID], open: Double, closed: Double, hold: Hold = .keep) {
      self.joints = joints
      self.open = open
      self.closed = closed
      self.hold = hold
    }
  }

  public init(
    name: String, articulation: Int, root: BodyID, drive: Drive? = nil, arm: Arm? = nil, gripper: Gripper? = nil
  ) {
    self.name = name
    self.articulation = articulation
    self.root = root
    self.drive = drive
    self.arm = arm
    self.gripper = gripper
  }
}
