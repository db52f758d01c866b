/// The speeds that a person can choose, and which one is chosen.
struct PlaySpeed: Hashable, Sendable {
  static let factors = [0.125, 0.25, 0.5, 1, 2, 4, 8]
  private var index = 3

  /// Simulated seconds a second.
  var factor: Double { Self.factors[index] }

  mutating func change(by steps: Int) { index = min(max(index + steps, 0), Self.factors.count - 1) }

  /// Such as `1×` or `¼×`.
  var text: String {
    switch factor {
    case 0.125: "⅛×"
    case 0.25: "¼×"
    case 0.5: "½×"
    default: "\(Int(factor))×"
    }
  }
}

/// Where the playing of a recording stands.
struct Timeline: Hashable, Sendable {
  /// The last step's number.
  let last: Int
  let controlHz: Int
  var speed = PlaySpeed()
  var isPaused = false
  /// In steps, fractions too.
  private var position = 0.0

  init(last: Int, controlHz: Int) {
    self.last = last
    self.controlHz = controlHz
  }

  var step: Int { min(max(Int(position), 0), last) }
  var isAtEnd: Bool { step == last }

  /// Plays on for so much wall time; stays at the end.
  mutating func advance(seconds: Double) {
    guard !isPaused else { return }
    position = min(position + seconds * Double(controlHz) * speed.factor, Double(last))
  }

  mutating func seek(to step: Int) { position = Double(min(max(step, 0), last)) }

  /// Moves by whole steps, and pauses.
  mutating func move(by steps: Int) {
    isPaused = true
    seek(to: step + steps)
  }

  /// Pauses, or plays on; from the beginning where it was at the end.
  mutating func toggle() {
    if isAtEnd {
      seek(to: 0)
      isPaused = false
    } else {
      isPaused.toggle()
    }
  }
}
