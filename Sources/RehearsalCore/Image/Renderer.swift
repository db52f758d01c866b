/// Which renderer draws an experiment's pictures; part of its protocol.
public enum RendererKind: String, Hashable, Sendable, CaseIterable {
  /// On the CPU, the same bits everywhere.
  case rayTracer
  /// On whatever OpenGL there is, the same bits on the same device and driver.
  case openGL
}

/// Draws pictures: a pure function of scene, appearance, state and camera. Belongs to one thread.
public protocol Renderer: AnyObject {
  /// Named in the protocol id, such as `rayTracer`.
  static var name: String { get }

  /// Takes over a scene and how it looks; every later `render` draws it. Cheap enough to call once an episode.
  func load(_ scene: SceneModel, appearance: Appearance) throws

  /// Draws the loaded scene in `state` as `camera` sees it. `camera` need not be one of the scene's.
  ///
  /// A robot's camera inside a body sees black; throws if another camera lies inside one or `state` is of another scene.
  func render(_ state: SceneState, camera: CameraModel, channels: ImageChannels, quality: RenderQuality) throws
    -> CameraImage

  /// Draws `state` as each of `cameras` sees it, in their order: the same pictures as one by one, perhaps sooner.
  func render(_ state: SceneState, cameras: [CameraModel], channels: ImageChannels, quality: RenderQuality) throws
    -> [CameraImage]
}

extension Renderer {
  public func render(
    _ state: SceneState, cameras: [CameraModel], channels: ImageChannels, quality: RenderQuality
  ) throws -> [CameraImage] {
    try cameras.map { try render(state, camera: $0, channels: channels, quality: quality) }
  }
}
