import Foundation
import RehearsalCore
import Synchronization
import Testing

@testable import Physics

extension PhysicsSuite {
  @Suite("Worlds") struct WorldTests {
    /// A mobile manipulator that sweeps its arm through a heap of boxes on a table.
    private static func scene() -> (fixture: SceneFixture, base: DriveBase) {
      var fixture = SceneFixture()
      fixture.addFloor()
      let base = fixture.addMobileManipulator()
      fixture.add(
        BodyModel(
          name: "table", motion: .fixed, shapes: [shape(.box(size: Vector3(0.6, 1, 0.04)))],
          worldFromBody: Pose(position: Vector3(0.75, 0, 0.42))))
      for i in 0..<10 {
        let place = Vector3(0.55 + 0.06 * Double(i % 4), -0.1 + 0.06 * Double(i / 4), 0.47 + 0.05 * Double(i % 3))
        switch i % 3 {
        case 0: fixture.addFree("object\(i)", .box(size: Vector3(0.04, 0.05, 0.04)), mass: 0.1, at: place)
        case 1: fixture.addFree("object\(i)", .cylinder(radius: 0.02, length: 0.06), mass: 0.1, at: place)
        default: fixture.addFree("object\(i)", .sphere(radius: 0.025), mass: 0.1, at: place)
        }
      }
      return (fixture, base)
    }

    private static func targets(_ fixture: SceneFixture, _ base: DriveBase, at step: Int) -> JointTargets {
      var targets = fixture.noTargets
      targets.values[base.left.rawValue] = sin(Double(step) * 0.1)
      targets.values[base.right.rawValue] = cos(Double(step) * 0.1)
      for (i, joint) in base.panda!.arm.enumerated() {
        targets.values[joint.rawValue] = Panda.ready[i] + 0.3 * sin(Double(step) * 0.08 + Double(i))
      }
      targets.values[base.panda!.fingers[0].rawValue] = step % 20 < 10 ? 0.04 : 0
      return targets
    }

    private static func run(steps: Int) throws -> SceneState {
      let (fixture, base) = scene()
      let world = try fixture.world()
      for step in 0..<steps { try world.advance(substeps: 12, targets: targets(fixture, base, at: step)) }
      return world.makeState()
    }

    @Test("worlds built and driven alike hold the same bits, interleaved, on any thread and in any company")
    func deterministic() throws {
      let alone = try Self.run(steps: 60)
      #expect(!alone.contacts.isEmpty)
      let (fixture, base) = Self.scene()
      let worlds = [try fixture.world(), try fixture.world()]
      for step in 0..<60 {
        for world in worlds { try world.advance(substeps: 12, targets: Self.targets(fixture, base, at: step)) }
      }
      for world in worlds { #expect(world.makeState() == alone) }
      let results = Mutex<[SceneState]>([])
      let threads = (0..<2).map { _ in
        Thread {
          let state = try? Self.run(steps: 60)
          results.withLock { $0.append(state ?? alone.cleared) }
        }
      }
      for thread in threads { thread.start() }
      while results.withLock({ $0.count }) < threads.count { usleep(1000) }
      for state in results.withLock({ $0 }) { #expect(state == alone) }
    }

    /// In a process of its own, since other tests hold handles meanwhile.
    @Test("every native handle is freed with its world")
    func handles() async {
      await #expect(processExitsWith: .success) {
        do {
          let (fixture, _) = WorldTests.scene()
          let world = try fixture.world()
          try world.advance(substeps: 10, targets: fixture.noTargets)
          withExtendedLifetime(world) { #expect(WorldHandle.liveCount == 1) }
        }
        #expect(WorldHandle.liveCount == 0)
      }
    }

    @Test("a state that is not finite is an error that names the body")
    func blowUp() throws {
      var fixture = SceneFixture()
      fixture.addFloor()
      fixture.addFree("sound", .sphere(radius: 0.1), mass: 1, at: Vector3(0, 0, 1))
      let broken = fixture.addFree("broken", .sphere(radius: 0.1), mass: 1, at: Vector3(1, 0, 1))
      fixture.bodies[broken].mass.principalInertia = Vector3(1e-45, 1e-45, 1e-45)
      fixture.gravity = Vector3(0, 0, -1e38)
      let world = try fixture.world()
      let error = #expect(throws: RehearsalError.self) {
        try world.advance(substeps: 480, targets: fixture.noTargets)
      }
      #expect(error?.code == .nativeFailure)
      #expect(error?.message.contains("body sound") == true || error?.message.contains("body broken") == true)
    }

    @Test("a target that is not finite is an error that names the joint")
    func badTarget() throws {
      let (fixture, base) = Self.scene()
      let world = try fixture.world()
      var targets = fixture.noTargets
      targets.values[base.left.rawValue] = .nan
      let error = #expect(throws: RehearsalError.self) { try world.advance(substeps: 1, targets: targets) }
      #expect(error?.message == "the target of joint base/left_wheel_joint is not finite")
    }

    @Test("a moving body without mass is an error that names it")
    func noMass() throws {
      var fixture = SceneFixture()
      let body = fixture.addFree("feather", .sphere(radius: 0.1), mass: 0, at: .zero)
      let error = #expect(throws: RehearsalError.self) { try fixture.world() }
      #expect(error?.message.hasPrefix("body feather moves but has mass 0.0 kg") == true)
      fixture.bodies[body].motion = .fixed
      _ = try fixture.world()
    }
  }
}

extension SceneState {
  fileprivate var cleared: SceneState {
    SceneState(worldFromBody: [], velocities: [], jointPositions: [], jointVelocities: [])
  }
}
