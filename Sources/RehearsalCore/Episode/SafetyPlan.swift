/// What stands between a policy and the robot: checks, a fallback, an emergency stop and limits. Each can be off.
///
/// The defaults change nothing that a sound policy does.
public struct SafetyPlan: Hashable, Sendable {
  /// Number and sizes of the pictures, length and finiteness of proprioception.
  public var checksInputs: Bool
  /// A faulty answer is one that throws, has the wrong shape, is not finite, or has an element of more than this
  /// magnitude; nil: answers are not watched, and one that cannot be executed ends the episode.
  public var largestElement: Double?
  /// Whether a fault is answered by holding still; otherwise it ends the episode.
  public var fallsBack: Bool
  /// Faulty decisions in a row after which the robot stops and the episode has failed; nil: it goes on.
  public var emergencyStopFaults: Int?
  public var velocity: VelocityLimits
  public var workspace: WorkspaceLimits

  /// Elements outside ±(1 + this) are counted. They count as ±1 in any case, as all beyond ±1 do.
  public static let tolerance = 0.01

  /// Shares of the robot's top speeds, above 0 to 1.
  public struct VelocityLimits: Hashable, Sendable {
    public var base: Double
    public var endEffector: Double
    public init(base: Double = 1, endEffector: Double = 1) {
      self.base = base
      self.endEffector = endEffector
    }
  }

  /// Where the robot may be commanded to; nil: anywhere it can.
  public struct WorkspaceLimits: Hashable, Sendable {
    /// For the target of the tool centre point: metres in the arm's base frame, within the robot's own workspace.
    public var endEffector: BoundingBox?
    public var base: KeepInRegion?
    public init(endEffector: BoundingBox? = nil, base: KeepInRegion? = nil) {
      self.endEffector = endEffector
      self.base = base
    }
  }

  /// A rectangle of the ground for the origin of the robot's root: metres, world x and y.
  public struct KeepInRegion: Hashable, Sendable {
    public var minimum: SIMD2<Double>
    public var maximum: SIMD2<Double>
    public init(minimum: SIMD2<Double>, maximum: SIMD2<Double>) {
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  public init(
    checksInputs: Bool = true, largestElement: Double? = 10, fallsBack: Bool = true, emergencyStopFaults: Int? = 5,
    velocity: VelocityLimits = VelocityLimits(), workspace: WorkspaceLimits = WorkspaceLimits()
  ) {
    self.checksInputs = checksInputs
    self.largestElement = largestElement
    self.fallsBack = fallsBack
    self.emergencyStopFaults = emergencyStopFaults
    self.velocity = velocity
    self.workspace = workspace
  }

  public static let off = SafetyPlan(
    checksInputs: false, largestElement: nil, fallsBack: false, emergencyStopFaults: nil)
}
