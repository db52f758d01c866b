/// What safety saw and did, and which actions were unlike those before: of an episode, or summed over several.
public struct SafetyCounts: Hashable, Sendable, Codable {
  /// Decisions, by what was wrong with them.
  public var faults = Faults()
  /// Control steps on which the fallback was executed.
  public var fallbacks = 0
  public var clamps = Clamps()
  public var anomalies = Anomalies()

  public struct Faults: Hashable, Sendable, Codable {
    public var badInput = 0
    public var threw = 0
    public var wrongShape = 0
    public var nonFinite = 0
    public var oversize = 0
    public var total: Int { badInput + threw + wrongShape + nonFinite + oversize }
    public init() {}
  }

  /// Control steps on which a limit changed the action.
  public struct Clamps: Hashable, Sendable, Codable {
    /// An element beyond ±(1 + `SafetyPlan.tolerance`).
    public var magnitude = 0
    public var velocity = 0
    public var workspace = 0
    public var total: Int { magnitude + velocity + workspace }
    public init() {}
  }

  /// Actions of the policy far from the mean of those before them in the episode; whether safety is on or not.
  public struct Anomalies: Hashable, Sendable, Codable {
    /// Control steps with an anomalous element.
    public var steps = 0
    /// By element of the action; empty before the first action.
    public var perElement: [Int] = []
    public init() {}
  }

  public init() {}

  public static func += (sum: inout SafetyCounts, other: SafetyCounts) {
    sum.faults.badInput += other.faults.badInput
    sum.faults.threw += other.faults.threw
    sum.faults.wrongShape += other.faults.wrongShape
    sum.faults.nonFinite += other.faults.nonFinite
    sum.faults.oversize += other.faults.oversize
    sum.fallbacks += other.fallbacks
    sum.clamps.magnitude += other.clamps.magnitude
    sum.clamps.velocity += other.clamps.velocity
    sum.clamps.workspace += other.clamps.workspace
    sum.anomalies.steps += other.anomalies.steps
    let (mine, theirs) = (sum.anomalies.perElement, other.anomalies.perElement)
    sum.anomalies.perElement = (0..<max(mine.count, theirs.count)).map { element in
      (element < mine.count ? mine[element] : 0) + (element < theirs.count ? theirs[element] : 0)
    }
  }
}
