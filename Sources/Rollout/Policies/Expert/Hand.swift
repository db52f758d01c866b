internal import Foundation
internal import RehearsalCore

/// The room that a parallel gripper takes when it points down; measures of the Panda's hand, metres.
enum Hand {
  /// From the tool centre point up to the palm, less a margin.
  static let palmDepth = 0.041
  /// Half extents of the palm along the tool's x and y axes.
  static let palmHalfExtents = SIMD2(0.028, 0.102)
  /// Half extents of the closed fingers' tips.
  static let closedHalfExtents = SIMD2(0.010, 0.0155)
  /// Of one finger along the opening.
  static let fingerThickness = 0.02

  /// The lowest tool height at which the palm, at heading `yaw` over `place`, clears all `obstacles`.
  static func clearHeight(over place: SIMD2<Double>, yaw: Double, obstacles: [Outline]) -> Double {
    let along = SIMD2(sin(yaw), -cos(yaw))
    var height = -Double.infinity
    for obstacle in obstacles where obstacle.top - palmDepth > height {
      for step in -5...5 {
        let point = place + along * (palmHalfExtents.y * Double(step) / 5)
        if obstacle.distance(from: point) < palmHalfExtents.x + 0.006 {
          height = obstacle.top - palmDepth
          break
        }
      }
    }
    return height
  }
}
