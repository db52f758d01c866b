import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite struct ActionDecoderTests {
  let scene = ExampleRobots.mobileManipulator()
  let state = ExampleRobots.state(of: ExampleRobots.mobileManipulator())

  func decoder(_ space: ActionSpace) -> ActionDecoder {
    var decoder = ActionDecoder(scene: scene, actionSpace: space, controlHz: 20)
    decoder.begin(state)
    return decoder
  }

  /// Forward speed and yaw rate that rolling wheels make.
  func odometry(_ targets: JointTargets) -> (linear: Double, angular: Double) {
    let (left, right) = (targets.values[7], targets.values[8])
    return (0.1 * (right + left) / 2, 0.1 * (right - left) / 0.4)
  }

  @Test("Wheel speeds make the commanded twist, once ramped up")
  func wheels() {
    var decoder = decoder(.baseTwist)
    let first = odometry(decoder.decode([1, -0.5], state: state))
    #expect(abs(first.linear - 0.05) < 1e-12)
    #expect(abs(first.angular + 0.15) < 1e-12)
    var last = first
    for _ in 0..<20 { last = odometry(decoder.decode([1, -0.5], state: state)) }
    #expect(abs(last.linear - 0.5) < 1e-12)
    #expect(abs(last.angular + 0.75) < 1e-12)
  }

  @Test("Of a Twist only elements 0 and 5 move the base")
  func twist() {
    var decoder = decoder(.twist7)
    let targets = decoder.decode([0.1, 1, 1, 1, 1, 0.1, 1], state: state)
    #expect(abs(odometry(targets).linear - 0.05) < 1e-12)
    #expect(abs(odometry(targets).angular - 0.15) < 1e-12)
    #expect(Array(targets.values[0..<7]) == ExampleRobots.ready)
    #expect(targets.values[9] == 0.04)
  }

  @Test("A zero action holds the arm exactly still, wherever it sags")
  func holds() {
    var decoder = decoder(.endEffectorDelta)
    var sagging = ExampleRobots.ready
    sagging[1] += 0.1
    for _ in 0..<5 {
      let targets = decoder.decode([0, 0, 0, 0, 0, 0, -1], state: ExampleRobots.state(of: scene, arm: sagging))
      #expect(Array(targets.values[0..<7]) == ExampleRobots.ready)
    }
  }

  @Test("Element 2 at full speed moves the tool 0.4 m/s upwards in the arm's base frame")
  func moves() {
    var decoder = decoder(.endEffectorDelta)
    var now = state
    let chain = KinematicChain(scene: scene, arm: ExampleRobots.arm)
    let start = chain.baseFromEndEffector(ExampleRobots.ready)
    for _ in 0..<5 {
      let targets = decoder.decode([0, 0, 1, 0, 0, 0, 0], state: now)
      #expect(!decoder.degraded.targetClamped)
      now = ExampleRobots.state(of: scene, arm: Array(targets.values[0..<7]))
    }
    let end = chain.baseFromEndEffector(Array(now.jointPositions[0..<7]))
    #expect((end.position - start.position - Vector3(0, 0, 5 * 0.4 / 20)).length < 1e-4)
    #expect((end.orientation * start.orientation.inverse).axisAngle.length < 1e-3)
  }

  @Test("Elements 3 to 5 are a rotation vector in the arm's base frame")
  func turns() {
    var decoder = decoder(.endEffectorDelta)
    let targets = decoder.decode([0, 0, 0, 0, 0, 1, 0], state: state)
    let chain = KinematicChain(scene: scene, arm: ExampleRobots.arm)
    let turn =
      chain.baseFromEndEffector(Array(targets.values[0..<7])).orientation
      * chain.baseFromEndEffector(ExampleRobots.ready).orientation.inverse
    #expect((turn.axisAngle - Vector3(0, 0, 1.5 / 20)).length < 1e-3)
  }

  @Test("A blocked arm's target stays near it and comes back at once")
  func doesNotWindUp() {
    var decoder = decoder(.endEffectorDelta)
    var targets = decoder.decode([1, 0, 0, 0, 0, 0, 0], state: state)
    for _ in 0..<100 { targets = decoder.decode([1, 0, 0, 0, 0, 0, 0], state: state) }
    #expect(decoder.degraded.targetClamped)
    let chain = KinematicChain(scene: scene, arm: ExampleRobots.arm)
    let start = chain.baseFromEndEffector(ExampleRobots.ready).position
    #expect((chain.baseFromEndEffector(Array(targets.values[0..<7])).position - start).length < 0.061)
    for _ in 0..<6 { targets = decoder.decode([-1, 0, 0, 0, 0, 0, 0], state: state) }
    #expect(chain.baseFromEndEffector(Array(targets.values[0..<7])).position.x < start.x - 0.05)
  }

  @Test("Whatever is asked, joint targets stay within limits and speeds", arguments: 0..<5)
  func respectsLimits(episode: Int) {
    var decoder = decoder(.mobileManipulator)
    var random = SeedStream(root: 3, factor: .policy, episode: episode)
    var now = state
    var bias = (0..<9).map { _ in random.uniform(-1, 1) }
    for step in 0..<200 {
      if step % 40 == 0 { bias = bias.map { _ in random.uniform(-1, 1) } }
      let targets = decoder.decode(bias.map { $0 + random.uniform(-0.5, 0.5) }, state: now)
      for (joint, model) in scene.joints.enumerated() {
        let value = targets.values[joint]
        #expect(value.isFinite && model.limits?.contains(value) ?? true)
        guard joint < 7 else { continue }
        #expect(abs(value - now.jointPositions[joint]) <= model.maxVelocity / 20 + 1e-9)
      }
      now = ExampleRobots.state(of: scene, arm: Array(targets.values[0..<7]))
    }
  }

  @Test("The target cannot leave the workspace box")
  func workspace() {
    var decoder = decoder(.endEffectorDelta)
    var now = state
    for _ in 0..<100 {
      let targets = decoder.decode([0, 0, -1, 0, 0, 0, 0], state: now)
      now = ExampleRobots.state(of: scene, arm: Array(targets.values[0..<7]))
    }
    #expect(decoder.degraded.targetClamped)
    #expect(ExampleRobots.arm.baseFromEndEffector(in: now).position.z > -0.3 - 1e-3)
  }

  @Test("Joint actions run from limit to limit at the joint's top speed")
  func joints() {
    var decoder = decoder(.jointPosition)
    let action = [1.0, 0, 0, 0, 0, 0, 0, 1]
    let first = decoder.decode(action, state: state)
    #expect(abs(first.values[0] - 2.175 / 20) < 1e-12)
    var last = first
    for _ in 0..<60 { last = decoder.decode(action, state: state) }
    #expect(abs(last.values[0] - 2.8973) < 1e-12)
    #expect(abs(last.values[3] - (-3.0718 - 0.0698) / 2) < 1e-12)
  }

  @Test("The gripper's −1 is open, +1 closed")
  func gripper() {
    var decoder = decoder(.endEffectorDelta)
    #expect(decoder.decode([0, 0, 0, 0, 0, 0, -1], state: state).values[9] == 0.04)
    #expect(decoder.decode([0, 0, 0, 0, 0, 0, 1], state: state).values[9] == 0)
    #expect(abs(decoder.decode([0, 0, 0, 0, 0, 0, 0], state: state).values[9] - 0.02) < 1e-12)
  }

  @Test("Elements outside [−1, 1] count as ±1 and are reported")
  func clamps() {
    var decoder = decoder(.baseTwist)
    let targets = decoder.decode([7, 0], state: state)
    #expect(abs(odometry(targets).linear - 0.05) < 1e-12)
    #expect(decoder.degraded.actionClamped)
    _ = decoder.decode([1, 0], state: state)
    #expect(!decoder.degraded.actionClamped)
  }
}
