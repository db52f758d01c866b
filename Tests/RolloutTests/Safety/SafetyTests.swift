import Authoring
import Foundation
import RehearsalCore
import Rendering
import TestSupport
import Testing

@testable import Rollout

@Suite("Safety around a policy")
struct SafetyTests {
  struct Broken: Error {}

  func run(
    _ plan: ExperimentPlan, index: Int = 0, renderer: (any Renderer)? = nil,
    _ policy: @escaping (Observation) throws -> ActionChunk
  ) -> FinishedEpisode {
    EpisodeRunner(plan: plan, policy: ClosurePolicy(policy), renderer: renderer, recording: .withoutImages).run(index)
  }

  func far(_ safety: SafetyPlan = SafetyPlan(), steps: Int = 20) -> ExperimentPlan {
    var plan = ExperimentPlan.drive([.forward(distance: 5, steps: steps)])
    plan.safety = safety
    return plan
  }

  /// Answers soundly but at `ticks`.
  func faulty(at ticks: Range<Int>, _ fault: @escaping () throws -> ActionChunk) -> (Observation) throws -> ActionChunk
  {
    { try ticks.contains($0.tick) ? fault() : ActionChunk([1, 0.2]) }
  }

  static let faults: [(name: String, fault: @Sendable () throws -> ActionChunk, SafetyCounts.Faults)] = [
    ("NaN", { ActionChunk([.nan, 0]) }, counts(\.nonFinite)),
    ("infinity", { ActionChunk([0, -.infinity]) }, counts(\.nonFinite)),
    ("too long", { ActionChunk([0, 0, 0]) }, counts(\.wrongShape)),
    ("empty", { ActionChunk(actions: []) }, counts(\.wrongShape)),
    ("huge", { ActionChunk([0, 11]) }, counts(\.oversize)), ("throws", { throw Broken() }, counts(\.threw)),
  ]

  static func counts(_ kind: WritableKeyPath<SafetyCounts.Faults, Int>) -> SafetyCounts.Faults {
    var counts = SafetyCounts.Faults()
    counts[keyPath: kind] = 1
    return counts
  }

  @Test(
    "one faulty answer is counted, the robot holds for that tick, and the episode goes on", arguments: 0..<faults.count)
  func oneFault(number: Int) throws {
    let (_, fault, expected) = Self.faults[number]
    let episode = run(far(), faulty(at: 4..<5, fault))
    #expect(episode.record.outcome == .timeLimit)
    #expect(episode.record.safety.faults == expected)
    #expect(episode.record.safety.fallbacks == 1)
    let actions = try #require(episode.trajectory).actions
    let held = (0..<20).filter { actions[$0 * 2] == 0 }
    #expect(held == [4])
  }

  @Test(
    "without safety the same answer ends the episode, on the same seed, with the same steps before", arguments: 0..<4)
  func withoutSafety(number: Int) throws {
    let policy = faulty(at: 4..<5, Self.faults[number].fault)
    let (with, without) = (run(far(), policy), run(far(.off), policy))
    guard case .failure = without.record.outcome else {
      Issue.record("\(without.record.outcome)")
      return
    }
    #expect(without.record.steps == 4)
    #expect(without.record.safety.faults.total == 0)
    let before = try #require(with.trajectory).hashes.prefix(4)
    #expect(try #require(without.trajectory).hashes == Array(before))
  }

  @Test("five faults in a row stop the robot, four do not, and whatever the fault")
  func emergencyStop() throws {
    let stopped = run(far(), faulty(at: 4..<9) { ActionChunk([.nan, 0]) })
    #expect(stopped.record.outcome == .failure(.emergencyStop(afterFaults: 5)))
    #expect(stopped.record.steps == 9)
    #expect(stopped.record.safety.fallbacks == 5)
    let last = try #require(stopped.trajectory).actions.suffix(10)
    #expect(last.allSatisfy { $0 == 0 })
    #expect(run(far(), faulty(at: 4..<8) { ActionChunk([.nan, 0]) }).record.outcome == .timeLimit)
    let mixed = run(far()) { observation in
      switch observation.tick % 3 {
      case 0: throw Broken()
      case 1: ActionChunk([.nan, 0])
      default: ActionChunk([1])
      }
    }
    #expect(mixed.record.outcome == .failure(.emergencyStop(afterFaults: 5)))
    #expect((mixed.record.safety.faults.threw, mixed.record.safety.faults.wrongShape) == (2, 1))
  }

