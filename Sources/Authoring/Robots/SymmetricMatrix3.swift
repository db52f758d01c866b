internal import RehearsalCore

/// A symmetric 3×3 matrix, such as an inertia tensor in kg·m².
struct SymmetricMatrix3: Hashable {
  var xx, yy, zz, xy, xz, yz: Double

  static let zero = SymmetricMatrix3(xx: 0, yy: 0, zz: 0, xy: 0, xz: 0, yz: 0)

  var columns: [Vector3] { [Vector3(xx, xy, xz), Vector3(xy, yy, yz), Vector3(xz, yz, zz)] }

  /// This tensor expressed in the frame that `orientation` maps to: R · I · Rᵀ.
  func rotated(by orientation: Quaternion) -> SymmetricMatrix3 {
    let axes = [Vector3.unitX, .unitY, .unitZ].map { orientation.inverse * $0 }
    let columns = self.columns
    func element(_ i: Int, _ j: Int) -> Double {
      let image = columns[0] * axes[j].x + columns[1] * axes[j].y + columns[2] * axes[j].z
      return axes[i].dot(image)
    }
    return SymmetricMatrix3(
      xx: element(0, 0), yy: element(1, 1), zz: element(2, 2), xy: element(0, 1), xz: element(0, 2), yz: element(1, 2))
  }

  static func + (a: SymmetricMatrix3, b: SymmetricMatrix3) -> SymmetricMatrix3 {
    SymmetricMatrix3(
      xx: a.xx + b.xx, yy: a.yy + b.yy, zz: a.zz + b.zz, xy: a.xy + b.xy, xz: a.xz + b.xz, yz: a.yz + b.yz)
  }

  /// The inertia of a point of `mass` at `offset` (the parallel-axis term): m (|d|² 1 − d dᵀ).
  static func point(mass: Double, offset d: Vector3) -> SymmetricMatrix3 {
    SymmetricMatrix3(
      xx: mass * (d.y * d.y + d.z * d.z), yy: mass * (d.x * d.x + d.z * d.z), zz: mass * (d.x * d.x + d.y * d.y),
      xy: -mass * d.x * d.y, xz: -mass * d.x * d.z, yz: -mass * d.y * d.z)
  }
}

extension SymmetricMatrix3 {
  /// Eigenvalues, and the rotation whose columns are their axes, right-handed; a diagonal matrix keeps its axes.
  ///
  /// Cyclic Jacobi rotations (Golub & Van Loan, Matrix Computations, §8.5).
  func diagonalized() -> (values: Vector3, axes: Quaternion) {
    var a = columns.map { [$0.x, $0.y, $0.z] }
    var v = [[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]]
    let scale = max(abs(xx), abs(yy), abs(zz))
    for _ in 0..<30 {
      guard max(abs(a[0][1]), abs(a[0][2]), abs(a[1][2])) > 1e-15 * scale else { break }
      for (p, q) in [(0, 1), (0, 2), (1, 2)] { Self.rotate(&a, &v, p, q) }
    }
    let columns = (0..<3).map { Vector3(v[0][$0], v[1][$0], v[2][$0]) }
    let third = columns[0].cross(columns[1])
    return (
      Vector3(a[0][0], a[1][1], a[2][2]), Quaternion(columns: columns[0], columns[1], third).normalized
    )
  }

  /// One rotation in the plane (p, q) that makes `a[p][q]` zero and is gathered in `v`.
  private static func rotate(_ a: inout [[Double]], _ v: inout [[Double]], _ p: Int, _ q: Int) {
    guard a[p][q] != 0 else { return }
    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    let t = (theta >= 0 ? 1 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<3 { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
    for k in 0..<3 { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
    for k in 0..<3 { (v[k][p], v[k][q]) = (c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]) }
  }
}
