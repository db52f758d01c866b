import Foundation
import Physics
import RehearsalCore

/// A bolted arm over a table, moved by its tool.
struct PandaRig {
  var fixture = SceneFixture()
  let panda: Panda
  let table: BodyID
  private(set) var joints = Panda.ready
  private(set) var state: SceneState
  private let world: World
  private var targets: JointTargets

  static let tableHeight = 0.2
  private static let controlHz = 20.0

  /// `build` adds the scene's other bodies.
  init(
    tuning: Panda.Tuning = Panda.Tuning(), solverIterations: Int = 20, _ build: (inout SceneFixture) -> Void = { _ in }
  ) throws {
    panda = fixture.addFixedPanda(tuning: tuning)
    table = fixture.add(
      BodyModel(
        name: "table", motion: .fixed,
        shapes: [shape(.box(size: Vector3(0.4, 0.8, PandaRig.tableHeight)))],
        worldFromBody: Pose(position: Vector3(0.5, 0, PandaRig.tableHeight / 2))))
    build(&fixture)
    world = try fixture.world(solverIterations: solverIterations)
    targets = fixture.noTargets
    state = world.makeState()
    setFingers(0.04)
    setArm(Panda.ready)
  }

  mutating func setArm(_ positions: [Double]) {
    joints = positions
    for (joint, position) in zip(panda.arm, positions) { targets.values[joint.rawValue] = position }
  }

  mutating func setFingers(_ position: Double) { targets.values[panda.fingers[0].rawValue] = position }

  mutating func setTarget(of joint: JointID, to value: Double) { targets.values[joint.rawValue] = value }

  /// Control steps of 12 substeps.
  mutating func step(_ count: Int = 1) throws {
    for _ in 0..<count {
      try world.advance(substeps: 12, targets: targets)
      world.read(into: &state)
    }
  }

  /// Moves the tool along a straight line, pointing down, to `position` at `speed`.
  mutating func move(to position: Vector3, speed: Double, yaw: Double = 0) throws {
    let start = forward(joints)
    let steps = max(1, Int((position - start.position).length / speed * PandaRig.controlHz))
    let down = Quaternion(axis: .unitZ, angle: yaw) * Quaternion(x: 1, y: 0, z: 0, w: 0)
    let turn = (down * start.orientation.inverse).axisAngle
    for step in 1...steps {
      let share = Double(step) / Double(steps)
      let orientation = Quaternion(axisAngle: turn * share) * start.orientation
      let goal = start.position + (position - start.position) * share
      setArm(inverse(Pose(position: goal, orientation: orientation)))
      try self.step()
    }
  }

  var worldFromTool: Pose { state.worldFromBody[panda.hand] * Self.handLinkFromTool }

  func forward(_ joints: [Double]) -> Pose {
    zip(panda.arm, joints).reduce(Pose.identity) { pose, joint in
      pose * fixture.joints[joint.0].parentFromChild(at: joint.1)
    } * Self.handLinkFromTool
  }

  private static let handLinkFromTool =
    Pose(position: Vector3(0, 0, 0.107), orientation: Quaternion(roll: 0, pitch: 0, yaw: -.pi / 4))
    * Pose(position: Panda.handFromTool)

  /// Damped least squares from the joints of now, with a numeric Jacobian.
  private func inverse(_ goal: Pose) -> [Double] {
    var q = joints
    for _ in 0..<30 {
      let now = forward(q)
      let error = Self.difference(goal, now)
      if error.allSatisfy({ abs($0) < 1e-6 }) { break }
      let columns = q.indices.map { joint in
        var moved = q
        moved[joint] += 1e-6
        return Self.difference(forward(moved), now).map { $0 / 1e-6 }
      }
      var normal = (0..<6).map { row in
        (0..<6).map { column in
          columns.reduce(row == column ? 1e-6 : 0) { $0 + $1[row] * $1[column] }
        }
      }
      let weights = Self.solve(&normal, error)
      for joint in q.indices { q[joint] += zip(columns[joint], weights).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    return q
  }

  private static func difference(_ a: Pose, _ b: Pose) -> [Double] {
    let p = a.position - b.position
    let r = (a.orientation * b.orientation.inverse).axisAngle
    return [p.x, p.y, p.z, r.x, r.y, r.z]
  }

  /// Gaussian elimination of a positive definite system.
  private static func solve(_ a: inout [[Double]], _ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      for row in x.indices where row != i {
        let factor = a[row][i] / a[i][i]
        for column in i..<x.count { a[row][column] -= factor * a[i][column] }
        x[row] -= factor * x[i]
      }
    }
    return x.indices.map { x[$0] / a[$0][$0] }
  }
}
