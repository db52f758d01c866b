/// Everything that physics and rendering need to know of a scene before it moves; validated and immutable.
public struct SceneModel: Sendable {
  public var name: String
  public var bodies: [BodyModel]
  public var joints: [JointModel]
  public var articulations: [ArticulationModel]
  public var robot: RobotModel
  public var cameras: [CameraModel]
  public var materials: [Material]
  public var meshes: [TriangleMesh]
  public var images: [TextureImage]
  /// m/s².
  public var gravity: Vector3

  public init(
    name: String, bodies: [BodyModel], joints: [JointModel] = [], articulations: [ArticulationModel] = [],
    robot: RobotModel, cameras: [CameraModel] = [], materials: [Material], meshes: [TriangleMesh] = [],
    images: [TextureImage] = [], gravity: Vector3 = Vector3(0, 0, -9.81)
  ) {
    self.name = name
    self.bodies = bodies
    self.joints = joints
    self.articulations = articulations
    self.robot = robot
    self.cameras = cameras
    self.materials = materials
    self.meshes = meshes
    self.images = images
    self.gravity = gravity
  }

  public func body(named name: String) -> BodyID? { bodies.firstIndex { $0.name == name }.map(BodyID.init) }
  public func joint(named name: String) -> JointID? { joints.firstIndex { $0.name == name }.map(JointID.init) }
  public func camera(named name: String) -> CameraID? { cameras.firstIndex { $0.name == name }.map(CameraID.init) }

  public var bodyIDs: some Sequence<BodyID> { bodies.indices.lazy.map(BodyID.init) }
}
