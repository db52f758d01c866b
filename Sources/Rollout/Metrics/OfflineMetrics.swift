public import RehearsalCore

/// How near a policy's actions are to those of demonstrations that it is shown, without simulating anything.
///
/// A low error is no success in the loop: these figures compare checkpoints, and say where one differs.
public struct OfflineMetrics: Hashable, Sendable {
  /// All pairs together.
  public private(set) var total: ActionErrors
  /// By the name of the command that was demonstrated.
  public private(set) var commands: [String: ActionErrors] = [:]
  /// The action's dimensions, by name; those that move nothing are left out.
  public let dimensions: [String]
  /// Their places in an action.
  private let places: [Int]
  private let actionCount: Int

  public init(actionSpace: ActionSpace) {
    let used = actionSpace.channels.enumerated().filter { $0.element != .unused }
    places = used.map(\.offset)
    dimensions = used.map(\.element.label)
    actionCount = actionSpace.count
    total = ActionErrors(dimensions: used.count)
  }

  /// Takes in one pair of actions of the space's length, elements in −1…1, and how sure the policy was, 0…1, if it says.
  public mutating func add(
    predicted: [Double], demonstrated: [Double], confidence: Double? = nil, command: String
  ) {
    precondition(
      predicted.count == actionCount && demonstrated.count == actionCount,
      "actions of \(predicted.count) and \(demonstrated.count) elements, not \(actionCount)")
    let pair = (predicted: places.map { predicted[$0] }, demonstrated: places.map { demonstrated[$0] })
    total.add(predicted: pair.predicted, demonstrated: pair.demonstrated, confidence: confidence)
    commands[command, default: ActionErrors(dimensions: places.count)]
      .add(predicted: pair.predicted, demonstrated: pair.demonstrated, confidence: confidence)
  }
}