  @Test("with its parts off: no stop, no fallback, no watch on answers")
  func parts() {
    let always = { (_: Observation) in ActionChunk([0, .nan]) }
    let endless = run(far(SafetyPlan(emergencyStopFaults: nil)), always).record
    #expect(endless.outcome == .timeLimit)
    #expect(endless.safety.fallbacks == 20)
    let alone = run(far(SafetyPlan(fallsBack: false)), always).record
    #expect(alone.outcome == .failure(.policyReturnedNonFinite(index: 1)))
    #expect(alone.safety.faults.nonFinite == 1)
    let blind = run(far(SafetyPlan(largestElement: nil)), always).record
    #expect(blind.outcome == .failure(.policyReturnedNonFinite(index: 1)))
    #expect(blind.safety == run(far(.off), always).record.safety)
    let huge = run(far(SafetyPlan(fallsBack: false))) { _ in ActionChunk([20, 0]) }.record
    #expect(huge.outcome == .failure(.policyReturnedOversize(index: 0)))
  }

  @Test("an element somewhat beyond 1 is counted and clamped as without safety, to the same bits")
  func oversize() {
    let (with, without) = (run(far()) { _ in ActionChunk([1.5, 0]) }, run(far(.off)) { _ in ActionChunk([1.5, 0]) })
    #expect(with.record.safety.clamps.magnitude == 20)
    #expect(with.record.safety.faults.total == 0)
    #expect(with.record.stateHash == without.record.stateHash)
    #expect(run(far()) { _ in ActionChunk([1.005, 0]) }.record.safety.clamps.magnitude == 0)
  }

  @Test("with latency the fallback comes when the missing answer would have, the emergency stop at once")
  func latency() throws {
    var plan = far()
    plan.latencyTicks = 2
    let once = try #require(run(plan, faulty(at: 4..<5) { throw Broken() }).trajectory).actions
    let forward: [Double] = (0..<9).map { once[$0 * 2] }
    #expect(forward == [0, 0, 1, 1, 1, 1, 0, 1, 1])
    let stopped = run(plan, faulty(at: 4..<20) { throw Broken() })
    #expect(stopped.record.outcome == .failure(.emergencyStop(afterFaults: 5)))
    #expect(stopped.record.steps == 9)
  }

  @Test("a fault in a chunk is found before any of it is executed, and the policy is asked again at once")
  func chunks() throws {
    var plan = far(steps: 8)
    plan.executedActions = 3
    var asked: [Int] = []
    let episode = run(plan) { observation in
      asked.append(observation.tick)
      return ActionChunk(actions: [[1, 0], [1, 0], [observation.tick == 3 ? .nan : 1, 0]])
    }
    #expect(asked == [0, 3, 4, 7])
    let actions = try #require(episode.trajectory).actions
    let forward: [Double] = (0..<8).map { actions[$0 * 2] }
    #expect(forward == [1, 1, 1, 0, 1, 1, 1, 1])
  }

  @Test("an episode with faults and limits verifies to the bit from its recorded actions")
  func verifies() throws {
    var plan = far(SafetyPlan(velocity: .init(base: 0.5)))
    plan.latencyTicks = 1
    let episode = run(plan, faulty(at: 4..<9) { throw Broken() })
    #expect(episode.record.safety.clamps.velocity > 0)
    let trajectory = try #require(episode.trajectory)
    #expect(try EpisodeVerdict.of(episode.record, trajectory, plan: plan, drawsFrames: false) == .identical)
  }
}

