public import RehearsalCore

/// What the numbers of a run's trajectories are: the attributes of `/data`.
public struct DatasetDescription: Hashable, Sendable {
  /// The experiment's name.
  public var environmentName: String
  /// Whatever else describes the environment; robomimic's `env_kwargs`.
  public var environment: JSON
  /// Names of a state's numbers; see `SceneState.flatLayout`.
  public var stateLayout: [String]
  public var proprioception: ProprioceptionLayout
  /// Names of an action's numbers.
  public var actionLayout: [String]
  /// In the order of `Trajectory.images`.
  public var cameras: [Camera]
  public var controlHz: Int
  /// How hard images are compressed: 0 not at all, 1 fast … 12 small.
  public var imageCompression: Int

  public struct Camera: Hashable, Sendable {
    public var name: String
    public var width: Int
    public var height: Int
    public init(name: String, width: Int, height: Int) {
      self.name = name
      self.width = width
      self.height = height
    }
    /// robomimic's convention.
    var datasetName: String { name + "_image" }
  }

  public init(
    environmentName: String, environment: JSON, stateLayout: [String], proprioception: ProprioceptionLayout,
    actionLayout: [String], cameras: [Camera], controlHz: Int, imageCompression: Int = 1
  ) {
    self.environmentName = environmentName
    self.environment = environment
    self.stateLayout = stateLayout
    self.proprioception = proprioception
    self.actionLayout = actionLayout
    self.cameras = cameras
    self.controlHz = controlHz
    self.imageCompression = imageCompression
  }
}

extension DatasetDescription {
  /// robomimic's `env_args`; type 2 is the one that needs no simulator of theirs to train from.
  var environmentArguments: JSON {
    ["env_name": .text(environmentName), "type": 2, "env_kwargs": environment]
  }

  /// LIBERO's `problem_info`.
  func problemInfo(instruction: String) -> JSON {
    [
      "problem_name": .text(environmentName), "domain_name": "rehearsal",
      "language_instruction": .text(instruction),
    ]
  }
}
