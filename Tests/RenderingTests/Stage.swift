import Foundation
import RehearsalCore
import Rendering

/// A few bodies, one matte material each, and no light unless given.
struct Stage {
  var bodies: [BodyModel] = []
  var materials: [Material] = []
  var meshes: [TriangleMesh] = []
  var images: [TextureImage] = []
  var lights: [Light] = []
  var ambient = Color.black
  var background = Background(zenith: .black, horizon: .black, nadir: .black)

  /// Adds a body of one shape; returns its index.
  @discardableResult mutating func add(
    _ geometry: Geometry, color: Color = Color(0.5, 0.5, 0.5), at pose: Pose = .identity, texture: Texture? = nil
  ) -> BodyID {
    let material = MaterialID(materials.count)
    materials.append(
      Material(name: "material \(materials.count)", color: color, roughness: 1, specular: 0, texture: texture))
    bodies.append(
      BodyModel(
        name: "body \(bodies.count)", motion: .fixed, shapes: [ShapeModel(geometry: geometry, material: material)],
        worldFromBody: pose))
    return BodyID(bodies.count - 1)
  }

  var scene: SceneModel {
    SceneModel(
      name: "stage", bodies: bodies, robot: RobotModel(name: "none", articulation: 0, root: BodyID(0)),
      materials: materials, meshes: meshes, images: images)
  }

  var appearance: Appearance {
    Appearance(lights: lights, ambient: ambient, background: background, materials: materials, cameras: [])
  }

  var state: SceneState {
    SceneState(
      worldFromBody: bodies.map(\.worldFromBody), velocities: bodies.map { _ in .zero }, jointPositions: [],
      jointVelocities: [])
  }

  func loaded() throws -> RayTracer {
    let tracer = try RayTracer()
    try tracer.load(scene, appearance: appearance)
    return tracer
  }

  func picture(
    from camera: CameraModel, channels: ImageChannels = .rgb, quality: RenderQuality = .fast
  ) throws -> CameraImage {
    try loaded().render(state, camera: camera, channels: channels, quality: quality)
  }

  /// A camera of 90° at `eye`; 65 pixels a side, so that one looks straight ahead.
  static func camera(
    at eye: Vector3, lookingAt target: Vector3, size: Int = 65, body: BodyID? = nil
  ) -> CameraModel {
    CameraModel(
      name: "eye", body: body, parentFromCamera: Pose(eye: eye, lookingAt: target), fovDegrees: 90, width: size,
      height: size)
  }

  /// Looks down on the origin; the picture's top is +x, its left +y.
  static func above(_ height: Double, size: Int = 65) -> CameraModel {
    camera(at: Vector3(0, 0, height), lookingAt: .zero, size: size)
  }
}

extension CameraImage {
  func pixel(_ row: Int, _ column: Int) -> [UInt8] { Array(rgb[((row * width + column) * 3)...].prefix(3)) }

  /// The pixel of `above(height)` that shows the ground at (x, y).
  func ground(_ x: Double, _ y: Double, height: Double) -> [UInt8] {
    let scale = Double(width) / 2 / height
    return pixel(Int(Double(width) / 2 - x * scale), Int(Double(width) / 2 - y * scale))
  }
}

/// The byte that linear `value` is drawn with, by the documented tone curve and the sRGB standard.
func byte(_ value: Double) -> Int {
  let y = (value - 0.7) / 0.3
  let toned = value <= 0.7 ? value : 0.7 + 0.3 * y / (1 + y)
  return Int(((toned <= 0.0031308 ? 12.92 * toned : 1.055 * pow(toned, 1 / 2.4) - 0.055) * 255).rounded())
}

/// Whether each channel is within one step of what linear `color` is drawn with.
func isDrawn(_ pixel: [UInt8], as color: Color) -> Bool {
  zip(pixel, [color.red, color.green, color.blue]).allSatisfy { abs(Int($0) - byte($1)) <= 1 }
}
