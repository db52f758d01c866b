/// Named groups of numbers that a robot knows of itself, in order; the names are robomimic's.
public struct ProprioceptionLayout: Hashable, Sendable {
  public struct Field: Hashable, Sendable {
    public var name: String
    public var count: Int
    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }
  public var fields: [Field]
  public var count: Int { fields.reduce(0) { $0 + $1.count } }

  public init(fields: [Field]) { self.fields = fields }

  /// Base twist (2: m/s, rad/s); end-effector position (3) and quaternion xyzw (4) in the arm's base frame; gripper
  /// opening (1: metres between the fingers); arm joint positions (7).
  public init(robot: RobotModel) {
    fields = []
    if robot.drive != nil { fields.append(Field(name: "robot0_base_twist", count: 2)) }
    if let arm = robot.arm {
      fields.append(Field(name: "robot0_eef_pos", count: 3))
      fields.append(Field(name: "robot0_eef_quat", count: 4))
      fields.append(Field(name: "robot0_joint_pos", count: arm.joints.count))
    }
    if robot.gripper != nil { fields.append(Field(name: "robot0_gripper_qpos", count: 1)) }
  }
}

/// What a policy is given at one control step.
public struct Observation: Sendable {
  /// Control steps since the episode began.
  public var tick: Int
  public var instruction: String
  /// In the order of the experiment's cameras.
  public var images: [CameraImage]
  /// See `ProprioceptionLayout`.
  public var proprioception: [Double]
  /// For scripted experts only: what no camera shows.
  public var privileged: PrivilegedObservation?

  public init(
    tick: Int, instruction: String, images: [CameraImage], proprioception: [Double],
    privileged: PrivilegedObservation? = nil
  ) {
    self.tick = tick
    self.instruction = instruction
    self.images = images
    self.proprioception = proprioception
    self.privileged = privileged
  }
}

/// The simulator's truth, for experts that make demonstrations.
public struct PrivilegedObservation: Sendable {
  public var state: SceneState
  /// The command in force, with its slots bound.
  public var command: Command
  /// The state when the command began.
  public var stateAtStart: SceneState

  public init(state: SceneState, command: Command, stateAtStart: SceneState) {
    self.state = state
    self.command = command
    self.stateAtStart = stateAtStart
  }
}
