import Authoring
import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite("The expert that answers for another's hand") struct ExpertMemoryTests {
  /// Drives as the expert does, and asks a second expert, who has seen nothing before, at every step at which the target
  /// is in the hand and off the table.
  private final class Doubter: Policy {
    let needsPrivilegedState = true
    private let driver = ScriptedExpert()
    private var context: PolicyContext?
    /// What the newcomers wanted of the gripper.
    private(set) var answers: [Double] = []

    func beginEpisode(_ context: PolicyContext) {
      self.context = context
      driver.beginEpisode(context)
    }

    func beginCommand(_ instruction: String) { driver.beginCommand(instruction) }

    func act(_ observation: Observation) throws -> ActionChunk {
      let chunk = try driver.act(observation)
      guard let context, let truth = observation.privileged, let target = truth.command.bindings["target"] else {
        return chunk
      }
      let rise =
        truth.state.worldFromBody[target].position.z - truth.stateAtStart.worldFromBody[target].position.z
      if rise > 0.015, chunk.actions[0].last! == 1 {
        let newcomer = ScriptedExpert()
        newcomer.beginEpisode(context)
        newcomer.beginCommand(observation.instruction)
        answers.append(try newcomer.act(observation).actions[0].last!)
      }
      return chunk
    }
  }

  @Test("is told nothing and still holds on to what the hand holds", arguments: ["pick_up", "lift", "place_on"])
  func holdsOn(command: String) throws {
    let plan = try ExperimentLoader.load(
      path: shippedExperiment("tabletop"), overrides: ["randomization=full", "schedule={single: [\(command)]}"]
    ).plan
    let doubter = Doubter()
    let runner = EpisodeRunner(plan: plan, policy: doubter, renderer: nil, recording: .withoutImages)
    for episode in 0..<3 { #expect(runner.run(episode).record.outcome == .success) }
    #expect(doubter.answers.count > 20)
    #expect(doubter.answers.allSatisfy { $0 == 1 })
  }

  /// Drives as the expert does, and notes how far the target is from its support while it is on the way there.
  private final class Watcher: Policy {
    let needsPrivilegedState = true
    private let driver = ScriptedExpert()
    private var context: PolicyContext?
    private(set) var places: [(aside: Double, above: Double, gripper: Double)] = []

    func beginEpisode(_ context: PolicyContext) {
      self.context = context
      places = []
      driver.beginEpisode(context)
    }

    func beginCommand(_ instruction: String) { driver.beginCommand(instruction) }

    func act(_ observation: Observation) throws -> ActionChunk {
      let chunk = try driver.act(observation)
      guard let context, let truth = observation.privileged, let target = truth.command.bindings["target"],
        let support = truth.command.bindings["support"]
      else { return chunk }
      let carried = context.scene.worldBounds(of: target, in: truth.state)
      let place = context.scene.worldBounds(of: support, in: truth.state)
      places.append(
        ((carried.center - place.center).planarLength, carried.minimum.z - place.maximum.z, chunk.actions[0].last!))
      return chunk
    }
  }

  @Test("comes in low with what it sets down, and lets go as soon as it is over its support")
  func setsDown() throws {
    let plan = try ExperimentLoader.load(
      path: shippedExperiment("tabletop"), overrides: ["randomization=full", "schedule={single: [place_on]}"]
    ).plan
    let watcher = Watcher()
    let runner = EpisodeRunner(plan: plan, policy: watcher, renderer: nil, recording: .withoutImages)
    for episode in 0..<3 {
      #expect(runner.run(episode).record.outcome == .success)
      let arrival = try #require(watcher.places.firstIndex { $0.aside < 0.05 && $0.above > 0 })
      let release = try #require(watcher.places[arrival...].firstIndex { $0.gripper < 0 })
      let way = watcher.places[arrival...release]
      #expect(way.allSatisfy { $0.above < 0.07 })
      #expect(watcher.places[release].aside < 0.02 && watcher.places[release].above < 0.02)
    }
  }
}
