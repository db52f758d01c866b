import Foundation
import Physics
import RehearsalCore
import Testing

extension PhysicsSuite {
  @Suite("Joints") struct JointTests {
    /// A bar of 1 kg and 1 m, hung by its end.
    private func pendulum(home: Double, damping: Double = 0) -> (fixture: SceneFixture, joint: JointID) {
      var fixture = SceneFixture()
      let root = fixture.addLink("root", mass: MassProperties(mass: 0, principalInertia: .zero))
      var mass = solidMass(1, of: .box(size: Vector3(0.02, 0.02, 1)))
      mass.bodyFromInertial = Pose(position: Vector3(0, 0, -0.5))
      let bar = fixture.addLink("bar", mass: mass)
      let joint = fixture.add(
        JointModel(
          name: "hinge", kind: .continuous, parent: root, child: bar, parentFromJoint: Pose(position: Vector3(0, 0, 2)),
          axis: .unitY, damping: damping, home: home))
      fixture.addArticulation("pendulum", rootIsFixed: true, links: [root, bar], joints: [joint])
      return (fixture, joint)
    }

    @Test("a pendulum swings with the period of its closed form", arguments: [0.1, 1.0])
    func period(amplitude: Double) throws {
      let (fixture, joint) = pendulum(home: amplitude)
      let world = try fixture.world(physicsHz: 1000)
      var state = world.makeState()
      var crossings: [Double] = []
      for step in 1...10_000 where crossings.count < 5 {
        let before = state.jointPositions[joint]
        try world.advance(substeps: 1, targets: fixture.noTargets)
        world.read(into: &state)
        let after = state.jointPositions[joint]
        if before > 0, after <= 0 { crossings.append((Double(step) - after / (after - before)) / 1000) }
      }
      let measured = (crossings[4] - crossings[0]) / 4
      // T = 2π √(I / m g l) / agm(1, cos(θ/2)), with I about the hinge.
      let inertia: Double = 0.25 + (1 + 0.0004) / 12
      var (a, g) = (1.0, cos(amplitude / 2))
      for _ in 0..<6 { (a, g) = ((a + g) / 2, (a * g).squareRoot()) }
      let expected = 2 * Double.pi * (inertia / (9.81 * 0.5)).squareRoot() / a
      #expect(abs(measured / expected - 1) < 2e-3, "\(measured) s, expected \(expected) s")
    }

    @Test("a damped joint falls no faster than gravity pushes it through its damper")
    func damping() throws {
      let (fixture, joint) = pendulum(home: .pi / 2, damping: 50)
      let world = try fixture.world()
      try world.advance(substeps: 24, targets: fixture.noTargets)
      // Overdamped: rate = torque / damping at once, with torque = m g l sin θ.
      let state = world.makeState()
      let expected = -0.5 * 9.81 * sin(state.jointPositions[joint]) / 50
      #expect(abs(state.jointVelocities[joint] / expected - 1) < 0.02)
    }

    @Test("a double pendulum of skewed links keeps its energy")
    func energy() throws {
      var fixture = SceneFixture()
      let root = fixture.addLink("root", mass: MassProperties(mass: 1, principalInertia: Vector3(repeating: 0.1)))
      let skewed = MassProperties(
        mass: 0.8,
        bodyFromInertial: Pose(
          position: Vector3(0.05, 0.1, -0.3), orientation: Quaternion(roll: 0.5, pitch: 1, yaw: -0.4)),
        principalInertia: Vector3(0.02, 0.03, 0.015))
      let links = (0..<2).map { fixture.addLink("link\($0)", mass: skewed) }
      let joints = [
        fixture.add(
          JointModel(
            name: "first", kind: .revolute, parent: root, child: links[0],
            parentFromJoint: Pose(position: Vector3(0, 0, 2)), axis: .unitY, home: 1)),
        fixture.add(
          JointModel(
            name: "second", kind: .revolute, parent: links[0], child: links[1],
            parentFromJoint: Pose(
              position: Vector3(0, 0.1, -0.5), orientation: Quaternion(roll: 0.3, pitch: 0, yaw: 0.8)),
            axis: .unitX, home: 0.5)),
      ]
      fixture.addArticulation("arm", rootIsFixed: true, links: [root] + links, joints: joints)
      let world = try fixture.world(physicsHz: 4000)
      let start = energy(of: world.makeState(), links: links, mass: skewed)
      try world.advance(substeps: 12_000, targets: fixture.noTargets)
      let end = energy(of: world.makeState(), links: links, mass: skewed)
      #expect(abs(end - start) < 0.03, "\(start) J became \(end) J")
    }

