internal import Foundation
internal import RehearsalCore

/// Where the base should stand so that the arm can work.
struct DockingPose {
  var position: SIMD2<Double>
  var yaw: Double
}

/// Looks for places of the base from which the arm, pointing down, reaches some points.
struct DockingPlanner {
  private let situation: Situation
  private let points: [Vector3]
  private let planner: GroundPlanner
  private let baseFromArm: Pose
  private let arm: RobotModel.Arm
  private var solver: InverseKinematics
  private let home: [Double]

  init?(_ situation: Situation, points: [Vector3]) {
    guard let arm = situation.robot.arm, situation.robot.drive != nil else { return nil }
    self.situation = situation
    self.points = points
    self.arm = arm
    planner = situation.groundPlanner(ignoring: [])
    baseFromArm = situation.worldFromBase.inverse * situation.worldFromArmBase
    home = arm.joints.map { situation.scene.joints[$0].home }
    solver = InverseKinematics(chain: KinematicChain(scene: situation.scene, arm: arm), rest: home)
  }

  /// Whether the arm reaches all points from where the base is.
  mutating func reachesFromHere() -> Bool { strain(from: situation.worldFromBase, margin: 0) != nil }

  /// The place that is free, reaches all points, and is least trouble to get to; nil if there is none.
  mutating func best() -> DockingPose? {
    // With room to spare at the workspace's edge, or else without.
    for margin in [0.04, 0.01] {
      if let pose = best(margin: margin) { return pose }
    }
    return nil
  }

  private mutating func best(margin: Double) -> DockingPose? {
    var best: (cost: Double, pose: DockingPose)?
    for pose in candidates() {
      let way = length(pose.position - situation.basePosition)
      let cost = way + 0.1 * abs(wrappedAngle(pose.yaw - situation.baseYaw))
      guard cost < best?.cost ?? .infinity, let strain = strain(from: worldFromBase(pose), margin: margin) else {
        continue
      }
      if cost + strain < best?.cost ?? .infinity { best = (cost + strain, pose) }
    }
    return best?.pose
  }

  /// Free places around the middle of the points, facing it.
  private func candidates() -> [DockingPose] {
    let middle = points.reduce(Vector3.zero, +) / Double(points.count)
    return (0..<24).flatMap { direction in
      let yaw = Double(direction) * .pi / 12
      let heading = SIMD2(cos(yaw), sin(yaw))
      return (0..<12).map { step in
        let distance = baseFromArm.position.x + 0.34 + 0.04 * Double(step)
        return DockingPose(position: SIMD2(middle.x, middle.y) - heading * distance, yaw: yaw)
      }
    }.filter { planner.gap(at: $0.position) > 0 }
  }

  private func worldFromBase(_ pose: DockingPose) -> Pose {
    Pose(
      position: Vector3(pose.position.x, pose.position.y, situation.worldFromBase.position.z),
      orientation: Quaternion(axis: .unitZ, angle: pose.yaw))
  }

  /// How far from the middle of its range the arm works at the points, or nil if it does not reach one of them, or
  /// the room above it.
  private mutating func strain(from worldFromBase: Pose, margin: Double) -> Double? {
    let worldFromArm = worldFromBase * baseFromArm
    var strain = 0.0
    for point in points {
      let offset = worldFromArm.inverse * point
      guard isInWorkspace(offset, margin: margin) else { return nil }
      strain += abs(offset.planarLength - 0.5)
      let yaw = atan2(offset.y, offset.x)
      for rise in [0.01, 0.12] {
        let target = Pose(toolDownAt: offset + Vector3(0, 0, rise), yaw: yaw)
        guard solver.solve(target, from: home, settings: .offline).isConverged else { return nil }
      }
    }
    return strain
  }

  /// Heights are left to the solver.
  private func isInWorkspace(_ point: Vector3, margin: Double) -> Bool {
    let (low, high) = (arm.workspaceMinimum, arm.workspaceMaximum)
    return point.x > low.x + margin && point.x < high.x - margin && point.y > low.y + margin
      && point.y < high.y - margin
  }
}

extension Situation {
  /// Where the tool will have to be for the command: over its bodies first, then both ends of the way it moves them.
  var workPoints: [Vector3] {
    let bodies = command.bindings.keys.sorted().map(body)
    var points = bodies.map { body -> Vector3 in
      guard scene.bodies[body].motion == .free else { return topPoint(of: body) }
      let bounds = scene.worldBounds(of: body, in: state)
      return Vector3(bounds.center.x, bounds.center.y, bounds.maximum.z)
    }
    for (body, top) in zip(bodies, points) {
      guard let joint = scene.joint(above: body), scene.joints[joint].kind == .prismatic,
        let limits = scene.joints[joint].limits
      else { continue }
      let axis = state.worldFromBody[body].orientation * scene.joints[joint].axis
      guard abs(axis.z) < 0.5 else { continue }
      for end in [limits.lowerBound, limits.upperBound] {
        points.append(top + axis * (end - state.jointPositions[joint]))
      }
    }
    for case .pushed(let slot, let direction, let distance) in goals {
      let along = pushHeading * direction
      let here = topPoint(of: body(slot))
      let way = (state.worldFromBody[body(slot)].position - start.worldFromBody[body(slot)].position).dot(along)
      // The tool stays behind the body: it need not come as far.
      points += [here - along * 0.06, here + along * max(distance - way - 0.03, 0)]
    }
    return points
  }

  /// The arm's heading when the command began: what its directions refer to.
  var pushHeading: Quaternion {
    Quaternion(axis: .unitZ, angle: start.worldFromBody[robot.arm?.base.body ?? robot.root].orientation.yaw)
  }
}
