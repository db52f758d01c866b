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
}
