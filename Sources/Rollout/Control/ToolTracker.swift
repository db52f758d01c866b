internal import RehearsalCore

/// Moves a target for the tool centre point and keeps the arm's joint targets on it.
///
/// The target is held to the workspace box, to what the joints can reach, and near the measured tool, so that
/// pushing against something does not wind it up. All poses are in the arm's base frame.
struct ToolTracker {
  private let arm: RobotModel.Arm
  private let period: Double
  private var solver: InverseKinematics
  private(set) var baseFromTarget = Pose.identity
  /// Joint targets, in the order of the arm's joints.
  private(set) var positions: [Double]

  init(scene: SceneModel, arm: RobotModel.Arm, period: Double) {
    self.arm = arm
    self.period = period
    positions = arm.joints.map { scene.joints[$0].home }
    solver = InverseKinematics(chain: KinematicChain(scene: scene, arm: arm), rest: positions)
  }

  /// The target is where the arm is.
  mutating func begin(_ state: SceneState) { begin(at: arm.joints.map { state.jointPositions[$0] }) }

  /// Likewise; the arm's joint positions say where it is.
  mutating func begin(at measured: [Double]) {
    positions = solver.chain.clamped(measured)
    baseFromTarget = baseFromTool(at: positions)
  }

  /// The tool of an arm whose joints are at `positions`.
  func baseFromTool(at positions: [Double]) -> Pose { solver.chain.baseFromEndEffector(positions) }

  /// Moves the target by `translation` and by the rotation vector `rotation`, both along the base frame's axes, and
  /// the joints after it; whether it was held back. A motion of zero changes nothing at all.
  mutating func move(translation: Vector3, rotation: Vector3, measured baseFromTool: Pose) -> Bool {
    guard translation != .zero || rotation != .zero else { return false }
    var wanted = Pose(
      position: baseFromTarget.position + translation,
      orientation: (Quaternion(axisAngle: rotation) * baseFromTarget.orientation).normalized)
    let isOutside = holdToWorkspace(&wanted)
    let isAhead = holdNear(baseFromTool, &wanted)
    let isBeyondJoints = follow(wanted)
    return isOutside || isAhead || isBeyondJoints
  }

  /// Moves the joint targets straight to `wanted`, as fast as the joints may.
  mutating func moveJoints(to wanted: [Double]) {
    let allowed = solver.chain.clamped(wanted)
    for (index, segment) in solver.chain.segments.enumerated() {
      let step = segment.maxVelocity * period
      positions[index] += min(max(allowed[index] - positions[index], -step), step)
    }
    baseFromTarget = solver.chain.baseFromEndEffector(positions)
  }

  /// A target that already is outside may move back in, but not farther out.
  private func holdToWorkspace(_ wanted: inout Pose) -> Bool {
    let low = pointwiseMin(arm.workspaceMinimum, baseFromTarget.position)
    let high = pointwiseMax(arm.workspaceMaximum, baseFromTarget.position)
    let held = pointwiseMin(pointwiseMax(wanted.position, low), high)
    defer { wanted.position = held }
    return held != wanted.position
  }

  private func holdNear(_ tool: Pose, _ wanted: inout Pose) -> Bool {
    // Three steps at full speed are more than a healthy arm lags behind.
    let lead = max(3 * arm.maxLinearSpeed * period, 0.02)
    let turnLead = max(3 * arm.maxAngularSpeed * period, 0.1)
    let offset = wanted.position - tool.position
    let turn = (wanted.orientation * tool.orientation.inverse).axisAngle
    guard offset.length > lead || turn.length > turnLead else { return false }
    wanted.position = tool.position + offset.clamped(toLength: lead)
    wanted.orientation = (Quaternion(axisAngle: turn.clamped(toLength: turnLead)) * tool.orientation).normalized
    return true
  }

  /// Solves for `wanted` from the last joint targets; what cannot be attained in one period is not kept as a target.
  private mutating func follow(_ wanted: Pose) -> Bool {
    let solution = solver.solve(wanted, from: positions)
    var share = 1.0
    for (index, segment) in solver.chain.segments.enumerated() {
      let change = abs(solution.positions[index] - positions[index])
      share = min(share, change > 0 ? segment.maxVelocity * period / change : 1)
    }
    for index in positions.indices { positions[index] += share * (solution.positions[index] - positions[index]) }
    if share == 1 && solution.isConverged {
      baseFromTarget = wanted
      return false
    }
    baseFromTarget = solver.chain.baseFromEndEffector(positions)
    return true
  }
}
