public import Foundation

/// A unit quaternion, order x, y, z, w; rotates vectors by `q * v * q⁻¹` (Hamilton, right-handed, active).
public struct Quaternion: Hashable, Sendable {
  public var x, y, z, w: Double

  @inlinable public init(x: Double, y: Double, z: Double, w: Double) {
    self.x = x
    self.y = y
    self.z = z
    self.w = w
  }

  public static let identity = Quaternion(x: 0, y: 0, z: 0, w: 1)

  /// The rotation by `angle` radians about `axis`, which need not have length 1.
  @inlinable public init(axis: Vector3, angle: Double) {
    let unit = axis.normalized
    let half = sin(angle / 2)
    self.init(x: unit.x * half, y: unit.y * half, z: unit.z * half, w: cos(angle / 2))
  }

  /// The rotation by the length of `axisAngle`, in radians, about its direction.
  @inlinable public init(axisAngle: Vector3) { self.init(axis: axisAngle, angle: axisAngle.length) }

  /// The URDF rotation: fixed axes, first `roll` about x, then `pitch` about y, then `yaw` about z; radians.
  @inlinable public init(roll: Double, pitch: Double, yaw: Double) {
    self =
      Quaternion(axis: .unitZ, angle: yaw) * Quaternion(axis: .unitY, angle: pitch)
      * Quaternion(axis: .unitX, angle: roll)
  }

  /// The rotation whose columns are the images of the unit axes; the three must be orthonormal and right-handed.
  public init(columns a: Vector3, _ b: Vector3, _ c: Vector3) {
    let trace = a.x + b.y + c.z
    if trace > 0 {
      let s = (trace + 1).squareRoot() * 2
      self.init(x: (b.z - c.y) / s, y: (c.x - a.z) / s, z: (a.y - b.x) / s, w: s / 4)
    } else if a.x > b.y && a.x > c.z {
      let s = (1 + a.x - b.y - c.z).squareRoot() * 2
      self.init(x: s / 4, y: (b.x + a.y) / s, z: (c.x + a.z) / s, w: (b.z - c.y) / s)
    } else if b.y > c.z {
      let s = (1 + b.y - a.x - c.z).squareRoot() * 2
      self.init(x: (b.x + a.y) / s, y: s / 4, z: (c.y + b.z) / s, w: (c.x - a.z) / s)
    } else {
      let s = (1 + c.z - a.x - b.y).squareRoot() * 2
      self.init(x: (c.x + a.z) / s, y: (c.y + b.z) / s, z: s / 4, w: (a.y - b.x) / s)
    }
  }

  @inlinable public static func * (a: Quaternion, b: Quaternion) -> Quaternion {
    Quaternion(
      x: a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y, y: a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
      z: a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w, w: a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z)
  }

  /// Rotates `v`.
  @inlinable public static func * (q: Quaternion, v: Vector3) -> Vector3 {
    let u = Vector3(q.x, q.y, q.z)
    let t = 2 * u.cross(v)
    return v + q.w * t + u.cross(t)
  }

  @inlinable public var inverse: Quaternion { Quaternion(x: -x, y: -y, z: -z, w: w) }

  @inlinable public var normalized: Quaternion {
    let n = (x * x + y * y + z * z + w * w).squareRoot()
    return Quaternion(x: x / n, y: y / n, z: z / n, w: w / n)
  }

  /// The rotation vector: axis times angle in radians, angle in [0, π].
  public var axisAngle: Vector3 {
    let sign: Double = w < 0 ? -1 : 1
    let v = Vector3(x, y, z) * sign
    let sine = v.length
    return sine < 1e-12 ? v * 2 : v * (2 * atan2(sine, w * sign) / sine)
  }

  /// The heading about the world's z axis, in (-π, π]: where the x axis points in the ground plane.
  public var yaw: Double { atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)) }
}
