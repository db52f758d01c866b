internal import func Foundation.atan2
internal import RehearsalCore

/// What an expert knows at one control step: the scene, its true state, and the command.
struct Situation {
  let scene: SceneModel
  let state: SceneState
  /// When the command began.
  let start: SceneState
  let command: Command
  let period: Double
  /// The tool's heading at home less the direction from the arm's base to it.
  let homeTwist: Double

  var robot: RobotModel { scene.robot }

  var worldFromBase: Pose { state.worldFromBody[robot.root] }
  var basePosition: SIMD2<Double> { SIMD2(worldFromBase.position.x, worldFromBase.position.y) }
  var baseYaw: Double { worldFromBase.orientation.yaw }

  var worldFromArmBase: Pose {
    guard let base = robot.arm?.base else { return worldFromBase }
    return state.worldFromBody[base.body] * base.bodyFromFrame
  }

  var worldFromTool: Pose { robot.arm?.worldFromEndEffector(in: state) ?? worldFromBase }

  /// Bodies of the moving fingers.
  var fingers: [BodyID] { robot.gripper?.joints.map { scene.joints[$0].child } ?? [] }

  /// Where the gripper stands, −1 open … +1 closed; a gripper that holds something counts as closed.
  var gripperValue: Double {
    guard let gripper = robot.gripper, let first = gripper.joints.first else { return 0 }
    if scene.bodyIDs.contains(where: { scene.bodies[$0].motion == .free && isHeld($0) }) { return 1 }
    return gripper.value(opening: 2 * state.jointPositions[first])
  }

  /// Metres between the fingers.
  var opening: Double { robot.gripper?.joints.first.map { 2 * state.jointPositions[$0] } ?? 0 }

  /// Whether the fingers move slower than 2 mm/s.
  var fingersAreStill: Bool {
    (robot.gripper?.joints ?? []).allSatisfy { abs(state.jointVelocities[$0]) < 0.002 }
  }

  /// Whether every finger touches `body`.
  func isHeld(_ body: BodyID) -> Bool {
    !fingers.isEmpty && fingers.allSatisfy { state.touches($0, body) }
  }

  /// Whether any part of the robot touches `body`.
  func isTouched(_ body: BodyID) -> Bool {
    scene.robotBodies.contains { state.touches($0, body) }
  }

  /// Present bodies that are neither the robot's nor in `ignored`.
  func others(than ignored: [BodyID] = []) -> [BodyID] {
    let robot = Set(scene.robotBodies)
    return scene.bodyIDs.filter { scene.bodies[$0].isPresent && !robot.contains($0) && !ignored.contains($0) }
  }

  /// The command's success predicates, without what combines them; negated ones left out.
  var goals: [Predicate] { command.model.success.leaves }

  func body(_ slot: String) -> BodyID {
    guard let body = command.bindings[slot] else {
      preconditionFailure("command \(command.model.name) binds no body to its slot \(slot)")
    }
    return body
  }
}

extension SceneModel {
  /// The tool's heading, with the arm at home, less the direction from the arm's base to the tool.
  var homeTwist: Double {
    guard let arm = robot.arm else { return 0 }
    let home = KinematicChain(scene: self, arm: arm).baseFromEndEffector(arm.joints.map { joints[$0].home })
    return wrappedAngle(home.orientation.yaw - atan2(home.position.y, home.position.x))
  }
}

extension Predicate {
  /// The predicates of a conjunction or disjunction, in order.
  var leaves: [Predicate] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
    case .not: []
    default: [self]
    }
  }
}

extension RobotModel.Gripper {
  /// The gripper action for fingers `opening` metres apart, −1 open … +1 closed.
  func value(opening: Double) -> Double {
    min(max(2 * (opening / 2 - open) / (closed - open) - 1, -1), 1)
  }
}
