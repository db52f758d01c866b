import Foundation
import RehearsalCore
import Rendering
import TestSupport
import Testing

@testable import Rollout

/// Counts what it is shown, and stops the episode before a step.
private final class CountingSpectator: EpisodeSpectator {
  var states: [SceneState] = []
  var ends: [EpisodeOutcome] = []
  var goals: [GoalPart] = []
  var stopsAt: Int?

  func episodeBegins(_ index: Int, _ setup: EpisodeSetup) { states = [] }

  func see(_ state: SceneState, _ observation: Observation, _ task: TaskMonitor, progress: Double) throws {
    states.append(state)
    if states.count - 1 == stopsAt { throw EpisodeAbandoned() }
  }

  func commandEnds(_ outcome: EpisodeOutcome, _ state: SceneState, _ task: TaskMonitor, progress: Double) {
    states.append(state)
    goals = task.goals(in: state)
  }

  func episodeEnds(_ outcome: EpisodeOutcome) { ends.append(outcome) }
}

@Suite("Watching an episode")
struct SpectatorTests {
  private func run(_ plan: ExperimentPlan, spectator: CountingSpectator?) -> FinishedEpisode {
    EpisodeRunner(
      plan: plan, policy: ClosurePolicy { _ in ActionChunk([1, 0]) }, renderer: nil, recording: .withoutImages,
      spectator: spectator
    ).run(0)
  }

  @Test("a spectator sees every state, the last one too, and changes no bit")
  func seesAll() {
    let spectator = CountingSpectator()
    let watched = run(.drive([.forward(distance: 0.5)]), spectator: spectator)
    let alone = run(.drive([.forward(distance: 0.5)]), spectator: nil)
    #expect(watched.record.stateHash == alone.record.stateHash)
    #expect(spectator.states.count == watched.record.steps + 1)
    #expect(spectator.states.last?.flattened == watched.trajectory?.finalState)
    #expect(spectator.ends == [.success])
    #expect(spectator.goals.map(\.text) == ["forward by 50 cm"] && spectator.goals[0].value.isSatisfied)
  }

  @Test("a spectator that wants no more ends the episode as invalid, with what was recorded until then")
  func abandons() {
    let spectator = CountingSpectator()
    spectator.stopsAt = 3
    let episode = run(.drive([.forward(distance: 0.5)]), spectator: spectator)
    #expect(episode.record.outcome == .invalid(reason: "abandoned by the person who watches"))
    #expect(episode.record.steps == 3 && episode.trajectory?.count == 3)
  }

  @Test("wheels touch the ground under the robot: contacts know where they are")
  func contactPoints() throws {
    let spectator = CountingSpectator()
    _ = run(.drive([.forward(distance: 0.5)]), spectator: spectator)
    let state = try #require(spectator.states.first)
    let wheel = BodyID(2)
    let contact = try #require(state.contacts.first { $0.first == wheel || $0.second == wheel })
    let place = state.worldFromBody[wheel].position
    #expect((contact.point - Vector3(place.x, place.y, 0)).length < 0.005, "\(contact.point) under \(place)")
  }

  @Test("goals are said in words with what they are bound to")
  func words() {
    let scene = SceneModel.drive()
    let words = PredicateWords(scene: scene, bindings: ["target": BodyID(4)])
    #expect(words.text(of: .near(slot: "target", distance: 0.3)) == "within 30 cm of the red box")
    #expect(words.text(of: .moved(distance: -1.5)) == "back by 1.5 m")
    #expect(words.text(of: .turned(angle: .pi / 2)) == "turned left by 90°")
    #expect(
      words.text(of: .pushed(slot: "target", direction: Vector3(0, -1, 0), distance: 0.1))
        == "the red box pushed right by 10 cm")
    #expect(words.text(of: .pressed(slot: "target", travel: 0.008)) == "the red box pressed by 8 mm")
    #expect(words.text(of: .not(.handEmpty)) == "not: hand empty")
  }
}
