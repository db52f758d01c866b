import RehearsalCore

/// Says in joint positions what a hand asks of the tool, for action spaces that move joints.
struct JointHand {
  private let arm: RobotModel.Arm
  private let period: Double
  private let limits: [ClosedRange<Double>]
  /// Where proprioception has the joints.
  private let place: Range<Int>
  private var tracker: ToolTracker
  private var isHolding = false
  private var (translation, rotation) = (Vector3.zero, Vector3.zero)

  /// Nil where no joints are moved.
  init?(_ context: PolicyContext) {
    let movesJoints = context.actionSpace.channels.contains { if case .joint = $0 { true } else { false } }
    guard movesJoints, let arm = context.scene.robot.arm,
      let place = context.proprioception.place(of: "robot0_joint_pos")
    else { return nil }
    self.arm = arm
    self.place = place
    period = 1 / Double(context.controlHz)
    limits = arm.joints.map { context.scene.joints[$0].range }
    tracker = ToolTracker(scene: context.scene, arm: arm, period: period)
  }

  /// Something else moves the arm; the next grip is where the arm then is.
  mutating func letGo() { isHolding = false }

  /// The action's elements for the arm's joints.
  mutating func elements(_ input: DriveInput, _ proprioception: [Double]) -> [Double] {
    let positions = Array(proprioception[place])
    if !isHolding {
      tracker.begin(at: positions)
      (translation, rotation, isHolding) = (.zero, .zero, true)
    }
    translation = Self.ramped(translation, to: input.translation)
    rotation = Self.ramped(rotation, to: input.rotation)
    _ = tracker.move(
      translation: translation * (arm.maxLinearSpeed * period), rotation: rotation * (arm.maxAngularSpeed * period),
      measured: tracker.baseFromTool(at: positions))
    return zip(limits, tracker.positions).map { $0.element(of: $1) }
  }

  private static func ramped(_ before: Vector3, to wanted: Vector3) -> Vector3 {
    let step = Vector3(repeating: TeleopPolicy.ramp)
    return before + pointwiseMin(pointwiseMax(wanted - before, -step), step)
  }
}

extension ProprioceptionLayout {
  /// Where a field's numbers are; nil if there is none of that name.
  fileprivate func place(of name: String) -> Range<Int>? {
    var first = 0
    for field in fields {
      if field.name == name { return first..<(first + field.count) }
      first += field.count
    }
    return nil
  }
}
