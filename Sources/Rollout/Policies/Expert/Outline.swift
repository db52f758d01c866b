internal import Foundation
internal import RehearsalCore

extension SceneModel {
  /// How far `body` reaches along the unit vector `direction`: the largest scalar product over its solid points.
  func reach(of body: BodyID, along direction: Vector3, in state: SceneState) -> Double {
    var reach = -Double.infinity
    for shape in bodies[body].shapes where shape.collides {
      reach = max(reach, self.reach(of: shape, of: body, along: direction, in: state))
    }
    return reach
  }

  /// The same for one of its shapes; −∞ for planes.
  func reach(of shape: ShapeModel, of body: BodyID, along direction: Vector3, in state: SceneState) -> Double {
    let worldFromShape = state.worldFromBody[body] * shape.bodyFromShape
    let d = worldFromShape.orientation.inverse * direction
    let extent: Double
    switch shape.geometry {
    case .box(let size): extent = (abs(d.x) * size.x + abs(d.y) * size.y + abs(d.z) * size.z) / 2
    case .sphere(let radius): extent = radius
    case .cylinder(let radius, let length): extent = radius * d.planarLength + abs(d.z) * length / 2
    case .cone(let radius, let length): extent = max(d.z * length / 2, radius * d.planarLength - d.z * length / 2)
    case .capsule(let radius, let length): extent = radius + abs(d.z) * length / 2
    case .plane: return -.infinity
    case .mesh:
      extent = localBounds(of: shape.geometry)?.corners.map { $0.dot(d) }.max() ?? 0
    }
    return extent + worldFromShape.position.dot(direction)
  }

  /// The box around `body` in the world.
  func worldBounds(of body: BodyID, in state: SceneState) -> BoundingBox {
    func low(_ axis: Vector3) -> Double { -reach(of: body, along: -axis, in: state) }
    func high(_ axis: Vector3) -> Double { reach(of: body, along: axis, in: state) }
    return BoundingBox(
      minimum: Vector3(low(.unitX), low(.unitY), low(.unitZ)),
      maximum: Vector3(high(.unitX), high(.unitY), high(.unitZ)))
  }
}

/// The outline of a convex solid on the ground: how far it reaches in each of 24 directions.
struct Outline {
  static let directions: [SIMD2<Double>] = (0..<24).map {
    SIMD2(cos(Double($0) * .pi / 12), sin(Double($0) * .pi / 12))
  }

  let center: SIMD2<Double>
  private let directions: [SIMD2<Double>]
  private let reaches: [Double]
  /// Heights between which it stands.
  let bottom: Double
  let top: Double

  init(of shape: ShapeModel, of body: BodyID, scene: SceneModel, state: SceneState) {
    self.init(at: state.worldFromBody[body] * shape.bodyFromShape) {
      scene.reach(of: shape, of: body, along: $0, in: state)
    }
  }

  /// The outline of all solid shapes of `body` together, hollows filled.
  init(hullOf body: BodyID, scene: SceneModel, state: SceneState) {
    self.init(at: state.worldFromBody[body]) { scene.reach(of: body, along: $0, in: state) }
  }

  private init(at pose: Pose, reach: (Vector3) -> Double) {
    let (c, s) = (cos(pose.orientation.yaw), sin(pose.orientation.yaw))
    // Turned with the shape, so that the sides of boxes are exact.
    directions = Self.directions.map { SIMD2(c * $0.x - s * $0.y, s * $0.x + c * $0.y) }
    reaches = directions.map { reach(Vector3($0.x, $0.y, 0)) }
    center = SIMD2(pose.position.x, pose.position.y)
    top = reach(.unitZ)
    bottom = -reach(-.unitZ)
  }

  /// The ground distance from `point`: negative inside; at most a little too small off corners.
  func distance(from point: SIMD2<Double>) -> Double {
    var distance = -Double.infinity
    for index in directions.indices {
      distance = max(distance, directions[index].x * point.x + directions[index].y * point.y - reaches[index])
    }
    return distance
  }
}

extension Situation {
  /// The outlines of things on the table, hollows filled, that reach above `height`, except `body`.
  func hulls(except body: BodyID, above height: Double) -> [Outline] {
    others(than: [body]).filter { scene.bodies[$0].motion != .fixed }
      .map { Outline(hullOf: $0, scene: scene, state: state) }.filter { $0.top > height }
  }

  /// The outlines of the solid shapes of `bodies` that stand, at least in part, between two heights.
  func outlines(of bodies: [BodyID], above low: Double, below high: Double) -> [Outline] {
    bodies.flatMap { body in
      scene.bodies[body].shapes.filter { shape in
        if case .plane = shape.geometry { return false }
        return shape.collides
      }.map { Outline(of: $0, of: body, scene: scene, state: state) }
    }.filter { $0.top > low && $0.bottom < high }
  }
}
