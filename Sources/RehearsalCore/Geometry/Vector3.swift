/// A point, direction or free vector in three dimensions; metres unless the name says otherwise.
public typealias Vector3 = SIMD3<Double>

extension SIMD3 where Scalar == Double {
  public static var unitX: Vector3 { Vector3(1, 0, 0) }
  public static var unitY: Vector3 { Vector3(0, 1, 0) }
  public static var unitZ: Vector3 { Vector3(0, 0, 1) }

  /// The scalar product with `other`.
  @inlinable public func dot(_ other: Vector3) -> Double { x * other.x + y * other.y + z * other.z }

  /// The right-handed vector product with `other`.
  @inlinable public func cross(_ other: Vector3) -> Vector3 {
    Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }

  /// The Euclidean length.
  @inlinable public var length: Double { dot(self).squareRoot() }

  /// The length of the projection on the ground plane (x, y).
  @inlinable public var planarLength: Double { (x * x + y * y).squareRoot() }

  /// The vector of length 1 along this one, or zero where its length is zero.
  @inlinable public var normalized: Vector3 {
    let length = self.length
    return length > 0 ? self / length : self
  }

  /// This vector, shortened along its direction to at most `limit`.
  @inlinable public func clamped(toLength limit: Double) -> Vector3 {
    let length = self.length
    return length > limit ? self * (limit / length) : self
  }

  /// Whether no component is NaN or infinite.
  @inlinable public var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}
