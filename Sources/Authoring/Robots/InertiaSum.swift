internal import RehearsalCore

/// Gathers the masses of parts that are rigidly joined, all in one frame.
struct InertiaSum {
  private var parts: [(mass: Double, center: Vector3, inertia: SymmetricMatrix3)] = []

  var mass: Double { parts.reduce(0) { $0 + $1.mass } }

  /// Adds a part of `mass` whose centre of mass is at `bodyFromInertial`, with `inertia` about it along its axes.
  mutating func add(mass: Double, bodyFromInertial: Pose, inertia: SymmetricMatrix3) {
    parts.append((mass, bodyFromInertial.position, inertia.rotated(by: bodyFromInertial.orientation)))
  }

  /// The whole as one body, by the parallel-axis theorem, in principal axes.
  var properties: MassProperties {
    let mass = self.mass
    guard mass > 0 else { return MassProperties(mass: 0, principalInertia: .zero) }
    let center = parts.reduce(Vector3.zero) { $0 + $1.center * $1.mass } / mass
    let tensor = parts.reduce(SymmetricMatrix3.zero) {
      $0 + $1.inertia + .point(mass: $1.mass, offset: $1.center - center)
    }
    let (moments, axes) = tensor.diagonalized()
    return MassProperties(
      mass: mass, bodyFromInertial: Pose(position: center, orientation: axes), principalInertia: moments)
  }
}
