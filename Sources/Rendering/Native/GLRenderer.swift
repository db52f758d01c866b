internal import CGL
public import RehearsalCore

/// Draws with OpenGL 3.3 and no display: on a GPU through EGL, or on the CPU through Mesa's llvmpipe.
///
/// Materials, lights, textures, tone curve, cameras and depth are the ray tracer's. What differs: shadows come from maps,
/// so that their edges are a texel or two wide (soft ones widen with the distance of what casts them, more than one
/// sample a pixel or a light given); and solids that come close to a surface take no ambient light from it. Primitives
/// are met in closed form in every pixel, so that outlines and depths are exact at any distance. The same pictures are
/// the same bits on one device and driver, whatever else is drawn at the time.
public final class GLRenderer: Renderer {
  public static let name = RendererKind.openGL.rawValue

  private let gpu: Int?
  private var service: GLService
  private var scene: (model: SceneModel, native: GLScene)?
  private var poses: [Double] = []

  /// `gpu` counts the machine's GPUs from 0; nil takes the first that works, or Mesa's software.
  ///
  /// Throws `RehearsalError` that names the missing library or driver.
  public init(gpu: Int? = nil) throws {
    self.gpu = gpu
    service = try GLService.shared(gpu: gpu)
  }

  /// What draws, as the driver calls it.
  public var device: String { service.device }

  /// Throws `RehearsalError` if a mesh, material or image that the scene names is not there or too large.
  public func load(_ scene: SceneModel, appearance: Appearance) throws {
    try scene.check(appearance)
    self.scene = nil
    if service.isLost { service = try GLService.shared(gpu: gpu) }
    let assets = try service.assets(of: scene)
    do {
      self.scene = (scene, try GLScene(scene, appearance, assets: assets))
    } catch let failure as GLFailure {
      throw failure.error
    }
  }

  public func render(
    _ state: SceneState, camera: CameraModel, channels: ImageChannels, quality: RenderQuality
  ) throws -> CameraImage {
    try render(state, cameras: [camera], channels: channels, quality: quality)[0]
  }

  /// Throws `RehearsalError` if no scene is loaded, `state` is of another scene, a camera fixed to the world lies inside a
  /// solid of a body other than the one that carries it, a picture is too large, or the driver gave up.
  ///
  /// Depth and segmentation are those of the pixels' centres. All cameras are drawn into one target, read back once.
  public func render(
    _ state: SceneState, cameras: [CameraModel], channels: ImageChannels, quality: RenderQuality
  ) throws -> [CameraImage] {
    guard let (scene, native) = scene else {
      throw RehearsalError(.mismatch, "OpenGL has no scene", remedy: "call load before render")
    }
    try scene.copyPoses(of: state, into: &poses)
    var pictures: [CameraImage?] = []
    var views: [cgl_view] = []
    for camera in cameras {
      try scene.check(camera, in: state, quality)
      var view = cgl_view(camera, in: state, channels: channels)
      let except = camera.body.map { Int32($0.rawValue) } ?? -1
      let enclosing = Int(cgl_scene_enclosing_body(native.handle, poses, &view, except))
      guard enclosing >= 0 else {
        pictures.append(nil)
        views.append(view)
        continue
      }
      // A robot can press its camera into something: that is its own doing, and shows as a covered lens.
      guard camera.body != nil else { throw scene.cameraInside(enclosing, camera) }
      pictures.append(.covered(camera, by: enclosing, channels))
    }
    guard !views.isEmpty else { return pictures.compactMap(\.self) }
    var drawn = try service.draw(GLOrder(scene: native, poses: poses, views: views, quality: quality))[...]
    return pictures.map { $0 ?? drawn.removeFirst() }
  }
}

extension CameraImage {
  /// What a camera sees whose lens a body covers.
  fileprivate static func covered(_ camera: CameraModel, by body: Int, _ channels: ImageChannels) -> CameraImage {
    let count = camera.width * camera.height
    var image = CameraImage(width: camera.width, height: camera.height)
    if channels.contains(.rgb) { image.rgb = Array(repeating: 0, count: count * 3) }
    if channels.contains(.depth) { image.depth = Array(repeating: Float(camera.near), count: count) }
    if channels.contains(.segmentation) { image.segmentation = Array(repeating: UInt16(body) + 1, count: count) }
    return image
  }
}
