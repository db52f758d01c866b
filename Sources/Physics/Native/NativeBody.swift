internal import CBullet
import RehearsalCore

/// A body as the shim takes it, with the points of its hulls.
struct NativeBody {
  private var body: cbullet_body
  private var shapes: [cbullet_shape]
  /// By shape; empty but for hulls. xyz triples.
  private var points: [[Float]]

  /// `inertialFromBody` is identity for fixed bodies, which have no inertia.
  init(_ model: BodyModel, row: BodyID, inertialFromBody: Pose, hulls: HullStore) {
    body = cbullet_body()
    body.body = Int32(row.rawValue)
    body.mass = model.mass.mass
    let inertia = model.mass.principalInertia
    body.inertia = (inertia.x, inertia.y, inertia.z)
    body.friction = model.surface.friction
    body.rolling_friction = model.surface.rollingFriction
    body.spinning_friction = model.surface.spinningFriction
    body.restitution = model.surface.restitution
    let solids = model.shapes.filter(\.collides)
    shapes = solids.map { Self.shape($0, inertialFromBody: inertialFromBody) }
    points = solids.map { hulls.points(of: $0.geometry) }
  }

  /// Calls `use` with a form that is valid during the call.
  func withNative<Result>(_ use: (cbullet_body) throws -> Result) rethrows -> Result {
    try withPoints(from: 0, shapes) { shapes in
      try shapes.withUnsafeBufferPointer { buffer in
        var native = body
        native.shapes = buffer.baseAddress
        native.shape_count = Int32(buffer.count)
        return try use(native)
      }
    }
  }

  private func withPoints<Result>(
    from index: Int, _ ready: [cbullet_shape], _ use: ([cbullet_shape]) throws -> Result
  ) rethrows -> Result {
    guard let next = points[index...].firstIndex(where: { !$0.isEmpty }) else { return try use(ready) }
    return try points[next].withUnsafeBufferPointer { buffer in
      var ready = ready
      ready[next].points = buffer.baseAddress
      ready[next].point_count = Int32(buffer.count / 3)
      return try withPoints(from: next + 1, ready, use)
    }
  }

  private static func shape(_ model: ShapeModel, inertialFromBody: Pose) -> cbullet_shape {
    var shape = cbullet_shape()
    (inertialFromBody * model.bodyFromShape).store(in: &shape.pose)
    switch model.geometry {
    case .box(let size):
      shape.kind = Int32(CBULLET_BOX)
      shape.size = (size.x, size.y, size.z)
    case .sphere(let radius):
      shape.kind = Int32(CBULLET_SPHERE)
      shape.size.0 = radius
    case .cylinder(let radius, let length):
      shape.kind = Int32(CBULLET_CYLINDER)
      shape.size = (radius, length, 0)
    case .cone(let radius, let length):
      shape.kind = Int32(CBULLET_CONE)
      shape.size = (radius, length, 0)
    case .capsule(let radius, let length):
      shape.kind = Int32(CBULLET_CAPSULE)
      shape.size = (radius, length, 0)
    case .plane: shape.kind = Int32(CBULLET_PLANE)
    case .mesh: shape.kind = Int32(CBULLET_HULL)
    }
    return shape
  }
}

extension Pose {
  typealias Native = (Double, Double, Double, Double, Double, Double, Double)

  func store(in native: inout Native) {
    let q = orientation
    native = (position.x, position.y, position.z, q.x, q.y, q.z, q.w)
  }

  func withNative<Result>(_ use: (UnsafePointer<Double>) throws -> Result) rethrows -> Result {
    let q = orientation
    return try [position.x, position.y, position.z, q.x, q.y, q.z, q.w].withUnsafeBufferPointer {
      try use($0.baseAddress!)
    }
  }
}
