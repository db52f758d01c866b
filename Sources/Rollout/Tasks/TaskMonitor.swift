public import RehearsalCore

/// How the command in force stands after a control step.
public struct TaskStatus: Hashable, Sendable {
  public var value: PredicateValue
  /// The predicate has held for the command's dwell.
  public var hasSucceeded: Bool
  public var failure: EpisodeOutcome.FailureReason?
}

/// Watches the simulator's truth and says when a command is done. Policies have no part in it.
public struct TaskMonitor: Sendable {
  private let scene: SceneModel
  private let command: Command
  private var evaluator: PredicateEvaluator
  private var heldTicks = 0

  /// Starts watching `command`, which begins in `state`.
  public init(scene: SceneModel, command: Command, state: SceneState) {
    self.scene = scene
    self.command = command
    evaluator = PredicateEvaluator(scene: scene, bindings: command.bindings, start: state)
  }

  /// Whether the predicate holds already, before the robot has moved.
  public func isAlreadySatisfied(in state: SceneState) -> Bool {
    evaluator.value(of: command.model.success, in: state).isSatisfied
  }

  /// Takes in the state after a control step.
  public mutating func update(_ state: SceneState) -> TaskStatus {
    evaluator.follow(state)
    let value = evaluator.value(of: command.model.success, in: state)
    heldTicks = value.isSatisfied ? heldTicks + 1 : 0
    return TaskStatus(
      value: value, hasSucceeded: heldTicks >= max(command.model.dwellTicks, 1), failure: failure(in: state))
  }

  private func failure(in state: SceneState) -> EpisodeOutcome.FailureReason? {
    let root = state.worldFromBody[scene.robot.root]
    let isUpright = (root.orientation * .unitZ).z > 0.5
    if !isUpright || root.position.length > 50 { return .robotLost }
    for (_, body) in command.bindings where scene.bodies[body].motion == .free {
      let fall = evaluator.start.worldFromBody[body].position.z - state.worldFromBody[body].position.z
      if fall > 0.25 { return .targetLost }
    }
    return nil
  }
}
