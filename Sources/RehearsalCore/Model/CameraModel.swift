/// A pinhole camera, fixed to a body or to the world.
public struct CameraModel: Hashable, Sendable {
  public var name: String
  /// Nil: fixed to the world.
  public var body: BodyID?
  /// Body convention of REP-103: the camera looks along +x, y to its left, z up.
  public var parentFromCamera: Pose
  /// Vertical field of view.
  public var fovDegrees: Double
  public var width: Int
  public var height: Int
  /// Nothing nearer or farther than this, in metres, is seen.
  public var near: Double
  public var far: Double

  public init(
    name: String, body: BodyID? = nil, parentFromCamera: Pose, fovDegrees: Double, width: Int, height: Int,
    near: Double = 0.01, far: Double = 50
  ) {
    self.name = name
    self.body = body
    self.parentFromCamera = parentFromCamera
    self.fovDegrees = fovDegrees
    self.width = width
    self.height = height
    self.near = near
    self.far = far
  }
}
