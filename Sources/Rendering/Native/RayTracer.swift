internal import CEmbree
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
  public static let name = "rayTracer"

  private let tracer: NativeTracer
  private var scene: SceneModel?
  private var poses: [Double] = []

  /// Throws if the processor lacks AVX2.
  public init() throws { tracer = try NativeTracer() }

  /// Throws `RehearsalError` if a mesh, material or image that the scene names is not there.
  public func load(_ scene: SceneModel, appearance: Appearance) throws {
    try check(scene, appearance)
    let previous = self.scene
    self.scene = nil
    // Equal arrays share their storage from episode to episode, which makes this comparison cheap.
    if previous?.meshes != scene.meshes || previous?.images != scene.images { try tracer.setAssets(of: scene) }
    let shapes = scene.nativeShapes
    let materials = appearance.materials.map(cembree_material.init)
    let lights = appearance.lights.map(cembree_light.init)
    var surroundings = cembree_surroundings(appearance)
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
    try check(state, camera, quality, in: scene)
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
      throw RehearsalError(
        .mismatch, "camera \"\(camera.name)\" lies inside body \"\(scene.bodies[Int(enclosing)].name)\"",
        remedy: "move the camera, or fix it to that body if the body is its housing")
    }
  }
}

extension RayTracer {
  private func check(_ scene: SceneModel, _ appearance: Appearance) throws {
    for body in scene.bodies {
      for shape in body.shapes where !appearance.materials.indices.contains(shape.material.rawValue) {
        throw RehearsalError(
          .mismatch, "body \"\(body.name)\" has material \(shape.material.rawValue) of \(appearance.materials.count)",
          remedy: "pass an appearance made for this scene")
      }
      for case .mesh(let id, _) in body.shapes.map(\.geometry) where !scene.meshes.indices.contains(id.rawValue) {
        throw RehearsalError(
          .mismatch, "body \"\(body.name)\" has mesh \(id.rawValue) of \(scene.meshes.count)",
          remedy: "add the mesh to the scene")
      }
    }
    for material in appearance.materials {
      guard let texture = material.texture, texture.kind == .image else { continue }
      guard scene.images.indices.contains(texture.image) else {
        throw RehearsalError(
          .mismatch, "material \"\(material.name)\" has image \(texture.image) of \(scene.images.count)",
          remedy: "add the image to the scene")
      }
    }
  }

  private func check(
    _ state: SceneState, _ camera: CameraModel, _ quality: RenderQuality, in scene: SceneModel
  ) throws {
    precondition([1, 4, 9, 16].contains(quality.samplesPerPixel), "\(quality.samplesPerPixel) samples a pixel")
    precondition(quality.shadowSamples > 0, "\(quality.shadowSamples) shadow samples")
    precondition(camera.width > 0 && camera.height > 0, "a camera of \(camera.width)×\(camera.height) pixels")
    guard state.worldFromBody.count == scene.bodies.count else {
      throw RehearsalError(
        .mismatch, "the state has \(state.worldFromBody.count) bodies, scene \"\(scene.name)\" \(scene.bodies.count)",
        remedy: "load the scene that the state belongs to")
    }
    try copyPoses(of: state, in: scene)
    guard camera.worldFromCamera(in: state).position.isFinite else {
      throw RehearsalError(
        .mismatch, "camera \"\(camera.name)\" is nowhere: its pose is not finite", remedy: "check its mount")
    }
  }

  private func copyPoses(of state: SceneState, in scene: SceneModel) throws {
    poses.removeAll(keepingCapacity: true)
    for (body, pose) in state.worldFromBody.enumerated() {
      let (p, q) = (pose.position, pose.orientation)
      guard (p.x + p.y + p.z + q.x + q.y + q.z + q.w).isFinite else {
        throw RehearsalError(
          .mismatch, "body \"\(scene.bodies[body].name)\" is nowhere: its pose is not finite",
          remedy: "end the episode as invalid")
      }
      poses.append(p.x)
      poses.append(p.y)
      poses.append(p.z)
      poses.append(q.x)
      poses.append(q.y)
      poses.append(q.z)
      poses.append(q.w)
    }
  }
}

/// Makes `array` hold `count` elements that `body` writes; nil and no change for none.
private func filling<Element>(
  _ count: Int, _ array: inout [Element], _ body: (UnsafeMutablePointer<Element>?) throws -> Void
) throws {
  guard count > 0 else { return try body(nil) }
  array = try Array(unsafeUninitializedCapacity: count) { buffer, initialized in
    try body(buffer.baseAddress)
    initialized = count
  }
}
