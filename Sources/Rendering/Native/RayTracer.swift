internal import CEmbree
internal import CScene
public import RehearsalCore

/// Draws on the CPU, without display, driver or GPU; the same bits on every x86-64-v3 processor.
///
/// Primitives are met in closed form, eight rays at a time, so that their outlines, normals and depths are exact;
/// meshes go through Embree. Surfaces are Lambert with a GGX highlight (F0 = 0.08 · `specular`), lights are traced for
/// shadows. Ambient light is ¾ of `Appearance.ambient` on undersides, 5/4 on tops, and less where solids come close
/// (the last with more than one sample a pixel). The exposure is fixed: a white matte surface that faces
/// irradiance 1 is drawn with linear value 1, before a tone curve that leaves values up to 0.7 alone, reaches 0.85 at 1
/// and 1 at infinity. Planes fade into the background from 55 % of their drawn radius on.
public final class RayTracer: Renderer {
  public static let name = RendererKind.rayTracer.rawValue

  private let tracer: NativeTracer
  private var scene: SceneModel?
  private var poses: [Double] = []

  /// Throws if the processor lacks AVX2.
  public init() throws { tracer = try NativeTracer() }

  /// Throws `RehearsalError` if a mesh, material or image that the scene names is not there.
  public func load(_ scene: SceneModel, appearance: Appearance) throws {
    try scene.check(appearance)
    let previous = self.scene
    self.scene = nil
    // Equal arrays share their storage from episode to episode, which makes this comparison cheap.
    if previous?.meshes != scene.meshes || previous?.images != scene.images { try tracer.setAssets(of: scene) }
    let shapes = scene.nativeShapes
    let materials = appearance.materials.map(cscene_material.init)
    let lights = appearance.lights.map(cscene_light.init)
    var surroundings = cscene_surroundings(appearance)
    try native {
      cembree_tracer_load(
        tracer.handle, shapes, shapes.count, materials, materials.count, lights, lights.count, &surroundings,
        scene.bodies.count, $0, $1)
    }
    self.scene = scene
  }

  /// Throws `RehearsalError` if no scene is loaded, `state` is of another scene, or a camera fixed to the world lies inside a solid of a
  /// body other than the one that carries it.
  ///
  /// Depth and segmentation are those of the pixels' centres. With one shadow ray a pixel, soft lights give hard
  /// shadows; rows of eight that the first two shadow rays find wholly lit or shaded get no more.
  public func render(
    _ state: SceneState, camera: CameraModel, channels: ImageChannels, quality: RenderQuality
  ) throws -> CameraImage {
    guard let scene else {
      throw RehearsalError(.mismatch, "the ray tracer has no scene", remedy: "call load before render")
    }
    try scene.copyPoses(of: state, into: &poses)
    try scene.check(camera, in: state, quality)
    var view = cembree_view(camera, in: state, quality: quality)
    let count = camera.width * camera.height
    var image = CameraImage(width: camera.width, height: camera.height)
    try filling(channels.contains(.rgb) ? count * 3 : 0, &image.rgb) { rgb in
      try filling(channels.contains(.depth) ? count : 0, &image.depth) { depth in
        try filling(channels.contains(.segmentation) ? count : 0, &image.segmentation) { segmentation in
          try draw(&view, rgb, depth, segmentation, camera: camera, in: scene)
        }
      }
    }
    return image
  }

  private func draw(
    _ view: inout cembree_view, _ rgb: UnsafeMutablePointer<UInt8>?, _ depth: UnsafeMutablePointer<Float>?,
    _ segmentation: UnsafeMutablePointer<UInt16>?, camera: CameraModel, in scene: SceneModel
  ) throws {
    var enclosing: Int32 = -1
    do {
      try native {
        cembree_tracer_render(tracer.handle, poses, &view, rgb, depth, segmentation, &enclosing, $0, $1)
      }
    } catch  where enclosing >= 0 {
      // A robot can press its camera into something: that is its own doing, and shows as a covered lens.
      if camera.body != nil {
        let pixels = camera.width * camera.height
        rgb?.update(repeating: 0, count: pixels * 3)
        depth?.update(repeating: Float(camera.near), count: pixels)
        segmentation?.update(repeating: UInt16(enclosing) + 1, count: pixels)
        return
      }
      throw scene.cameraInside(Int(enclosing), camera)
    }
  }
}

/// Makes `array` hold `count` elements that `body` writes; nil and no change for none.
func filling<Element>(
  _ count: Int, _ array: inout [Element], _ body: (UnsafeMutablePointer<Element>?) throws -> Void
) rethrows {
  guard count > 0 else { return try body(nil) }
  array = try Array(unsafeUninitializedCapacity: count) { buffer, initialized in
    try body(buffer.baseAddress)
    initialized = count
  }
}
