public import RehearsalCore

/// A robot or fixture, ready to be put into a scene: all indices are local, from 0; bodies and joints root first.
public struct ArticulationFragment: Sendable {
  public var name: String
  public var rootIsFixed: Bool
  public var selfCollides: Bool
  /// Named as their links; `worldFromBody` holds the pose in the root's frame with every joint at its home.
  public var bodies: [BodyModel]
  /// `bodies[i + 1]` is the child of `joints[i]`.
  public var joints: [JointModel]
  /// N·m or N, by joint: the URDF's effort limits, 0 where it has none.
  public var jointEfforts: [Double]
  public var materials: [Material]
  public var meshes: [TriangleMesh]
  public var images: [TextureImage]
  /// Every link of the URDF, those included that fixed joints merged into their parents.
  public var frames: [FrameModel]
  /// Everything that was read, URDFs, meshes and pictures, in the order of reading.
  public var sourceFiles: [String]

  public init(
    name: String, rootIsFixed: Bool, selfCollides: Bool = false, bodies: [BodyModel], joints: [JointModel] = [],
    jointEfforts: [Double] = [], materials: [Material] = [], meshes: [TriangleMesh] = [], images: [TextureImage] = [],
    frames: [FrameModel] = [], sourceFiles: [String] = []
  ) {
    self.name = name
    self.rootIsFixed = rootIsFixed
    self.selfCollides = selfCollides
    self.bodies = bodies
    self.joints = joints
    self.jointEfforts = jointEfforts
    self.materials = materials
    self.meshes = meshes
    self.images = images
    self.frames = frames
    self.sourceFiles = sourceFiles
    placeBodies()
  }

  public func frame(named name: String) -> FrameModel? { frames.first { $0.name == name } }
  public func joint(named name: String) -> JointID? { joints.firstIndex { $0.name == name }.map(JointID.init) }
  public func body(named name: String) -> BodyID? { bodies.firstIndex { $0.name == name }.map(BodyID.init) }

  /// Recomputes every body's pose from the joints' homes; call it after changing those.
  public mutating func placeBodies() {
    for joint in joints {
      bodies[joint.child].worldFromBody =
        bodies[joint.parent].worldFromBody * joint.parentFromChild(at: joint.home)
    }
  }
}

/// A robot, ready to be put into a scene: its articulation, the roles of its parts, and its cameras, in local indices.
public struct RobotFragment: Sendable {
  public var articulation: ArticulationFragment
  public var robot: RobotModel
  public var cameras: [CameraModel]

  public init(articulation: ArticulationFragment, robot: RobotModel, cameras: [CameraModel]) {
    self.articulation = articulation
    self.robot = robot
    self.cameras = cameras
  }
}
