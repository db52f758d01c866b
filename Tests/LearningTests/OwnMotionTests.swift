import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Learning

@Suite("A robot's own motion") struct OwnMotionTests {
  private static let driver = ProprioceptionLayout(fields: [.init(name: "robot0_base_twist", count: 2)])
  private static let all = ProprioceptionLayout(robot: ExampleRobots.mobileManipulator().robot)

  /// Base motion after `ticks` of a constant twist, seen every `step` ticks from `first` on.
  private func reckon(
    _ own: inout OwnMotion, forward: Double, yawRate: Double, ticks: Int, every step: Int = 1, from first: Int = 0
  ) -> [Float] {
    var last: [Float] = []
    for tick in stride(from: first, through: first + ticks, by: step) {
      last = own.next([forward, yawRate], tick: tick)
    }
    return last
  }

  private func differ(_ a: [Float], _ b: [Double]) -> Double {
    a.count == b.count ? zip(a, b).map { abs(Double($0) - $1) }.max() ?? 0 : .infinity
  }

  /// Proprioception of `all`; the quaternion is turned by `yaw` about z.
  private func reading(hand: Vector3, yaw: Double, opening: Double) -> [Double] {
    let q = Quaternion(axis: .unitZ, angle: yaw)
    return [0.1, -0.2, hand.x, hand.y, hand.z, q.x, q.y, q.z, q.w] + Array(repeating: 0.5, count: 7) + [opening]
  }

  @Test("has as many numbers as the robot has parts for")
  func counts() {
    for (layout, count) in [(Self.driver, 5), (Self.all, 19), (ProprioceptionLayout(fields: []), 0)] {
      var own = OwnMotion(layout: layout, controlHz: 20)
      #expect(own.count == count)
      let row = own.next(Array(repeating: 0.0, count: layout.count), tick: 0)
      #expect(row.count == count)
    }
    let arm = ProprioceptionLayout(fields: Array(Self.all.fields.dropFirst()))
    #expect(OwnMotion(layout: arm, controlHz: 20).count == 14)
  }

  @Test("dead reckoning of a constant twist is the arc that it drives", arguments: [0.8, -1.7, 1e-9])
  func arc(yawRate: Double) {
    var own = OwnMotion(layout: Self.driver, controlHz: 20)
    let motion = reckon(&own, forward: 0.5, yawRate: yawRate, ticks: 80)
    // Four seconds; the chords of the steps are 0.03 % longer than they should be.
    let (turn, radius) = (yawRate * 4, 0.5 / yawRate)
    #expect(differ(motion, [0.5, yawRate, radius * sin(turn), radius * (1 - cos(turn)), turn]) < 1e-3)
  }

  @Test("the yaw is not wrapped, and backwards is backwards")
  func beyond() {
    var own = OwnMotion(layout: Self.driver, controlHz: 10)
    let spin = reckon(&own, forward: 0, yawRate: 2, ticks: 50)
    #expect(differ(spin, [0, 2, 0, 0, 10]) < 1e-5)
    own.begin()
    let retreat = reckon(&own, forward: -0.2, yawRate: 0, ticks: 50)
    #expect(differ(retreat, [-0.2, 0, -1, 0, 0]) < 1e-6)
  }

  @Test("ticks that were not seen are integrated like those that were")
  func gaps() {
    var (whole, sparse) = (
      OwnMotion(layout: Self.driver, controlHz: 20), OwnMotion(layout: Self.driver, controlHz: 20)
    )
    let every = reckon(&whole, forward: 0.5, yawRate: 0.8, ticks: 40)
    let second = reckon(&sparse, forward: 0.5, yawRate: 0.8, ticks: 40, every: 2, from: 7)
    #expect(differ(second, every.map(Double.init)) < 1e-3)
    #expect(abs(second[4] - 1.6) < 1e-5)
  }

  @Test("a speed that rises evenly covers half of what the last speed would")
  func ramp() {
    var own = OwnMotion(layout: Self.driver, controlHz: 10)
    var last: [Float] = []
    for tick in 0...10 { last = own.next([0.1 * Double(tick), 0], tick: tick) }
    #expect(differ(last, [1, 0, 0.5, 0, 0]) < 1e-6)
  }

  @Test("a new instruction begins at zero, whatever the tick")
  func begin() {
    var own = OwnMotion(layout: Self.driver, controlHz: 10)
    _ = reckon(&own, forward: 0.5, yawRate: 1, ticks: 20)
    own.begin()
    let (first, second) = (own.next([0.5, 1], tick: 300), own.next([0.5, 1], tick: 301))
    #expect(differ(first, [0.5, 1, 0, 0, 0]) < 1e-6)
    #expect(abs(second[4] - 0.1) < 1e-6)
  }

  @Test("the hand, its displacement since the instruction, the gripper and how fast it moves, in this order")
  func hand() {
    var own = OwnMotion(layout: Self.all, controlHz: 20)
    let first = own.next(reading(hand: Vector3(0.4, 0, 0.3), yaw: 0, opening: 0.08), tick: 0)
    #expect(differ(first, [0.1, -0.2, 0, 0, 0, 0.4, 0, 0.3, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0.08, 0]) < 1e-6)
    let moved = reading(hand: Vector3(0.5, -0.1, 0.25), yaw: .pi / 2, opening: 0)
    let second = Array(own.next(moved, tick: 1)[5...])
    #expect(differ(second, [0.5, -0.1, 0.25, 0, 1, 0, -1, 0, 0, 0.1, -0.1, -0.05, 0, -1.6]) < 1e-6)
    own.begin()
    let third = own.next(moved, tick: 2)
    #expect(Array(third[14..<17]) == [0, 0, 0])
  }
}
