/// Where things may stand when an episode starts.
public struct PlacementRegion: Hashable, Sendable {
  /// The centre of a rectangle in the world whose z is the height of the surface; yaw only.
  public var worldFromRegion: Pose
  /// Half edge lengths along x and y.
  public var halfExtents: SIMD2<Double>
  /// Heading of what is placed, relative to the region.
  public var yaw: Distribution

  public init(worldFromRegion: Pose, halfExtents: SIMD2<Double>, yaw: Distribution) {
    self.worldFromRegion = worldFromRegion
    self.halfExtents = halfExtents
    self.yaw = yaw
  }
}

/// Free bodies of which some are present in an episode, at places drawn from one of the regions.
public struct PlacementGroup: Hashable, Sendable {
  public var name: String
  public var bodies: [BodyID]
  /// How many of them are present.
  public var count: ClosedRange<Int>
  public var regions: [PlacementRegion]
  /// Smallest gap between the bounding circles of things placed, and to the robot.
  public var clearance: Double
  /// Distractors are present only as far as randomization asks for them, and are never what a command means.
  public var isDistractor: Bool
  /// Whether those present all have different colours, so that a colour alone names one of them.
  public var distinctColors: Bool

  public init(
    name: String, bodies: [BodyID], count: ClosedRange<Int>, regions: [PlacementRegion], clearance: Double,
    isDistractor: Bool, distinctColors: Bool = false
  ) {
    self.name = name
    self.bodies = bodies
    self.count = count
    self.regions = regions
    self.clearance = clearance
    self.isDistractor = isDistractor
    self.distinctColors = distinctColors
  }
}
