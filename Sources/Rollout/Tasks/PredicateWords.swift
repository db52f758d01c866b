import Foundation
import RehearsalCore

/// A part of what a command asks for.
struct GoalPart: Hashable, Sendable {
  /// Such as `hand within 5 cm of the red block`.
  var text: String
  var value: PredicateValue
}

/// Says predicates in words for people who watch.
struct PredicateWords {
  let scene: SceneModel
  let bindings: [String: BodyID]

  func text(of predicate: RehearsalCore.Predicate) -> String {
    switch predicate {
    case .all(let parts): parts.map(text).joined(separator: " and ")
    case .any(let parts): parts.map(text).joined(separator: " or ")
    case .not(let part): "not: " + text(of: part)
    case .moved(let way): "\(way < 0 ? "back" : "forward") by \(length(abs(way)))"
    case .turned(let angle): "turned \(angle < 0 ? "right" : "left") by \(degrees(abs(angle)))"
    case .stopped: "standing still"
    case .near(let slot, let distance): "within \(length(distance)) of \(name(slot))"
    case .facing(let slot, let angle): "facing \(name(slot)) to within \(degrees(angle))"
    case .reached(let slot, let distance): "hand within \(length(distance)) of \(name(slot))"
    case .pushed(let slot, let direction, let distance):
      "\(name(slot)) pushed \(word(for: direction)) by \(length(distance))"
    case .keptSupport(let slot): "\(name(slot)) still on what it stood on"
    case .lifted(let slot, let height): "\(name(slot)) lifted by \(length(height))"
    case .placedOn(let slot, let support): "\(name(slot)) on \(name(support)), let go"
    case .placedIn(let slot, let container): "\(name(slot)) in \(name(container)), let go"
    case .openedBeyond(let slot, let position): "\(name(slot)) open by \(length(position))"
    case .closedWithin(let slot, let position): "\(name(slot)) closed to \(length(position))"
    case .pressed(let slot, let travel): "\(name(slot)) pressed by \(length(travel))"
    case .handEmpty: "hand empty"
    }
  }

  private func name(_ slot: String) -> String {
    guard let body = bindings[slot] else { return slot }
    guard let label = scene.bodies[body].label else { return scene.bodies[body].name }
    return "the \(label.color) \(label.shape)"
  }

  private func length(_ metres: Double) -> String {
    if metres >= 1 { return String(format: "%.3g m", metres) }
    return metres < 0.01 ? String(format: "%.2g mm", metres * 1000) : String(format: "%.3g cm", metres * 100)
  }

  private func degrees(_ radians: Double) -> String { "\(Int((radians * 180 / .pi).rounded()))°" }

  /// In the frame of the arm's base: x away from the robot, y to its left.
  private func word(for direction: Vector3) -> String {
    if abs(direction.y) > abs(direction.x) { return direction.y > 0 ? "left" : "right" }
    return direction.x > 0 ? "away" : "closer"
  }
}
