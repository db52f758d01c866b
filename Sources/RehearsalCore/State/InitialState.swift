/// Where everything stands, at rest, when a world is built.
public struct InitialState: Hashable, Sendable {
  /// By `BodyID`; read for free bodies and for the roots of articulations, ignored for the rest.
  public var worldFromBody: [Pose]
  /// By `JointID`.
  public var jointPositions: [Double]

  public init(worldFromBody: [Pose], jointPositions: [Double]) {
    self.worldFromBody = worldFromBody
    self.jointPositions = jointPositions
  }

  /// As authored.
  public init(of scene: SceneModel) {
    self.init(worldFromBody: scene.bodies.map(\.worldFromBody), jointPositions: scene.joints.map(\.home))
  }
}
