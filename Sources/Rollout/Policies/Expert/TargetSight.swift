internal import Foundation
internal import RehearsalCore

/// Which way to turn to a target as one would who knows only what the robot's own camera has shown so far.
///
/// A picture policy cannot learn to turn the shorter way to what it has not seen: it always looks for it to the left.
struct TargetSight {
  private enum Side { case left, right }

  /// On which side of the picture the target was last; nil: it has not been in it since the command began.
  private var lastSeen: Side?
  private(set) var isInView = false

  var hasSeen: Bool { lastSeen != nil }

  /// Takes in this step. A robot without a camera called `front` counts as seeing all round.
  mutating func look(for target: BodyID, in situation: Situation) {
    let position = situation.state.worldFromBody[target].position
    let bearing = situation.bearing(of: SIMD2(position.x, position.y))
    isInView = situation.isInFrontView(target)
    if isInView { lastSeen = bearing < 0 ? .right : .left }
  }

  /// The angle through which to turn until `bearing` is ahead: out of view, the way on which the target was last seen.
  func turn(to bearing: Double) -> Double {
    if isInView { return bearing }
    return switch lastSeen ?? .left {
    case .left: bearing < 0 ? bearing + 2 * .pi : bearing
    case .right: bearing > 0 ? bearing - 2 * .pi : bearing
    }
  }
}

extension Situation {
  /// Whether at least a quarter of `body`'s width is within the picture of the robot's `front` camera, were nothing in
  /// between.
  fileprivate func isInFrontView(_ body: BodyID) -> Bool {
    guard let camera = scene.cameras.first(where: { $0.name == "front" && $0.body != nil }), let mount = camera.body
    else { return true }
    let place = (state.worldFromBody[mount] * camera.parentFromCamera).inverse * state.worldFromBody[body].position
    let halfWidth = asin(min(scene.planarRadius(of: body) / max(place.planarLength, 1e-6), 1))
    let halfView = atan(tan(camera.fovDegrees * .pi / 360) * Double(camera.width) / Double(camera.height))
    return abs(atan2(place.y, place.x)) < halfView + 0.5 * halfWidth
  }
}
