import RehearsalCore
import Rollout
import TestSupport
import Testing

@Suite("Episode sampler")
struct EpisodeSamplerTests {
  private func full() -> ExperimentPlan {
    var plan = ExperimentPlan.drive()
    var factors = RandomizationPlan(preset: "full")
    factors.size = .uniform(0.8, 1.2)
    factors.dynamics = .init(mass: .uniform(0.5, 2), friction: .uniform(0.75, 1))
    factors.lighting = .init(
      count: 1...3, azimuthDegrees: .uniform(0, 360), elevationDegrees: .uniform(30, 80),
      temperatureKelvin: .uniform(2500, 8000), intensity: .uniform(0.7, 1.3), ambient: .uniform(0.5, 1.5))
    factors.camera = .init(
      position: .normal(mean: 0, standardDeviation: 0.01), rotationDegrees: .uniform(-2, 2),
      fovDegrees: .uniform(-3, 3))
    plan.randomization = factors
    return plan
  }

  @Test("draws the same episode twice, and different ones for different indices")
  func reproducible() throws {
    let sampler = EpisodeSampler(plan: full())
    #expect(try sampler.draw(3).sampled == sampler.draw(3).sampled)
    #expect(try sampler.draw(3).sampled != sampler.draw(4).sampled)
    #expect(try sampler.draw(3).sampled != sampler.draw(3, attempt: 1).sampled)
  }

  @Test("turning one factor off moves no other")
  func independentFactors() throws {
    var without = full()
    without.randomization.lighting = nil
    without.randomization.size = nil
    let (a, b) = (try EpisodeSampler(plan: full()).draw(5), try EpisodeSampler(plan: without).draw(5))
    let kept = { (samples: [Sample]) in
      samples.filter { !$0.name.hasPrefix("lights") && !$0.name.hasSuffix(".size") && !$0.name.hasSuffix(".pose") }
    }
    #expect(kept(a.sampled) == kept(b.sampled))
    #expect(a.appearance.cameras == b.appearance.cameras)
    // Sizes move how high things stand, but not where.
    let (box, ball) = (BodyID(4), BodyID(5))
    for body in [box, ball] {
      let (p, q) = (a.initialState.worldFromBody[body].position, b.initialState.worldFromBody[body].position)
      #expect((p - q).planarLength < 1e-12)
    }
  }

  @Test("objects stand apart from each other, on the ground, inside their region")
  func placement() throws {
    let sampler = EpisodeSampler(plan: full())
    for index in 0..<100 {
      let setup = try sampler.draw(index)
      let poses = setup.initialState.worldFromBody
      let radii = [BodyID(4), BodyID(5)].map { setup.scene.planarRadius(of: $0) }
      #expect((poses[4].position - poses[5].position).planarLength >= radii[0] + radii[1] + 0.1 - 1e-9)
      for body in [BodyID(4), BodyID(5)] {
        let bottom = poses[body].position.z + setup.scene.bounds(of: body).minimum.z
        #expect(abs(bottom - 0.0005) < 1e-9)
        #expect(abs(poses[body].position.y) <= 0.8 && abs(poses[body].position.x - 1.2) <= 0.4)
      }
    }
  }

  @Test("a resized body keeps its density")
  func density() throws {
    let setup = try EpisodeSampler(plan: full()).draw(0)
    guard case .number(let scale)? = setup.sampled.first(where: { $0.name == "redBox.size" })?.value,
      case .number(let mass)? = setup.sampled.first(where: { $0.name == "redBox.massFactor" })?.value
    else {
      Issue.record("no size and mass drawn")
      return
    }
    #expect(setup.scene.bodies[BodyID(4)].shapes[0].geometry == .box(size: Vector3(repeating: 0.2 * scale)))
    #expect(abs(setup.scene.bodies[BodyID(4)].mass.mass - 2 * scale * scale * scale * mass) < 1e-9)
  }

  @Test("commands alternate, name what they bind, and keep to their split of phrasings")
  func commands() throws {
    var plan = ExperimentPlan.drive([.goTo(), .forward()])
    plan.phrasings = .heldout
    plan.commands[1].phrasings.append(Phrasing(text: "Advance", isHeldOut: true))
    let sampler = EpisodeSampler(plan: plan)
    let first = try sampler.draw(0).commands[0]
    #expect(first.model.name == "go_to" && first.isHeldOut)
    let label = try #require(plan.scene.bodies[first.bindings["target"]!].label)
    #expect(first.instruction == "Approach the \(label.color) \(label.shape)")
    #expect(try sampler.draw(1).commands[0].instruction == "Advance")
  }

  @Test("a command that needs what the scene has not gives an error that says so")
  func unbindable() {
    var model = CommandModel.goTo()
    model.slots = [CommandSlot(name: "target", shapes: ["cone"])]
    #expect(throws: SamplingError(description: "command go_to: no cone for {target}")) {
      try EpisodeSampler(plan: .drive([model])).draw(0)
    }
  }

  @Test("a region too small for its objects gives an error that names it")
  func crowded() {
    var plan = ExperimentPlan.drive()
    plan.placements[0].regions[0].halfExtents = SIMD2(0.05, 0.05)
    #expect(throws: SamplingError(description: "placement group objects: no room for blueBall in 50 × 400 tries")) {
      try EpisodeSampler(plan: plan).draw(0)
    }
  }
}
