internal import RehearsalCore

/// Mass and inertia of solids of even density.
///
/// The moments are the textbook ones (box, sphere, cylinder, cone and capsule about their centres of mass); pieces are
/// put together by the parallel-axis theorem. Pieces that overlap count twice.
struct SolidMass {
  var volume: Double
  /// Centre of mass in the shape's frame.
  var center: Vector3
  /// Principal moments per unit of mass, m², about `center` along the shape's axes.
  var inertiaPerMass: Vector3
}

extension Geometry {
  /// Nil for planes and meshes, which are no solids.
  var solidMass: SolidMass? {
    switch self {
    case .box(let s):
      let squares = s * s
      let inertia = Vector3(squares.y + squares.z, squares.x + squares.z, squares.x + squares.y) / 12
      return SolidMass(volume: s.x * s.y * s.z, center: .zero, inertiaPerMass: inertia)
    case .sphere(let r):
      return SolidMass(volume: 4 / 3 * .pi * r * r * r, center: .zero, inertiaPerMass: Vector3(repeating: 0.4 * r * r))
    case .cylinder(let r, let l):
      let side = (3 * r * r + l * l) / 12
      return SolidMass(volume: .pi * r * r * l, center: .zero, inertiaPerMass: Vector3(side, side, r * r / 2))
    case .cone(let r, let l):
      let side = 3 / 80 * (4 * r * r + l * l)
      return SolidMass(
        volume: .pi * r * r * l / 3, center: Vector3(0, 0, -l / 4), inertiaPerMass: Vector3(side, side, 0.3 * r * r))
    case .capsule(let r, let l): return Self.capsuleMass(radius: r, length: l)
    case .plane, .mesh: return nil
    }
  }

  private static func capsuleMass(radius r: Double, length l: Double) -> SolidMass {
    let (tube, caps) = (Double.pi * r * r * l, 4 / 3 * Double.pi * r * r * r)
    let axial = tube * r * r / 2 + caps * 0.4 * r * r
    // Each hemisphere's centre of mass lies 3/8 r beyond the end of the tube.
    let side = tube * (3 * r * r + l * l) / 12 + caps * (0.4 * r * r + l * l / 4 + 3 / 8 * l * r)
    return SolidMass(volume: tube + caps, center: .zero, inertiaPerMass: Vector3(side, side, axial) / (tube + caps))
  }
}

extension MassProperties {
  /// A body of `mass`, evenly spread over its shapes that collide (over all of them if none does).
  ///
  /// Nil if no shape has a volume.
  init?(mass: Double, shapes: [ShapeModel]) {
    let colliding = shapes.filter(\.collides)
    let pieces = (colliding.isEmpty ? shapes : colliding).compactMap { shape in
      shape.geometry.solidMass.map { (solid: $0, pose: shape.bodyFromShape) }
    }
    let volume = pieces.reduce(0) { $0 + $1.solid.volume }
    guard volume > 0 else { return nil }
    var sum = InertiaSum()
    for (solid, pose) in pieces {
      let share = mass * solid.volume / volume
      let own = solid.inertiaPerMass * share
      sum.add(
        mass: share, bodyFromInertial: pose * Pose(position: solid.center),
        inertia: SymmetricMatrix3(xx: own.x, yy: own.y, zz: own.z, xy: 0, xz: 0, yz: 0))
    }
    self = sum.properties
  }
}
