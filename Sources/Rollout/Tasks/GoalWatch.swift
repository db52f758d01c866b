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

  /// The goal's parts in words, each with how far it is.
  func parts(in state: SceneState) -> [GoalPart] {
    let parts = if case .all(let parts) = goal { parts } else { [goal] }
    return parts.map { part in
      GoalPart(
        text: PredicateWords(scene: evaluator.scene, bindings: evaluator.bindings).text(of: part),
        value: evaluator.value(of: part, in: state))
    }
  }

  /// Takes in the state after a control step.
  mutating func update(_ state: SceneState) -> PredicateValue {
    evaluator.follow(state)
    let value = evaluator.value(of: goal, in: state)
    heldTicks = value.isSatisfied ? heldTicks + 1 : 0
    return value
  }
}
