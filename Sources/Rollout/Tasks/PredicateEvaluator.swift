public import RehearsalCore

/// Evaluates predicates against the state in which their command began.
public struct PredicateEvaluator: Sendable {
  let scene: SceneModel
  let bindings: [String: BodyID]
  /// The state when the command began.
  public let start: SceneState
  let robotBodies: Set<BodyID>
  private let startSupports: [BodyID: Set<BodyID>]
  private var lastYaw: Double
  /// How far the base has turned since the start, whole turns counted; radians.
  private(set) var turned = 0.0

  public init(scene: SceneModel, bindings: [String: BodyID], start: SceneState) {
    self.scene = scene
    self.bindings = bindings
    self.start = start
    let robot = Set(scene.robotBodies)
    robotBodies = robot
    lastYaw = start.worldFromBody[scene.robot.root].orientation.yaw
    startSupports = Dictionary(
      uniqueKeysWithValues: Set(bindings.values).map { ($0, Self.touching($0, in: start).subtracting(robot)) })
  }

  /// Takes in the state after every control step, so that turns add up.
  public mutating func follow(_ state: SceneState) {
    let yaw = state.worldFromBody[scene.robot.root].orientation.yaw
    turned += wrappedAngle(yaw - lastYaw)
    lastYaw = yaw
  }

  public func value(of predicate: Predicate, in state: SceneState) -> PredicateValue {
    switch predicate {
    case .all(let parts):
      let values = parts.map { value(of: $0, in: state) }
      let progress = values.map(\.progress).reduce(0, +) / Double(max(values.count, 1))
      return PredicateValue(isSatisfied: values.allSatisfy(\.isSatisfied), progress: progress)
    case .any(let parts):
      let values = parts.map { value(of: $0, in: state) }
      return PredicateValue(
        isSatisfied: values.contains(where: \.isSatisfied), progress: values.map(\.progress).max() ?? 0)
    case .not(let part):
      let inner = value(of: part, in: state)
      return PredicateValue(isSatisfied: !inner.isSatisfied, progress: 1 - inner.progress)
    case .moved, .turned, .stopped, .near, .facing: return baseValue(of: predicate, in: state)
    case .reached, .handEmpty: return handValue(of: predicate, in: state)
    case .pushed, .keptSupport, .lifted, .placedOn, .placedIn: return objectValue(of: predicate, in: state)
    case .openedBeyond, .closedWithin, .pressed: return jointValue(of: predicate, in: state)
    }
  }

  func body(_ slot: String) -> BodyID {
    guard let body = bindings[slot] else { preconditionFailure("slot \(slot) is not bound; bound: \(bindings)") }
    return body
  }

  static func touching(_ body: BodyID, in state: SceneState) -> Set<BodyID> {
    Set(
      state.contacts.compactMap { contact in
        contact.first == body ? contact.second : contact.second == body ? contact.first : nil
      })
  }

  func supportsAtStart(of body: BodyID) -> Set<BodyID> { startSupports[body] ?? [] }

  /// How much of the way from `first` down to `limit` has been covered at `now`.
  static func share(from first: Double, to limit: Double, now: Double) -> Double {
    first == limit ? (now == limit ? 1 : 0) : (first - now) / (first - limit)
  }
}
