import Foundation
import Physics
import RehearsalCore
import Testing

extension PhysicsSuite {
  @Suite("Driving") struct DriveTests {
    enum Robot: CaseIterable { case turtleBot, mobileManipulator }

    private func build(_ robot: Robot) -> (fixture: SceneFixture, base: DriveBase, targets: JointTargets) {
      var fixture = SceneFixture()
      fixture.addFloor()
      let base = robot == .turtleBot ? fixture.addTurtleBot() : fixture.addMobileManipulator()
      var targets = fixture.noTargets
      if let panda = base.panda {
        for (joint, position) in zip(panda.arm, Panda.ready) { targets.values[joint.rawValue] = position }
        targets.values[panda.fingers[0].rawValue] = 0.04
      }
      return (fixture, base, targets)
    }

    /// Ramps the wheels to `left` and `right` rad/s over half a second and on for `seconds`.
    private func drive(
      _ world: World, _ base: DriveBase, _ targets: JointTargets, left: Double, right: Double, seconds: Double
    ) throws {
      var targets = targets
      for step in 1...Int((0.5 + seconds) * 20) {
        let share = min(1, Double(step) / 10)
        targets.values[base.left.rawValue] = left * share
        targets.values[base.right.rawValue] = right * share
        try world.advance(substeps: 12, targets: targets)
      }
    }

    @Test("a robot drives as far as its wheels turn", arguments: Robot.allCases)
    func rolling(robot: Robot) throws {
      let (fixture, base, targets) = build(robot)
      let world = try fixture.world()
      try world.advance(substeps: 120, targets: targets)
      let start = world.makeState()
      let speed = 0.2 / base.wheelRadius
      try drive(world, base, targets, left: speed, right: speed, seconds: 3)
      let end = world.makeState()
      let turned = end.jointPositions[base.left] - start.jointPositions[base.left]
      let travelled = end.worldFromBody[base.root].position - start.worldFromBody[base.root].position
      #expect(travelled.x > 0.6)
      #expect(
        abs(travelled.x / (turned * base.wheelRadius) - 1) < 0.01, "\(travelled.x) of \(turned * base.wheelRadius)")
      #expect(abs(travelled.y) < 0.01)
      #expect(abs(end.worldFromBody[base.root].orientation.yaw) < 0.01)
    }

    @Test("a robot turns at r (ωr − ωl) / L", arguments: Robot.allCases)
    func spinning(robot: Robot) throws {
      let (fixture, base, targets) = build(robot)
      let world = try fixture.world()
      try world.advance(substeps: 120, targets: targets)
      let wheel = 0.5 * base.separation / 2 / base.wheelRadius
      try drive(world, base, targets, left: -wheel, right: wheel, seconds: 2)
      let state = world.makeState()
      #expect(abs(state.velocities[base.root].angular.z - 0.5) < 0.02)
      #expect(state.worldFromBody[base.root].position.planarLength < 0.03)
    }

    @Test("a robot at rest stays at rest", arguments: Robot.allCases)
    func atRest(robot: Robot) throws {
      let (fixture, base, targets) = build(robot)
      let world = try fixture.world()
      try world.advance(substeps: 120, targets: targets)
      let before = world.makeState().worldFromBody[base.root]
      try world.advance(substeps: 2400, targets: targets)
      let after = world.makeState().worldFromBody[base.root]
      #expect((after.position - before.position).length < 1e-3)
      #expect(abs(after.orientation.yaw - before.orientation.yaw) < 1e-3)
    }

    @Test("a driven robot pushes a box before it")
    func pushing() throws {
      var (fixture, base, _) = build(.turtleBot)
      let box = fixture.addFree(
        "box", .box(size: Vector3(0.1, 0.1, 0.1)), mass: 0.2, at: Vector3(0.3, 0, 0.05), friction: 0.4)
      let world = try fixture.world()
      try world.advance(substeps: 240, targets: fixture.noTargets)
      try drive(world, base, fixture.noTargets, left: 6, right: 6, seconds: 3)
      let state = world.makeState()
      #expect(state.worldFromBody[box].position.x > 0.5)
      #expect(state.touches(base.root, box))
    }
  }
}
