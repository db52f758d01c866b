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
}
