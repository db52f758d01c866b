extension Geometry {
  /// Half edge lengths of the box around a shape centred on its own frame; nil for planes and meshes.
  public var halfExtents: Vector3? {
    switch self {
    case .box(let size): size / 2
    case .sphere(let radius): Vector3(repeating: radius)
    case .cylinder(let radius, let length), .cone(let radius, let length): Vector3(radius, radius, length / 2)
    case .capsule(let radius, let length): Vector3(radius, radius, length / 2 + radius)
    case .plane, .mesh: nil
    }
  }

  /// This geometry, `factor` times as large.
  public func scaled(by factor: Double) -> Geometry {
    switch self {
    case .box(let size): .box(size: size * factor)
    case .sphere(let radius): .sphere(radius: radius * factor)
    case .cylinder(let radius, let length): .cylinder(radius: radius * factor, length: length * factor)
    case .cone(let radius, let length): .cone(radius: radius * factor, length: length * factor)
    case .capsule(let radius, let length): .capsule(radius: radius * factor, length: length * factor)
    case .plane: self
    case .mesh(let mesh, let scale): .mesh(mesh, scale: scale * factor)
    }
  }
}

extension SceneModel {
  /// The box around a shape, in the shape's own frame; nil for planes.
  public func localBounds(of geometry: Geometry) -> BoundingBox? {
    if let half = geometry.halfExtents { return BoundingBox(minimum: -half, maximum: half) }
    guard case .mesh(let id, let scale) = geometry else { return nil }
    var box = BoundingBox()
    for vertex in meshes[id].vertices {
      box.add(Vector3(Double(vertex.x), Double(vertex.y), Double(vertex.z)) * scale)
    }
    return box
  }

  /// The box around a body's shapes, in the body's frame turned by `rotation`; planes are left out.
  public func bounds(of body: BodyID, rotation: Quaternion = .identity) -> BoundingBox {
    var box = BoundingBox()
    for shape in bodies[body].shapes {
      guard let local = localBounds(of: shape.geometry) else { continue }
      for corner in local.corners { box.add(rotation * (shape.bodyFromShape * corner)) }
    }
    return box
  }

  /// The radius of the upright cylinder about the body's origin that holds its shapes.
  public func planarRadius(of body: BodyID) -> Double {
    var radius = 0.0
    for shape in bodies[body].shapes {
      switch shape.geometry {
      case .sphere(let r): radius = max(radius, shape.bodyFromShape.position.planarLength + r)
      case .cylinder(let r, _), .cone(let r, _):
        guard (shape.bodyFromShape.orientation * .unitZ).z > 0.999 else { fallthrough }
        radius = max(radius, shape.bodyFromShape.position.planarLength + r)
      default:
        guard let local = localBounds(of: shape.geometry) else { continue }
        for corner in local.corners { radius = max(radius, (shape.bodyFromShape * corner).planarLength) }
      }
    }
    return radius
  }

  /// The distance from `pointInWorld` to the surface of `body`: 0 inside; cones count as cylinders, meshes as boxes.
  /// With `planar`, heights are disregarded: the ground distance to the body's outline.
  public func surfaceDistance(
    from pointInWorld: Vector3, to body: BodyID, in state: SceneState, planar: Bool = false
  ) -> Double {
    var distance = Double.infinity
    for shape in bodies[body].shapes {
      guard let local = localBounds(of: shape.geometry) else { continue }
      let worldFromShape = state.worldFromBody[body] * shape.bodyFromShape
      var point = pointInWorld
      if planar { point.z = worldFromShape.position.z }
      let p = worldFromShape.inverse * point
      distance = min(distance, Self.distance(from: p, to: shape.geometry, bounds: local))
    }
    return distance
  }

  private static func distance(from p: Vector3, to geometry: Geometry, bounds: BoundingBox) -> Double {
    switch geometry {
    case .sphere(let radius): return max(p.length - radius, 0)
    case .cylinder(let radius, let length), .cone(let radius, let length):
      let radial = max(p.planarLength - radius, 0)
      let axial = max(abs(p.z) - length / 2, 0)
      return (radial * radial + axial * axial).squareRoot()
    case .capsule(let radius, let length):
      let nearest = Vector3(0, 0, min(max(p.z, -length / 2), length / 2))
      return max((p - nearest).length - radius, 0)
    case .box, .plane, .mesh:
      let outside = pointwiseMax(pointwiseMax(bounds.minimum - p, p - bounds.maximum), .zero)
      return outside.length
    }
  }
}

extension SceneModel {
  /// Links of the robot.
  public var robotBodies: [BodyID] { articulations[robot.articulation].links }

  /// The joint that carries `body`, if it is a link other than a root.
  public func joint(above body: BodyID) -> JointID? { joints.firstIndex { $0.child == body }.map(JointID.init) }
}

extension RobotModel {
  /// The robot's foremost point on the ground, heading along its root's x axis.
  public func front(in state: SceneState) -> Vector3 {
    let root = state.worldFromBody[self.root]
    let yaw = root.orientation.yaw
    return root.position + Quaternion(axis: .unitZ, angle: yaw) * Vector3(drive?.frontReach ?? 0, 0, 0)
  }
}
