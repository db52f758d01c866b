import Foundation
import Physics
import RehearsalCore
import Testing

extension PhysicsSuite {
  @Suite("Arms") struct ArmTests {
    @Test("the tool is where forward kinematics says at the published poses")
    func forwardKinematics() throws {
      let rig = try PandaRig()
      #expect((rig.worldFromTool.position - Vector3(0.306891, 0, 0.486882)).length < 1e-5)
      let other = rig.forward([0.1, -0.2, 0.3, -1.4, 0.5, 1.6, -0.7])
      #expect((other.position - Vector3(0.417471, 0.306987, 0.7284)).length < 1e-5)
    }

    @Test("position actuators hold joints against gravity and half a kilogram without steady-state error")
    func holdsPayload() throws {
      var tuning = Panda.Tuning()
      tuning.fingerFriction = 5
      var load = BodyID(0)
      var rig = try PandaRig(tuning: tuning) { fixture in
        load = fixture.addFree(
          "load", .box(size: Vector3(0.05, 0.05, 0.05)), mass: 0.5, at: Vector3(0.5, 0, PandaRig.tableHeight + 0.025))
      }
      try rig.move(to: Vector3(0.5, 0, 0.4), speed: 0.5)
      try rig.move(to: Vector3(0.5, 0, PandaRig.tableHeight + 0.025), speed: 0.3)
      rig.setFingers(0)
      try rig.step(8)
      try rig.move(to: Vector3(0.6, 0, 0.5), speed: 0.5)
      try rig.step(20)
      #expect(rig.state.worldFromBody[load].position.z > 0.45)
      for (joint, target) in zip(rig.panda.arm, rig.joints) {
        #expect(abs(rig.state.jointPositions[joint] - target) < 0.001)
        #expect(abs(rig.state.jointVelocities[joint]) < 0.005)
      }
    }

    @Test("a far target is approached at the joint's greatest velocity, without overshoot")
    func velocityLimit() throws {
      var rig = try PandaRig()
      var target = Panda.ready
      target[0] = 1.2
      rig.setArm(target)
      var fastest = 0.0
      var farthest = 0.0
      for _ in 0..<40 {
        try rig.step()
        fastest = max(fastest, abs(rig.state.jointVelocities[rig.panda.arm[0]]))
        farthest = max(farthest, rig.state.jointPositions[rig.panda.arm[0]])
      }
      #expect(fastest < 2.175 * 1.001 && fastest > 2.1)
      #expect(farthest < 1.203)
      #expect(abs(rig.state.jointPositions[rig.panda.arm[0]] - 1.2) < 1e-4)
    }

    @Test("joints stop at their limits, however hard their motors push")
    func limits() throws {
      var rig = try PandaRig()
      var target = Panda.ready
      target[5] = 6
      target[3] = 1
      rig.setArm(target)
      try rig.step(60)
      #expect(abs(rig.state.jointPositions[rig.panda.arm[5]] - 3.7525) < 2e-3)
      #expect(abs(rig.state.jointPositions[rig.panda.arm[3]] + 0.0698) < 2e-3)
    }

    @Test("a mimicking finger moves as its leader does under a sideways load")
    func mimic() throws {
      var block = BodyID(0)
      var rig = try PandaRig { fixture in
        block = fixture.addFree(
          "block", .box(size: Vector3(0.03, 0.03, 0.05)), mass: 5,
          at: Vector3(0.45, 0.02, PandaRig.tableHeight + 0.025),
          friction: 2)
      }
      try rig.move(to: Vector3(0.45, 0, 0.4), speed: 0.5)
      try rig.move(to: Vector3(0.45, 0, 0.23), speed: 0.3)
      rig.setFingers(0)
      for _ in 0..<10 {
        try rig.step()
        let fingers = rig.panda.fingers.map { rig.state.jointPositions[$0] }
        #expect(fingers[0] == fingers[1])
      }
      #expect(rig.state.contacts.contains { $0.second == block && rig.panda.fingertips.contains($0.first) })
    }
  }
}
