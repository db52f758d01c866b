/// Two bodies that touch, at the end of the last substep.
public struct Contact: Hashable, Sendable {
  /// `first.rawValue < second.rawValue`; one entry a pair.
  public var first: BodyID
  public var second: BodyID
  /// Sum over the pair's contact points, newtons.
  public var normalForce: Double
  /// The mean of the pair's contact points, weighted by force; world.
  public var point: Vector3

  public init(first: BodyID, second: BodyID, normalForce: Double, point: Vector3 = .zero) {
    self.first = first
    self.second = second
    self.normalForce = normalForce
    self.point = point
  }
}

/// Where everything is: all that a picture and a predicate depend on, besides the scene itself.
public struct SceneState: Hashable, Sendable {
  /// By `BodyID`.
  public var worldFromBody: [Pose]
  /// By `BodyID`; of the body's origin, in world axes.
  public var velocities: [Twist]
  /// By `JointID`; radians or metres, continuous joints unwrapped.
  public var jointPositions: [Double]
  public var jointVelocities: [Double]
  /// Sorted by (first, second).
  public var contacts: [Contact]

  public init(
    worldFromBody: [Pose], velocities: [Twist], jointPositions: [Double], jointVelocities: [Double],
    contacts: [Contact] = []
  ) {
    self.worldFromBody = worldFromBody
    self.velocities = velocities
    self.jointPositions = jointPositions
    self.jointVelocities = jointVelocities
    self.contacts = contacts
  }

  public func touches(_ a: BodyID, _ b: BodyID) -> Bool {
    let (low, high) = a.rawValue < b.rawValue ? (a, b) : (b, a)
    return contacts.contains { $0.first == low && $0.second == high }
  }
}

/// What every actuated joint is asked to do, by `JointID`: rad/s (m/s) for velocity actuators, rad (m) for position
/// actuators, ignored for passive and mimicking joints.
public struct JointTargets: Hashable, Sendable {
  public var values: [Double]
  public init(values: [Double]) { self.values = values }
}
