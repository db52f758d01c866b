import RehearsalCore

/// Counts for how many control steps in a row a command's predicate has held.
struct GoalWatch: Sendable {
  private(set) var evaluator: PredicateEvaluator
  private let goal: Predicate
  private let dwellTicks: Int
  private var heldTicks = 0

  /// Watches `command`, which begins in `state`.
  init(scene: SceneModel, command: Command, state: SceneState) {
    evaluator = PredicateEvaluator(scene: scene, bindings: command.bindings, start: state)
    goal = command.model.success
    dwellTicks = max(command.model.dwellTicks, 1)
  }

  /// The predicate has held for the command's dwell.
  var isReached: Bool { heldTicks >= dwellTicks }

  func holds(in state: SceneState) -> Bool { evaluator.value(of: goal, in: state).isSatisfied }

  /// Takes in the state after a control step.
  mutating func update(_ state: SceneState) -> PredicateValue {
    evaluator.follow(state)
    let value = evaluator.value(of: goal, in: state)
    heldTicks = value.isSatisfied ? heldTicks + 1 : 0
    return value
  }
}