/// Draws pictures that are too small, from a tick on.
private final class ShrinkingRenderer: Renderer {
  static let name = "shrinking"
  private let soundPictures: Int
  private var pictures = 0

  init(soundPictures: Int) { self.soundPictures = soundPictures }

  func load(_ scene: SceneModel, appearance: Appearance) throws { pictures = 0 }

  func render(
    _ state: SceneState, camera: CameraModel, channels: ImageChannels, quality: RenderQuality
  ) throws -> CameraImage {
    pictures += 1
    let side = pictures > soundPictures ? camera.width / 2 : camera.width
    return CameraImage(width: side, height: side, rgb: Array(repeating: 90, count: 3 * side * side))
  }
}

extension SafetyTests {
  @Test("a policy is not shown a picture of another size: the fallback stands in until the emergency stop")
  func badPicture() {
    var shown = 0
    let episode = run(far(), renderer: ShrinkingRenderer(soundPictures: 3)) { _ in
      shown += 1
      return ActionChunk([1, 0])
    }
    #expect(shown == 3)
    #expect(episode.record.outcome == .failure(.emergencyStop(afterFaults: 5)))
    #expect(episode.record.safety.faults.badInput == 5)
    #expect(episode.record.timing.decisions.count == 3)
  }

  @Test("unchecked, the policy is shown it; unanswered, the episode is invalid, for it is not the policy's fault")
  func badPictureUnchecked() {
    let renderer = ShrinkingRenderer(soundPictures: 3)
    let unchecked = run(far(SafetyPlan(checksInputs: false)), renderer: renderer) { _ in ActionChunk([1, 0]) }
    #expect(unchecked.record.outcome == .timeLimit)
    let unanswered = run(far(SafetyPlan(fallsBack: false)), renderer: renderer) { _ in ActionChunk([1, 0]) }
    #expect(
      unanswered.record.outcome
        == .invalid(
          reason: "bad observation: picture 0 is 16×16 with 768 bytes instead of 32×32 with 3072"))
  }

  @Test("proprioception must have its length and be finite, and pictures their number")
  func inputs() throws {
    let plan = far()
    let check = InputCheck(plan: plan, setup: try EpisodeSampler(plan: plan).draw(0), draws: false)
    let picture = CameraImage(width: 1, height: 1, rgb: [0, 0, 0])
    func problem(_ images: [CameraImage], _ numbers: [Double]) -> PolicyFault? {
      do throws(PolicyFault) {
        try check.check(Observation(tick: 0, instruction: "", images: images, proprioception: numbers))
        return nil
      } catch {
        return error
      }
    }
    #expect(problem([], [0, 0]) == nil)
    #expect(problem([picture], [0, 0]) == .badInput("1 pictures instead of 0"))
    #expect(problem([], [0]) == .badInput("1 numbers of proprioception instead of 2"))
    #expect(problem([], [0, .nan]) == .badInput("number 1 of proprioception is not finite"))
  }

  @Test("what sound policies do is the same to the bit with safety and without", arguments: ["scripted", "random"])
  func soundPolicies(policy: String) throws {
    for experiment in ["arena_drive", "tabletop", "studio"] {
      let path = shippedExperiment(experiment)
      var plan = try ExperimentLoader.load(path: path, overrides: ["randomization=full", "steps=120"]).plan
      let runs = try [SafetyPlan(), .off].map { safety in
        plan.safety = safety
        let runner = EpisodeRunner(
          plan: plan, policy: try PolicyLibrary.make(name: policy), renderer: nil, recording: .none)
        return (0..<3).map { runner.run($0).record }
      }
      #expect(runs[0].map(\.stateHash) == runs[1].map(\.stateHash), "\(experiment)")
      #expect(runs[0].map(\.outcome) == runs[1].map(\.outcome))
      #expect(runs[0].allSatisfy { $0.safety.faults.total + $0.safety.clamps.total + $0.safety.fallbacks == 0 })
    }
  }
}
