// Holds the place of the ray tracer until it lands; the commit that lands `RayTracer` deletes this file.
public import RehearsalCore
public final class RayTracer: Renderer {
  public static let name = "rayTracer"
  public init() throws {}
  public func load(_ scene: SceneModel, appearance: Appearance) throws {}
  public func render(_ state: SceneState, camera: CameraModel, channels: ImageChannels, quality: RenderQuality) throws
    -> CameraImage
  { CameraImage(width: 1, height: 1, rgb: [1, 2, 3]) }
}
extension ImageAdjustment { public func applied(to image: CameraImage) -> CameraImage { image } }
