import Foundation
import RehearsalCore

/// A stage, its camera, and everything about both drawn from a seed.
struct RandomStage {
  var stage = Stage()
  let camera: CameraModel

  /// Three to twelve solids of every kind over a floor, under none to three lights.
  init(seed: UInt64, castsShadow: Bool, width: Int = 80, height: Int = 60) {
    var random = SeedStream(root: seed, factor: .placement, episode: 0)
    let around = random.uniform(0, 2 * .pi)
    let away = random.uniform(2.2, 3.2)
    var camera = Stage.camera(
      at: Vector3(away * cos(around), away * sin(around), random.uniform(0.3, 2.5)),
      lookingAt: Vector3(random.uniform(-0.3, 0.3), random.uniform(-0.3, 0.3), random.uniform(0.2, 0.8)))
    camera.fovDegrees = random.uniform(35, 80)
    (camera.width, camera.height) = (width, height)
    self.camera = camera
    stage.meshes = [boxWithCoordinates, ball]
    stage.images = [random.image()]
    add(.plane(drawnSize: random.uniform(4, 20)), at: .identity, &random)
    for _ in 0..<(3 + random.index(below: 10)) { addSolid(&random) }
    for _ in 0..<random.index(below: 4) { stage.lights.append(random.light(castsShadow: castsShadow)) }
    stage.ambient = random.color(0.1, 0.4)
    stage.background = Background(zenith: random.color(), horizon: random.color(), nadir: random.color())
  }

  private mutating func addSolid(_ random: inout SeedStream) {
    func size() -> Double { random.uniform(0.1, 0.5) }
    let geometry: Geometry =
      switch random.index(below: 7) {
      case 0: .box(size: Vector3(size(), size(), size()))
      case 1: .sphere(radius: size())
      case 2: .cylinder(radius: size(), length: size())
      case 3: .cone(radius: size(), length: size())
      case 4: .capsule(radius: size(), length: size())
      case 5: .mesh(MeshID(0), scale: Vector3(size(), size(), size()))
      default: .mesh(MeshID(1), scale: Vector3(size(), size(), size()))
      }
    let place = Vector3(random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(0.2, 1.2))
    add(geometry, at: Pose(position: place, orientation: random.rotation()), &random)
    let last = stage.bodies.count - 1
    stage.bodies[last].shapes[0].bodyFromShape = Pose(
      position: Vector3(random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1), 0), orientation: random.rotation())
  }

  private mutating func add(_ geometry: Geometry, at pose: Pose, _ random: inout SeedStream) {
    stage.add(geometry, color: random.color(), at: pose, texture: random.texture())
    stage.materials[stage.materials.count - 1].roughness = random.unit()
    stage.materials[stage.materials.count - 1].specular = random.unit()
  }
}

extension SeedStream {
  fileprivate mutating func color(_ low: Double = 0, _ high: Double = 1) -> Color {
    Color(uniform(low, high), uniform(low, high), uniform(low, high))
  }

  fileprivate mutating func rotation() -> Quaternion {
    Quaternion(roll: uniform(-3, 3), pitch: uniform(-1.5, 1.5), yaw: uniform(-3, 3))
  }

  fileprivate mutating func texture() -> Texture? {
    let kind = index(below: Texture.Kind.allCases.count + 1)
    guard kind > 0 else { return nil }
    return Texture(
      kind: Texture.Kind.allCases[kind - 1], secondColor: color(), scale: uniform(0.05, 0.5),
      seed: UInt32(truncatingIfNeeded: next()))
  }

  fileprivate mutating func image() -> TextureImage {
    TextureImage(width: 16, height: 8, rgb: (0..<(16 * 8 * 3)).map { _ in UInt8(index(below: 256)) })
  }

  fileprivate mutating func light(castsShadow: Bool) -> Light {
    let place = Vector3(uniform(-2, 2), uniform(-2, 2), uniform(2, 3))
    let inner = uniform(0.2, 0.4)
    let kind = index(below: 3)
    return Light(
      kind: kind == 0
        ? .directional(direction: -place)
        : kind == 1
          ? .point(position: place)
          : .spot(position: place, direction: -place, innerAngle: inner, outerAngle: inner + uniform(0, 0.3)),
      color: color(0.1, 0.5) * (kind == 0 ? 1 : 6), castsShadow: castsShadow, softness: uniform(0, 0.1))
  }
}

/// The unit cube with texture coordinates and no normals.
private let boxWithCoordinates = TriangleMesh(
  vertices: cube.vertices, textureCoordinates: (0..<8).map { SIMD2(Float($0 & 1) * 2, Float($0 >> 1) * 0.4) },
  triangles: cube.triangles)

/// A sphere of diameter 1 with smooth normals.
private let ball: TriangleMesh = {
  let rings = 16
  var (normals, triangles): ([SIMD3<Float>], [UInt32]) = ([], [])
  for ring in 0...rings {
    for step in 0...(2 * rings) {
      let (a, b) = (Float.pi * Float(ring) / Float(rings), Float.pi * Float(step) / Float(rings))
      normals.append(SIMD3(sin(a) * cos(b), sin(a) * sin(b), cos(a)))
      guard ring < rings, step < 2 * rings else { continue }
      let corner = UInt32(ring * (2 * rings + 1) + step)
      let below = corner + UInt32(2 * rings + 1)
      triangles += [corner, below, corner + 1, corner + 1, below, below + 1]
    }
  }
  return TriangleMesh(vertices: normals.map { $0 * 0.5 }, normals: normals, triangles: triangles)
}()
