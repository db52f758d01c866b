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
  private var goal: GoalWatch
  /// That of the command before its words were swapped.
  private var unswapped: GoalWatch?
  private var unswappedWasReached = false

  /// Starts watching `command`, which begins in `state`.
  public init(scene: SceneModel, command: Command, state: SceneState) {
    self.scene = scene
    self.command = command
    goal = GoalWatch(scene: scene, command: command, state: state)
    if command.bindingsBeforeSwap != nil {
      unswapped = GoalWatch(scene: scene, command: command.unswapped, state: state)
    }
  }

  /// Whether the predicate holds already, before the robot has moved; before or after a swap of words.
  public func isAlreadySatisfied(in state: SceneState) -> Bool {
    goal.holds(in: state) || unswapped?.holds(in: state) == true
  }

  /// Takes in the state after a control step.
  public mutating func update(_ state: SceneState) -> TaskStatus {
    _ = unswapped?.update(state)
    let value = goal.update(state)
    if unswapped?.isReached == true, !goal.isReached { unswappedWasReached = true }
    return TaskStatus(value: value, hasSucceeded: goal.isReached, failure: failure(in: state))
  }

  /// What the command asks for, part by part, in words, and how far each part is in `state`.
  func goals(in state: SceneState) -> [GoalPart] { goal.parts(in: state) }

  /// Which goal has been reached so far; nil unless words were swapped.
  public var swap: SwapResult? {
    guard unswapped != nil else { return nil }
    if goal.isReached { return unswappedWasReached ? .detour : .followed }
    return unswappedWasReached ? .original : .neither
  }

  private func failure(in state: SceneState) -> EpisodeOutcome.FailureReason? {
    let root = state.worldFromBody[scene.robot.root]
    let isUpright = (root.orientation * .unitZ).z > 0.5
    if !isUpright || root.position.length > 50 { return .robotLost }
    for (_, body) in command.bindings where scene.bodies[body].motion == .free {
      let fall = goal.evaluator.start.worldFromBody[body].position.z - state.worldFromBody[body].position.z
      if fall > 0.25 { return .targetLost }
    }
    return nil
  }
}
