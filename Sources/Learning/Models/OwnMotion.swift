internal import Foundation
public import RehearsalCore

/// What a network is told of its own body: proprioception without its redundancies, and how far the robot has come since
/// the instruction was given.
///
/// The latter is dead reckoning from proprioception alone, the same in training and in the loop: a picture does not tell
/// "turn left" how much has been turned already. Numbers in order: base twist (2), base motion since the instruction
/// (forward, left, yaw not wrapped), end-effector position (3), its frame's x and y axes (6), its displacement since the
/// instruction (3), gripper opening and its change per second since the last look (2): fingers that stopped closing hold
/// something. Each group only if the robot has it.
public struct OwnMotion: Sendable {
  public let count: Int
  private let twist: Int?
  private let hand: Int?
  private let gripper: Int?
  private let period: Double
  private var last: (tick: Int, forward: Double, yawRate: Double)?
  private var base = (x: 0.0, y: 0.0, yaw: 0.0)
  private var handAtStart: [Double]?
  private var lastOpening: (tick: Int, value: Double)?

  public init(layout: ProprioceptionLayout, controlHz: Int) {
    var places: [String: Int] = [:]
    var first = 0
    for field in layout.fields {
      places[field.name] = first
      first += field.count
    }
    twist = places["robot0_base_twist"]
    hand = places["robot0_eef_pos"]
    gripper = places["robot0_gripper_qpos"]
    period = 1 / Double(controlHz)
    count = (twist == nil ? 0 : 5) + (hand == nil ? 0 : 12) + (gripper == nil ? 0 : 2)
  }

  /// The hand's x, y and z axis in the robot's frame, from a `row` of the network's numbers; nil for a robot without one.
  public func handAxes(in row: some Collection<Float>) -> [Float]? {
    guard hand != nil else { return nil }
    let axes = Array(row.dropFirst((twist == nil ? 0 : 5) + 3).prefix(6))
    let (x, y) = (SIMD3(axes[0], axes[1], axes[2]), SIMD3(axes[3], axes[4], axes[5]))
    let z = [x.y * y.z - x.z * y.y, x.z * y.x - x.x * y.z, x.x * y.y - x.y * y.x]
    return axes + z
  }

  /// A new instruction is in force.
  public mutating func begin() {
    last = nil
    base = (0, 0, 0)
    handAtStart = nil
    lastOpening = nil
  }

  /// The network's numbers for the proprioception seen at `tick`; ticks ascend.
  public mutating func next(_ proprioception: some RandomAccessCollection<Double>, tick: Int) -> [Float] {
    let values = Array(proprioception)
    var result: [Double] = []
    if let twist {
      move(forward: values[twist], yawRate: values[twist + 1], tick: tick)
      result += [values[twist], values[twist + 1], base.x, base.y, base.yaw]
    }
    if let hand {
      let position = Array(values[hand..<(hand + 3)])
      let start = handAtStart ?? position
      handAtStart = start
      let q = Quaternion(x: values[hand + 3], y: values[hand + 4], z: values[hand + 5], w: values[hand + 6])
      let (x, y) = (q * Vector3(1, 0, 0), q * Vector3(0, 1, 0))
      result += position + [x.x, x.y, x.z, y.x, y.y, y.z] + zip(position, start).map(-)
    }
    if let gripper { result += opening(values[gripper], tick: tick) }
    return result.map(Float.init)
  }

  private mutating func opening(_ value: Double, tick: Int) -> [Double] {
    defer { lastOpening = (tick, value) }
    guard let lastOpening, tick > lastOpening.tick else { return [value, 0] }
    return [value, (value - lastOpening.value) / (Double(tick - lastOpening.tick) * period)]
  }

  /// Integrates the twist by the trapezoid rule.
  private mutating func move(forward: Double, yawRate: Double, tick: Int) {
    if let last {
      let seconds = Double(tick - last.tick) * period
      let turn = (last.yawRate + yawRate) / 2 * seconds
      let way = (last.forward + forward) / 2 * seconds
      base.x += way * cos(base.yaw + turn / 2)
      base.y += way * sin(base.yaw + turn / 2)
      base.yaw += turn
    }
    last = (tick, forward, yawRate)
  }
}
