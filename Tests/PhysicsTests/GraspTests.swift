import Physics
import RehearsalCore
import Testing

extension PhysicsSuite {
  @Suite("Grasping") struct GraspTests {
    enum Object: CaseIterable {
      case box, cylinder, ball, cup

      var halfHeight: Double {
        switch self {
        case .box: 0.02
        case .cylinder: 0.03
        case .ball: 0.025
        case .cup: 0.035
        }
      }

      var shapes: [ShapeModel] {
        switch self {
        case .box: [shape(.box(size: Vector3(0.04, 0.04, 0.04)))]
        case .cylinder: [shape(.cylinder(radius: 0.02, length: 0.06))]
        case .ball: [shape(.sphere(radius: 0.025))]
        case .cup:
          [shape(.cylinder(radius: 0.03, length: 0.006), at: Pose(position: Vector3(0, 0, -0.032)))]
            + (0..<8).map { side in
              let turn = Pose(orientation: Quaternion(axis: .unitZ, angle: Double(side) * .pi / 4))
              return shape(
                .box(size: Vector3(0.004, 0.0245, 0.064)), at: turn * Pose(position: Vector3(0.028, 0, 0.003)))
            }
        }
      }

      func body(mass: Double, friction: Double) -> BodyModel {
        let solid = Geometry.cylinder(radius: 0.022, length: 2 * halfHeight)
        return BodyModel(
          name: "object", motion: .free, mass: solidMass(mass, of: solid),
          surface: SurfaceProperties(friction: friction, rollingFriction: 0.0005), shapes: shapes,
          worldFromBody: Pose(position: Vector3(0.5, 0.05, PandaRig.tableHeight + halfHeight)))
      }
    }

    /// Lifts the object; returns the rig, the object and its pose in the tool when lifted.
    private func lift(
      _ object: Object, mass: Double, friction: Double, tuning: Panda.Tuning = Panda.Tuning()
    ) throws -> (rig: PandaRig, body: BodyID, toolFromObject: Pose) {
      var body = BodyID(0)
      var rig = try PandaRig(tuning: tuning) { body = $0.add(object.body(mass: mass, friction: friction)) }
      let grip = Vector3(0.5, 0.05, PandaRig.tableHeight + object.halfHeight)
      try rig.move(to: grip + Vector3(0, 0, 0.15), speed: 0.5)
      try rig.move(to: grip, speed: 0.3)
      rig.setFingers(0)
      try rig.step(8)
      try rig.move(to: Vector3(0.5, 0.05, 0.5), speed: 0.5)
      return (rig, body, rig.worldFromTool.inverse * rig.state.worldFromBody[body])
    }

    @Test(
      "friction alone holds what is lifted for five seconds of motion at 0.5 m/s", arguments: Object.allCases,
      [(0.05, 0.5), (0.3, 0.8)])
    func holds(object: Object, weight: (mass: Double, friction: Double)) throws {
      var (rig, body, before) = try lift(object, mass: weight.mass, friction: weight.friction)
      for pass in 0..<5 { try rig.move(to: Vector3(0.5, pass % 2 == 0 ? -0.25 : 0.25, 0.5), speed: 0.5) }
      let after = rig.worldFromTool.inverse * rig.state.worldFromBody[body]
      let slip = (after.position - before.position).length
      #expect(slip < 0.003, "slipped \(slip * 1000) mm")
      for finger in rig.panda.fingertips { #expect(rig.state.touches(finger, body)) }
    }

    @Test("each finger squeezes with half the motor's effort")
    func squeeze() throws {
      let (rig, body, _) = try lift(.box, mass: 0.1, friction: 0.8)
      let forces = rig.state.contacts.filter { $0.second == body && rig.panda.fingertips.contains($0.first) }
        .map(\.normalForce)
      #expect(forces.count == 2)
      for force in forces { #expect(abs(force - 20) < 1, "\(force) N of 40 N") }
    }

    @Test("what is too slippery for its weight is not held")
    func drops() throws {
      // Friction 0.03 · 1 on both sides of 20 N holds 1.2 N; the box weighs 2.9 N.
      let (rig, body, _) = try lift(.box, mass: 0.3, friction: 0.03)
      #expect(rig.state.worldFromBody[body].position.z < 0.25)
    }

    @Test("a drawer opens when its handle is pulled, and stays where it is left")
    func drawer() throws {
      var joint = JointID(0)
      var rig = try PandaRig { joint = $0.addDrawer(at: Vector3(0.77, 0, PandaRig.tableHeight)) }
      // The bar lies along y, 11 cm before the drawer's front; the hand turned by 90° takes it from above.
      let bar = Vector3(0.55, 0, PandaRig.tableHeight + 0.05)
      try rig.move(to: bar + Vector3(0, 0, 0.12), speed: 0.5, yaw: .pi / 2)
      try rig.move(to: bar, speed: 0.2, yaw: .pi / 2)
      rig.setFingers(0)
      try rig.step(8)
      #expect(rig.state.jointPositions[joint] < 0.005)
      try rig.move(to: bar - Vector3(0.1, 0, 0), speed: 0.1, yaw: .pi / 2)
      #expect(abs(rig.state.jointPositions[joint] - 0.1) < 0.01)
      rig.setFingers(0.04)
      try rig.step(20)
      #expect(abs(rig.state.jointPositions[joint] - 0.1) < 0.01)
    }
  }
}
