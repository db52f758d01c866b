import Authoring
import RehearsalCore
import TestSupport
import Testing
import Viewing

@testable import Rollout

@Suite("Driving by hand")
struct DrivingByHandTests {
  private func context(_ plan: ExperimentPlan) -> PolicyContext { plan.authoredContext }

  private var seen: Observation { Observation(tick: 0, instruction: "", images: [], proprioception: []) }

  @Test("keys move the base and the hand, with Shift they turn it, with Control slowly")
  func keys() {
    let base = DriveInput(held: [.character("W"), .character("D")], gamepad: nil)
    #expect(base.forward == 1 && base.yaw == -1)
    let hand = DriveInput(held: [.character("I"), .character("L"), .character("U")], gamepad: nil)
    #expect(hand.translation == Vector3(1, -1, 1) && hand.rotation == .zero)
    let turned = DriveInput(held: [.character("U"), .shift], gamepad: nil)
    #expect(turned.translation == .zero && turned.rotation == Vector3(0, 0, 1))
    #expect(DriveInput(held: [.character("S"), .control], gamepad: nil).forward == -0.25)
  }

  @Test("sticks do the same, gently around their middle; keys and sticks add up to at most full speed")
  func gamepad() {
    var pad = GamepadState()
    pad.leftStick = SIMD2(-0.5, 0.05)
    pad.rightTrigger = 1
    let input = DriveInput(held: [], gamepad: pad)
    #expect(input.forward == 0 && input.yaw == 0.25 && input.translation == Vector3(0, 0, 1))
    pad.buttons = [.leftBumper]
    #expect(DriveInput(held: [], gamepad: pad).rotation == Vector3(0, 0, 1))
    pad.leftStick = SIMD2(0, 1)
    #expect(DriveInput(held: [.character("W")], gamepad: pad).forward == 1)
  }

  @Test("the policy goes to full speed in five steps and back, so that no action is a jump")
  func ramp() throws {
    let wheel = SteeringWheel(isByHand: true)
    let policy = TeleopPolicy(wheel)
    try policy.beginEpisode(context(.drive()))
    wheel.turn { $0.input.forward = 1 }
    let speeds = try (0..<6).map { _ in try policy.act(seen).actions[0][0] }
    for (speed, expected) in zip(speeds, [0.2, 0.4, 0.6, 0.8, 1, 1]) { #expect(abs(speed - expected) < 1e-9) }
    wheel.turn { $0.input.forward = 0 }
    #expect(abs(try policy.act(seen).actions[0][0] - 0.8) < 1e-9)
  }

  @Test("each press closes or opens the gripper, and it stays so")
  func gripper() throws {
    let scene = ExampleRobots.mobileManipulator()
    let wheel = SteeringWheel(isByHand: true)
    let policy = TeleopPolicy(wheel)
    try policy.beginEpisode(
      PolicyContext(
        scene: scene, actionSpace: .endEffectorDelta, proprioception: ProprioceptionLayout(robot: scene.robot),
        cameras: [], controlHz: 20, random: SeedStream(root: 1, factor: .policy, episode: 0)))
    wheel.turn { $0.gripperChanges += 1 }
    let first = try policy.act(seen).actions[0][6]
    #expect(abs(first) == 1)
    #expect(try policy.act(seen).actions[0][6] == first)
    wheel.turn { $0.gripperChanges += 1 }
    #expect(try policy.act(seen).actions[0][6] == -first)
  }

  @Test("the autopilot drives until the hand takes over, and again when it lets go")
  func handingOver() throws {
    let wheel = SteeringWheel(isByHand: false)
    let policy = TeleopPolicy(wheel, autopilot: ClosurePolicy { _ in ActionChunk([0.5, -0.5]) })
    try policy.beginEpisode(context(.drive()))
    #expect(try policy.act(seen).actions == [[0.5, -0.5]])
    wheel.turn { $0.isByHand = true }
    let mine = try policy.act(seen).actions[0]
    #expect(abs(mine[0] - 0.3) < 1e-9 && abs(mine[1] + 0.3) < 1e-9, "on from where the autopilot was")
    wheel.turn { $0.isByHand = false }
    #expect(try policy.act(seen).actions == [[0.5, -0.5]])
  }

  @Test("where actions are joint positions, the hand still moves the tool straight along the axes that keys name")
  func joints() throws {
    let scene = ExampleRobots.mobileManipulator()
    let arm = try #require(scene.robot.arm)
    let wheel = SteeringWheel(isByHand: true)
    let policy = TeleopPolicy(wheel)
    let layout = ProprioceptionLayout(robot: scene.robot)
    let context = PolicyContext(
      scene: scene, actionSpace: .jointPosition, proprioception: layout, cameras: [], controlHz: 20,
      random: SeedStream(root: 1, factor: .policy, episode: 0))
    #expect(policy.mismatch(with: context) == nil)
    try policy.beginEpisode(context)
    let ranges = arm.joints.map { scene.joints[$0].range }
    let chain = KinematicChain(scene: scene, arm: arm)
    var positions = arm.joints.map { scene.joints[$0].home }
    let fields = layout.fields.prefix { $0.name != "robot0_joint_pos" }.reduce(0) { $0 + $1.count }
    /// An arm that does as it is told.
    func step() throws {
      var proprioception = [Double](repeating: 0, count: layout.count)
      proprioception.replaceSubrange(fields..<(fields + positions.count), with: positions)
      let action = try policy.act(
        Observation(tick: 0, instruction: "", images: [], proprioception: proprioception)
      ).actions[0]
      for (value, channel) in zip(action, ActionSpace.jointPosition.channels) {
        if case .joint(let index) = channel { positions[index] = ranges[index].position(of: value) }
      }
    }
    let start = chain.baseFromEndEffector(positions)
    try step()
    #expect(zip(positions, arm.joints).allSatisfy { abs($0 - scene.joints[$1].home) < 1e-9 }, "no key, no motion")
    wheel.turn { $0.input.translation = Vector3(0, 0, -1) }
    for _ in 0..<15 { try step() }
    let moved = chain.baseFromEndEffector(positions).position - start.position
    #expect(moved.z < -0.05 && abs(moved.x) < 0.003 && abs(moved.y) < 0.003, "\(moved)")
  }

  @Test("every key that the help names does something, and no key that drives does anything else")
  func help() {
    let named =
      KeyMap.help(driving: SceneModel.drive().robot, isRecording: false) + KeyMap.help(driving: nil, isRecording: true)
    let letters = named.filter { $0.title != "Drive" }.flatMap(\.lines).flatMap(\.keys).filter { $0.count == 1 }
    for key in letters {
      let known: [String: Key] = [",": .comma, ".": .period, "←": .left, "→": .right, "↑": .up, "↓": .down]
      #expect(KeyMap.action(for: known[key] ?? .character(Character(key)), []) != nil, "\(key)")
    }
    let drive = named.first { $0.title == "Drive" }?.lines.map(\.what)
    #expect(drive == ["the policy, or you", "base on, back", "base left, right", "slowly"], "it has no arm")
    for key in "WASDIKJLUO" { #expect(KeyMap.action(for: .character(key), []) == nil, "\(key)") }
    #expect(KeyMap.action(for: .function(12), []) == .savePicture)
  }
}
