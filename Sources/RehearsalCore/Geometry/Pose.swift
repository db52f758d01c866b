/// A rigid transform; `worldFromBody` maps coordinates in the body's frame to the world's.
public struct Pose: Hashable, Sendable {
  /// Translation in metres.
  public var position: Vector3
  public var orientation: Quaternion

  @inlinable public init(position: Vector3 = .zero, orientation: Quaternion = .identity) {
    self.position = position
    self.orientation = orientation
  }

  public static let identity = Pose()

  @inlinable public static func * (a: Pose, b: Pose) -> Pose {
    Pose(position: a.position + a.orientation * b.position, orientation: a.orientation * b.orientation)
  }

  /// Maps the point `p`.
  @inlinable public static func * (a: Pose, p: Vector3) -> Vector3 { a.position + a.orientation * p }

  @inlinable public var inverse: Pose {
    let back = orientation.inverse
    return Pose(position: -(back * position), orientation: back)
  }

  /// The pose at `eye` that looks at `target` along +x with z up: the body convention of REP-103.
  public init(eye: Vector3, lookingAt target: Vector3) {
    let forward = (target - eye).normalized
    let side = Vector3.unitZ.cross(forward)
    let left = side.length < 1e-9 ? .unitY : side.normalized
    self.init(position: eye, orientation: Quaternion(columns: forward, left, forward.cross(left)))
  }
}

/// Linear and angular velocity, m/s and rad/s.
public struct Twist: Hashable, Sendable {
  public var linear: Vector3
  public var angular: Vector3

  @inlinable public init(linear: Vector3 = .zero, angular: Vector3 = .zero) {
    self.linear = linear
    self.angular = angular
  }

  public static let zero = Twist()
}

/// `angle` moved by whole turns into [-π, π].
@inlinable public func wrappedAngle(_ angle: Double) -> Double {
  angle - 2 * .pi * (angle / (2 * .pi)).rounded()
}
