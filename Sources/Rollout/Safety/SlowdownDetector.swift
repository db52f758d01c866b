/// Tells when decisions have become twice as slow as the first ones: the mean of the latest window against that of the
/// first. It tells once, and again only after they were faster in between.
struct SlowdownDetector {
  /// Decisions a window.
  static let window = 50
  private static let factor = 2.0
  /// Below this share of the deadline nobody needs to know, and the clock's noise would tell.
  private static let leastShare = 0.01

  private var first = RunningStatistics()
  private var latest: [Double] = []
  private var oldest = 0
  private(set) var isSlow = false

  /// Takes in the seconds of a decision; true if with it decisions have become slow.
  mutating func add(_ seconds: Double, deadline: Double) -> Bool {
    guard first.count == Self.window else {
      first.add(seconds)
      return false
    }
    if latest.count < Self.window {
      latest.append(seconds)
    } else {
      latest[oldest] = seconds
      oldest = (oldest + 1) % Self.window
    }
    guard latest.count == Self.window else { return false }
    let mean = latest.reduce(0, +) / Double(Self.window)
    let wasSlow = isSlow
    isSlow = mean >= Self.factor * first.mean && mean > Self.leastShare * deadline
    return isSlow && !wasSlow
  }
}
