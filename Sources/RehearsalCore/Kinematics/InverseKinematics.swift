/// Finds joint positions that bring an arm's tool centre point to a pose, within the joints' limits.
///
/// Damped least squares whose damping follows the remaining error (Sugihara, IEEE Transactions on Robotics 27, 2011);
/// joints that would pass a limit are held there and the rest solve again. Where the arm is redundant it leans
/// towards `rest`. Deterministic; keeps its working memory, so it is a value to hold on to, not to make anew.
public struct InverseKinematics: Sendable {
  /// How near is near enough, and how long to try.
  public struct Settings: Hashable, Sendable {
    /// Metres and radians.
    public var positionTolerance: Double
    public var rotationTolerance: Double
    public var iterations: Int
    /// Share of the way to `rest` that the redundant motion goes in each of the first `restIterations` iterations.
    public var restGain: Double
    public var restIterations: Int

    public init(
      positionTolerance: Double = 1e-5, rotationTolerance: Double = 1e-4, iterations: Int = 12,
      restGain: Double = 0.03, restIterations: Int = 1
    ) {
      self.positionTolerance = positionTolerance
      self.rotationTolerance = rotationTolerance
      self.iterations = iterations
      self.restGain = restGain
      self.restIterations = restIterations
    }

    /// For one control step, from a start nearby.
    public static let step = Settings()
    /// For a pose anywhere.
    public static let offline = Settings(iterations: 100, restGain: 0.1, restIterations: 10)
  }

  public struct Solution: Hashable, Sendable {
    public var positions: [Double]
    /// Remaining distance, metres, and angle, radians.
    public var positionError: Double
    public var rotationError: Double
    public var isConverged: Bool
  }

  public let chain: KinematicChain
  /// Where redundant joints would rather be.
  public let rest: [Double]

  /// How many metres of error one radian weighs as much as.
  private static let metresPerRadian = 0.3
  /// Longest step of a joint in one iteration.
  private static let longestStep = 0.6

  private var columns: [Twist]
  private var weighted: [SIMD8<Double>]
  private var change: [Double]
  private var isHeld: [Bool]
  private var system = SymmetricSystem()

  public init(chain: KinematicChain, rest: [Double]) {
    precondition(rest.count == chain.count, "\(rest.count) rest positions for \(chain.count) joints")
    self.chain = chain
    self.rest = chain.clamped(rest)
    columns = Array(repeating: .zero, count: chain.count)
    weighted = Array(repeating: .zero, count: chain.count)
    change = Array(repeating: 0, count: chain.count)
    isHeld = Array(repeating: false, count: chain.count)
  }

  /// The solution nearest to `start` that was found; see `Solution.isConverged`.
  public mutating func solve(
    _ baseFromTarget: Pose, from start: [Double], settings: Settings = .step
  ) -> Solution {
    var positions = chain.clamped(start)
    var errors = (position: Double.infinity, rotation: Double.infinity)
    for iteration in 0...settings.iterations {
      let pose = chain.jacobian(positions, into: &columns)
      let linear = baseFromTarget.position - pose.position
      let angular = (baseFromTarget.orientation * pose.orientation.inverse).axisAngle
      errors = (linear.length, angular.length)
      let wantsRest = iteration < settings.restIterations && settings.restGain > 0
      let isNear = errors.position <= settings.positionTolerance && errors.rotation <= settings.rotationTolerance
      if (isNear && !wantsRest) || iteration == settings.iterations { break }
      step(&positions, linear: linear, angular: angular, restGain: wantsRest ? settings.restGain : 0)
    }
    return Solution(
      positions: positions, positionError: errors.position, rotationError: errors.rotation,
      isConverged: errors.position <= settings.positionTolerance && errors.rotation <= settings.rotationTolerance)
  }

  /// Like `solve`, but tries again from up to `restarts` random starts while the pose was not reached.
  public mutating func solveAnywhere(
    _ baseFromTarget: Pose, from start: [Double], random: inout SeedStream, restarts: Int = 20,
    settings: Settings = .offline
  ) -> Solution {
    var best = solve(baseFromTarget, from: start, settings: settings)
    for _ in 0..<restarts where !best.isConverged {
      let draw = chain.segments.map { random.uniform(max($0.limits.lowerBound, -.pi), min($0.limits.upperBound, .pi)) }
      let other = solve(baseFromTarget, from: draw, settings: settings)
      if other.isConverged || other.positionError + other.rotationError < best.positionError + best.rotationError {
        best = other
      }
    }
    return best
  }

  /// One damped step of all joints, those at their limits held.
  private mutating func step(_ positions: inout [Double], linear: Vector3, angular: Vector3, restGain: Double) {
    let error = Self.weigh(Twist(linear: linear, angular: angular))
    let damping = 0.5 * (error * error).sum() + 1e-7
    for index in 0..<chain.count {
      weighted[index] = Self.weigh(columns[index])
      isHeld[index] = false
    }
    var remaining = error
    for _ in 0..<chain.count {
      solveFreeJoints(remaining, damping: damping, positions: positions, restGain: restGain)
      guard holdOverruns(positions, &remaining) else { break }
    }
    let largest = change.reduce(0) { max($0, abs($1)) }
    let scale = largest > Self.longestStep ? Self.longestStep / largest : 1
    for index in 0..<chain.count {
      let limits = chain.segments[index].limits
      positions[index] = min(max(positions[index] + scale * change[index], limits.lowerBound), limits.upperBound)
    }
  }

  /// change = z + Jᵀ (J Jᵀ + λ)⁻¹ (e − J z) over the joints not held, z the pull towards rest.
  private mutating func solveFreeJoints(
    _ error: SIMD8<Double>, damping: Double, positions: [Double], restGain: Double
  ) {
    system.reset(damping: damping)
    var right = error
    for index in 0..<chain.count where !isHeld[index] {
      system.add(weighted[index])
      change[index] = restGain * (rest[index] - positions[index])
      right -= weighted[index] * change[index]
    }
    system.factorize()
    let x = system.solve(right)
    for index in 0..<chain.count where !isHeld[index] { change[index] += (weighted[index] * x).sum() }
  }

  /// Holds the joints that would pass a limit at that limit; whether there were any.
  private mutating func holdOverruns(_ positions: [Double], _ remaining: inout SIMD8<Double>) -> Bool {
    var foundAny = false
    for index in 0..<chain.count where !isHeld[index] {
      let limits = chain.segments[index].limits
      let wanted = positions[index] + change[index]
      guard !limits.contains(wanted) else { continue }
      change[index] = min(max(wanted, limits.lowerBound), limits.upperBound) - positions[index]
      isHeld[index] = true
      remaining -= weighted[index] * change[index]
      foundAny = true
    }
    return foundAny
  }

  private static func weigh(_ twist: Twist) -> SIMD8<Double> {
    let (v, w) = (twist.linear, twist.angular * metresPerRadian)
    return SIMD8(v.x, v.y, v.z, w.x, w.y, w.z, 0, 0)
  }
}