    private func energy(of state: SceneState, links: [BodyID], mass: MassProperties) -> Double {
      links.reduce(0) { sum, link in
        let pose = state.worldFromBody[link] * mass.bodyFromInertial
        let twist = state.velocities[link]
        let velocity = twist.linear + twist.angular.cross(pose.position - state.worldFromBody[link].position)
        let spin = pose.orientation.inverse * twist.angular
        let kinetic = 0.5 * mass.mass * velocity.dot(velocity) + 0.5 * (mass.principalInertia * spin).dot(spin)
        return sum + kinetic + mass.mass * 9.81 * pose.position.z
      }
    }

    @Test("a free tree without gravity keeps its momentum while its motors turn")
    func momentum() throws {
      var fixture = SceneFixture()
      fixture.gravity = .zero
      let mass = solidMass(2, of: .box(size: Vector3(0.2, 0.3, 0.1)))
      let links = (0..<3).map { fixture.addLink("link\($0)", mass: mass) }
      let joints = (0..<2).map { i in
        fixture.add(
          JointModel(
            name: "joint\(i)", kind: .revolute, parent: links[i], child: links[i + 1],
            parentFromJoint: Pose(position: Vector3(0.3, 0.1, 0), orientation: Quaternion(roll: 0.4, pitch: 0, yaw: 0)),
            axis: i == 0 ? .unitZ : .unitY, actuator: .velocity(maxEffort: 5)))
      }
      fixture.addArticulation("chain", rootIsFixed: false, links: links, joints: joints)
      let world = try fixture.world()
      let centre = { (state: SceneState) in
        links.reduce(Vector3.zero) { $0 + state.worldFromBody[$1].position } / 3
      }
      let before = centre(world.makeState())
      try world.advance(substeps: 240, targets: JointTargets(values: [1, -2]))
      let state = world.makeState()
      #expect((centre(state) - before).length < 1e-3)
      #expect(abs(state.jointVelocities[joints[0]] - 1) < 1e-3)
      #expect(abs(state.jointVelocities[joints[1]] + 2) < 1e-3)
    }

    @Test("a button goes in when pressed and comes back")
    func button() throws {
      var fixture = SceneFixture()
      let root = fixture.addLink("panel", mass: MassProperties(mass: 0, principalInertia: .zero))
      let cap = Geometry.cylinder(radius: 0.025, length: 0.02)
      let button = fixture.addLink("cap", [shape(cap)], mass: solidMass(0.05, of: cap))
      let joint = fixture.add(
        JointModel(
          name: "travel", kind: .prismatic, parent: root, child: button,
          parentFromJoint: Pose(position: Vector3(0, 0, 0.1)),
          axis: Vector3(0, 0, -1), limits: 0...0.012, maxVelocity: 0.3,
          actuator: .position(stiffness: 0.1, maxEffort: 3)))
      fixture.addArticulation("button", rootIsFixed: true, links: [root, button], joints: [joint])
      var light = fixture
      light.addFree("weight", .box(size: Vector3(0.04, 0.04, 0.04)), mass: 0.1, at: Vector3(0, 0, 0.1305))
      let rest = try light.world()
      try rest.advance(substeps: 480, targets: light.noTargets)
      // 0.15 kg weigh less than the spring's 3 N.
      #expect(rest.makeState().jointPositions[joint] < 0.001)
      fixture.addFree("weight", .box(size: Vector3(0.04, 0.04, 0.04)), mass: 0.6, at: Vector3(0, 0, 0.1305))
      let pressed = try fixture.world()
      try pressed.advance(substeps: 480, targets: fixture.noTargets)
      #expect(abs(pressed.makeState().jointPositions[joint] - 0.012) < 5e-4)
    }
  }
}
