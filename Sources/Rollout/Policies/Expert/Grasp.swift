internal import Foundation
internal import RehearsalCore

/// A way to take hold of a body from above.
struct Grasp {
  var worldFromTool: Pose
  /// Metres between the fingers before they close.
  var opening: Double
}

/// Chooses where the fingers go: across a width that fits, flat sides preferred, away from neighbours.
struct GraspPlanner {
  let situation: Situation
  let body: BodyID
  let maxOpening: Double

  init(_ situation: Situation, body: BodyID) {
    self.situation = situation
    self.body = body
    maxOpening = 2 * (situation.robot.gripper?.open ?? 0.04)
  }

  /// The best grasp; nil if no width of the body fits between the fingers.
  func best() -> Grasp? {
    let neighbours = self.neighbours()
    var best: (cost: Double, grasp: Grasp)?
    for solid in solids() {
      for yaw in headings(of: solid) {
        guard let (cost, grasp) = evaluate(solid, yaw: yaw, neighbours), cost < best?.cost ?? .infinity else {
          continue
        }
        best = (cost, grasp)
      }
    }
    return best?.grasp
  }

  /// What the fingers may close on: the whole body; or, where that is too wide, one of its walls.
  private func solids() -> [Solid] {
    let scene = situation.scene
    let shapes = scene.bodies[body].shapes.filter(\.collides)
    let whole = Solid(shapes: shapes, penalty: 0)
    let isTooWide = Outline.directions.allSatisfy { width(of: whole, along: $0) > maxOpening - 0.006 }
    guard isTooWide else { return [whole] }
    return shapes.map { Solid(shapes: [$0], penalty: 0.05) }
  }

  private struct Solid {
    var shapes: [ShapeModel]
    var penalty: Double
  }

  private func reach(_ solid: Solid, along direction: Vector3) -> Double {
    solid.shapes.map { situation.scene.reach(of: $0, of: body, along: direction, in: situation.state) }.max() ?? 0
  }

  private func width(of solid: Solid, along d: SIMD2<Double>) -> Double {
    reach(solid, along: Vector3(d.x, d.y, 0)) + reach(solid, along: Vector3(-d.x, -d.y, 0))
  }

  /// Tool headings at which the width is smallest nearby: across flat sides. Where the body is as good as round, steps
  /// from the wrist's own heading: no picture would show which side a flat one is.
  private func headings(of solid: Solid) -> [Double] {
    let step = Double.pi / 90
    let widths = (0..<90).map { width(of: solid, along: opening(Double($0) * step)) }
    let (least, most) = (widths.min() ?? 0, widths.max() ?? 0)
    if most - least < 0.003 && most < maxOpening - 0.004 {
      let natural = situation.naturalYaw(at: situation.scene.worldBounds(of: body, in: situation.state).center)
      return (0..<12).map { natural + Double($0) * .pi / 12 }
    }
    return widths.indices.filter { index in
      let (before, after) = (widths[(index + 89) % 90], widths[(index + 1) % 90])
      return widths[index] < maxOpening - 0.004 && widths[index] <= min(before, after) + 1e-6
    }.map { narrowest(solid, around: Double($0) * step, within: step) }
  }

  /// The heading of least width within `range` of `yaw`, by ternary search.
  private func narrowest(_ solid: Solid, around yaw: Double, within range: Double) -> Double {
    var (low, high) = (yaw - range, yaw + range)
    for _ in 0..<12 {
      let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
      if width(of: solid, along: opening(a)) <= width(of: solid, along: opening(b)) { high = b } else { low = a }
    }
    return (low + high) / 2
  }

  /// The fingers open along the tool's y axis.
  private func opening(_ yaw: Double) -> SIMD2<Double> { SIMD2(sin(yaw), -cos(yaw)) }

  private func evaluate(_ solid: Solid, yaw: Double, _ neighbours: [Outline]) -> (cost: Double, grasp: Grasp)? {
    let across = opening(yaw)
    let along = SIMD2(cos(yaw), sin(yaw))
    func middle(_ d: SIMD2<Double>) -> SIMD2<Double> {
      d * (reach(solid, along: Vector3(d.x, d.y, 0)) - reach(solid, along: Vector3(-d.x, -d.y, 0))) / 2
    }
    let center = middle(across) + middle(along)
    let width = width(of: solid, along: across)
    let opening = min(width + 0.03, maxOpening)
    // Over a tall neighbour the palm stays higher, as long as the fingers still reach the solid.
    let palm = Hand.clearHeight(over: center, yaw: yaw, obstacles: neighbours)
    let lowest = height(of: solid)
    let height = min(max(lowest, palm), max(lowest, reach(solid, along: .unitZ) - 0.008))
    let position = Vector3(center.x, center.y, height)
    let turned = situation.comfortableYaw(yaw, at: position)
    let offset = opening / 2 + Hand.fingerThickness / 2
    var clearance = 0.012
    for side in [-1.0, 1.0] {
      for shift in [-0.006, 0.006] {
        let finger = center + across * (side * offset) + along * shift
        for outline in neighbours { clearance = min(clearance, outline.distance(from: finger) - 0.011) }
      }
    }
    // Half of it by where the wrist is now: of two equal headings, the one that it has begun to turn to.
    let strain =
      abs(wrappedAngle(turned - situation.naturalYaw(at: position))) + abs(wrappedAngle(turned - situation.toolYaw))
    let cost =
      solid.penalty + 0.02 * strain + 0.3 * width - 2 * clearance + (clearance < 0 ? 1 : 0) + (palm > height ? 1 : 0)
      + height - lowest
    return (cost, Grasp(worldFromTool: Pose(toolDownAt: position, yaw: turned), opening: opening))
  }

  /// As low as the middle of the solid, but no lower than fingertips and palm allow.
  private func height(of solid: Solid) -> Double {
    let top = reach(solid, along: .unitZ)
    let bottom = -reach(solid, along: -.unitZ)
    let lowest = max(bottom + situation.fingertipLength + 0.004, top - Hand.palmDepth + 0.003)
    return max(min((top + bottom) / 2, top - 0.008), lowest)
  }

  /// What stands as high as the fingers would come down, except what the body stands on.
  private func neighbours() -> [Outline] {
    let bounds = situation.scene.worldBounds(of: body, in: situation.state)
    return situation.outlines(of: situation.others(than: [body]), above: bounds.minimum.z + 0.01, below: .infinity)
      .filter { length($0.center - SIMD2(bounds.center.x, bounds.center.y)) < 0.5 }
  }
}
