import Foundation
import Physics
import RehearsalCore
import Testing

extension PhysicsSuite {
  @Suite("Free bodies") struct FreeBodyTests {
    @Test("a body in free fall covers g t² / 2, up to the step's first-order term")
    func freeFall() throws {
      var fixture = SceneFixture()
      let ball = fixture.addFree("ball", .sphere(radius: 0.05), mass: 0.2, at: Vector3(0.3, -0.2, 10))
      let world = try fixture.world()
      try world.advance(substeps: 240, targets: fixture.noTargets)
      let state = world.makeState()
      // Semi-implicit Euler: z falls by g t (t + dt) / 2.
      let expected: Double = 10 - 9.81 / 2 * (1 + 1.0 / 240)
      #expect(abs(state.worldFromBody[ball].position.z - expected) < 1e-4)
      #expect(abs(state.velocities[ball].linear.z + 9.81) < 1e-4)
      #expect(abs(state.worldFromBody[ball].position.x - 0.3) < 1e-6)
    }

    @Test("poses and velocities are of the body's origin, wherever its centre of mass and principal axes lie")
    func inertialOffset() throws {
      var fixture = SceneFixture()
      fixture.gravity = .zero
      let offset = Pose(position: Vector3(0.1, 0.02, -0.03), orientation: Quaternion(roll: 0.4, pitch: -0.3, yaw: 1))
      let start = Pose(position: Vector3(1, 2, 3), orientation: Quaternion(roll: -1, pitch: 0.2, yaw: 0.7))
      let body = fixture.add(
        BodyModel(
          name: "lopsided", motion: .free,
          mass: MassProperties(mass: 1, bodyFromInertial: offset, principalInertia: Vector3(0.01, 0.02, 0.025)),
          shapes: [shape(.box(size: Vector3(0.3, 0.1, 0.1)))], worldFromBody: start))
      let world = try fixture.world()
      try world.advance(substeps: 10, targets: fixture.noTargets)
      let pose = world.makeState().worldFromBody[body]
      #expect((pose.position - start.position).length < 1e-6)
      #expect((pose.inverse * start).orientation.axisAngle.length < 1e-5)
    }

    @Test("a box sliding at v on friction µ comes to rest after v² / 2µg")
    func slidingToRest() throws {
      var fixture = SceneFixture()
      fixture.addFloor(friction: 0.5)
      // Gravity is tilted steeply for half a second, then level: the box enters the level phase sliding.
      let box = fixture.addFree(
        "box", .box(size: Vector3(0.2, 0.2, 0.05)), mass: 1, at: Vector3(0, 0, 0.025), friction: 0.8)
      fixture.gravity = 9.81 * Vector3(sin(0.1), 0, -cos(0.1))
      let held = try fixture.world()
      try held.advance(substeps: 480, targets: fixture.noTargets)
      // Friction 0.4 holds on a slope of tan⁻¹ 0.1.
      #expect(abs(held.makeState().worldFromBody[box].position.x) < 1e-3)

      let slope = 0.6
      fixture.gravity = 9.81 * Vector3(sin(slope), 0, -cos(slope))
      let sliding = try fixture.world()
      try sliding.advance(substeps: 240, targets: fixture.noTargets)
      let expected = 9.81 * (sin(slope) - 0.4 * cos(slope))
      let speed = sliding.makeState().velocities[box].linear.x
      #expect(abs(speed / expected - 1) < 0.02, "speed \(speed), expected \(expected)")
    }

    @Test("absent bodies keep their pose, do not move and touch nothing")
    func absent() throws {
      var fixture = SceneFixture()
      fixture.addFloor()
      let ghost = fixture.addFree("ghost", .sphere(radius: 0.1), mass: 1, at: Vector3(0, 0, 0.3))
      let ball = fixture.addFree("ball", .sphere(radius: 0.1), mass: 1, at: Vector3(0, 0, 0.6))
      fixture.bodies[ghost].isPresent = false
      let world = try fixture.world()
      try world.advance(substeps: 240, targets: fixture.noTargets)
      let state = world.makeState()
      #expect(state.worldFromBody[ghost] == fixture.bodies[ghost].worldFromBody)
      #expect(state.velocities[ghost] == .zero)
      #expect(abs(state.worldFromBody[ball].position.z - 0.1) < 2e-3)
      #expect(state.contacts.map(\.second) == [ball])
    }

    @Test("a resting body presses on its support with its weight")
    func restingForce() throws {
      var fixture = SceneFixture()
      let floor = fixture.addFloor()
      let box = fixture.addFree("box", .box(size: Vector3(0.1, 0.1, 0.1)), mass: 0.5, at: Vector3(0, 0, 0.05))
      let lid = fixture.addFree("lid", .box(size: Vector3(0.1, 0.1, 0.02)), mass: 0.2, at: Vector3(0, 0, 0.11))
      let world = try fixture.world()
      try world.advance(substeps: 240, targets: fixture.noTargets)
      let contacts = world.makeState().contacts
      #expect(contacts.map { [$0.first, $0.second] } == [[floor, box], [box, lid]])
      #expect(abs(contacts[0].normalForce / (0.7 * 9.81) - 1) < 0.02)
      #expect(abs(contacts[1].normalForce / (0.2 * 9.81) - 1) < 0.02)
    }

    @Test("a mesh rests on its convex hull", arguments: [0.04, 0.2])
    func meshHull(edge: Double) throws {
      var fixture = SceneFixture()
      fixture.addFloor()
      let h = Float(edge / 2)
      let corners = (0..<8).map { SIMD3<Float>($0 & 1 == 0 ? -h : h, $0 & 2 == 0 ? -h : h, $0 & 4 == 0 ? -h : h) }
      // A vertex inside changes nothing.
      fixture.meshes = [TriangleMesh(vertices: corners + [.zero], triangles: [0, 1, 2])]
      let geometry = Geometry.mesh(MeshID(0), scale: Vector3(1, 1, 0.5))
      var mass = solidMass(0.1, of: .box(size: Vector3(edge, edge, edge / 2)))
      mass.mass = 0.1
      let body = fixture.add(
        BodyModel(
          name: "mesh", motion: .free, mass: mass, shapes: [shape(geometry)],
          worldFromBody: Pose(position: Vector3(0, 0, edge))))
      let world = try fixture.world()
      try world.advance(substeps: 480, targets: fixture.noTargets)
      let pose = world.makeState().worldFromBody[body]
      #expect(abs(pose.position.z - edge / 4) < 1e-3)
      #expect(pose.orientation.axisAngle.length < 0.02)
    }
  }
}
