/// What a random stream is used for. Each factor has its own stream, so that turning one on or off moves no other.
public enum RandomFactor: String, CaseIterable, Sendable {
  case presence, placement, fixtures, robot, lighting, colour, texture, background, camera, distractors,
    distractorPlacement, dynamics, size, image, language, actuation, mixture
  case command, policy, intervention
}

/// An independent, reproducible stream of random numbers for one factor of one episode.
///
/// Equal `(root, factor, episode)` give equal streams on every machine. The generator is SplitMix64 (Steele, Lea and
/// Flood, OOPSLA 2014), its state seeded by XXH64 of the three.
public struct SeedStream: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(root: UInt64, factor: RandomFactor, episode: Int) {
    var hash = XXHash64(seed: root)
    hash.update(factor.rawValue)
    hash.update(UInt64(bitPattern: Int64(episode)))
    state = hash.digest
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in [0, 1), with 53 random bits.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in [low, high).
  public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  public mutating func uniform(_ range: ClosedRange<Double>) -> Double { uniform(range.lowerBound, range.upperBound) }

  /// Uniform in 0 ..< count; `count` is at least 1.
  public mutating func index(below count: Int) -> Int {
    precondition(count > 0, "index(below: \(count))")
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }
}
