import RehearsalCore
import Rollout
import TestSupport
import Testing

/// The scripted expert, stone deaf: it does what the episode drew, whatever is said.
private final class DeafExpert: Policy {
  private let expert = ScriptedExpert()
  let needsPrivilegedState = true
  let needsImages = false

  func beginEpisode(_ context: PolicyContext) { expert.beginEpisode(context) }
  func beginCommand(_ instruction: String) { expert.beginCommand(instruction) }

  func act(_ observation: Observation) throws -> ActionChunk {
    var observation = observation
    if let command = observation.privileged?.command { observation.privileged?.command = command.unswapped }
    return try expert.act(observation)
  }
}

/// Goes to what was drawn, and then to what was said.
private final class SlowListener: Policy {
  private let experts = (deaf: DeafExpert(), listening: ScriptedExpert())
  private let patience: Int
  let needsPrivilegedState = true
  let needsImages = false

  init(patience: Int) { self.patience = patience }
  func beginEpisode(_ context: PolicyContext) {
    experts.deaf.beginEpisode(context)
    experts.listening.beginEpisode(context)
  }
  func act(_ observation: Observation) throws -> ActionChunk {
    try observation.tick < patience ? experts.deaf.act(observation) : experts.listening.act(observation)
  }
}

@Suite("Language interventions") struct LanguageInterventionTests {
  /// A box and a ball, so far apart that the robot stands before one of them.
  private func plan(
    _ language: LanguageIntervention, _ commands: [CommandModel]? = nil, steps: Int = 200
  ) -> ExperimentPlan {
    var goTo = CommandModel.goTo(steps: steps)
    goTo.success = .all([.near(slot: "target", distance: 0.2), .facing(slot: "target", angle: 0.3)])
    var plan = ExperimentPlan.drive(commands ?? [goTo], rule: .redraw)
    plan.placements[0].clearance = 0.6
    plan.language = language
    return plan
  }

  private func run(
    _ plan: ExperimentPlan, episodes: Int = 8, policy: @autoclosure () -> any Policy
  ) -> [EpisodeRecord] {
    let runner = EpisodeRunner(plan: plan, policy: policy(), renderer: nil, recording: .none)
    return (0..<episodes).map { runner.run($0).record }
  }

  private func swaps(_ records: [EpisodeRecord]) -> [SwapResult?] { records.map { $0.commands.first?.swap } }

  @Test("the words change and nothing else: same bodies, same places, same appearance")
  func sameEpisodes() throws {
    for index in 0..<20 {
      let given = try EpisodeSampler(plan: plan(.given)).draw(index)
      for language in [LanguageIntervention.blank, .swapped, .heldout] {
        let other = try EpisodeSampler(plan: plan(language)).draw(index)
        #expect(other.initialState == given.initialState)
        #expect(other.scene.bodies == given.scene.bodies)
        #expect(other.appearance == given.appearance)
        #expect(other.commands[0].unswapped.bindings == given.commands[0].bindings)
        #expect(other.sampled.filter { !$0.name.hasPrefix("swap.") } == given.sampled)
      }
    }
  }

  @Test("a swap says the same of the other body that is present, and leaves what was drawn in the record")
  func swappedWords() throws {
    for index in 0..<20 {
      let (given, swapped) = (
        try EpisodeSampler(plan: plan(.given)).draw(index), try EpisodeSampler(plan: plan(.swapped)).draw(index)
      )
      let words = ["Go to the red box", "Go to the blue ball"]
      #expect(Set([given.commands[0].instruction, swapped.commands[0].instruction]) == Set(words))
      #expect(swapped.sampled.contains { $0.name == "swap.target" })
    }
  }

  @Test("a swap names no body that is absent, a distractor or of a kind that does not fit")
  func fitting() throws {
    var absent = plan(.swapped)
    absent.placements[0].count = 1...1
    var distractor = plan(.swapped)
    distractor.placements = [BodyID(4), BodyID(5)].map { body in
      var group = absent.placements[0]
      (group.bodies, group.isDistractor) = ([body], body == BodyID(5))
      return group
    }
    var choosy = plan(.swapped)
    choosy.commands[0].slots[0].shapes = ["box"]
    for plan in [absent, distractor, choosy] {
      #expect(run(plan, policy: ScriptedExpert()).allSatisfy { $0.commands.map(\.outcome) == ["notSwappable"] })
    }
  }

  @Test("of two slots only one is swapped, and never for the other's body")
  func oneSlot() throws {
    var model = CommandModel.goTo()
    model.slots.append(CommandSlot(name: "other", shapes: ["box", "ball"]))
    model.phrasings = [Phrasing(text: "Go from the {other.color} {other.shape} to the {target.color} {target.shape}")]
    let command = try EpisodeSampler(plan: plan(.swapped, [model])).draw(0).commands[0]
    #expect(command.bindingsBeforeSwap == nil, "there are two bodies, and the command means both")
  }

  @Test("the expert follows the swapped words in every episode")
  func expertFollows() {
    let records = run(plan(.swapped), policy: ScriptedExpert())
    #expect(swaps(records) == Array(repeating: .followed, count: 8))
    #expect(records.allSatisfy { $0.outcome == .success })
  }

  @Test("a policy that does not listen reaches the goal that was drawn, and fails")
  func deaf() {
    let records = run(plan(.swapped), policy: DeafExpert())
    #expect(swaps(records) == Array(repeating: .original, count: 8))
    #expect(records.allSatisfy { $0.outcome == .timeLimit && $0.steps == 200 })
  }

  @Test("one that goes to the drawn goal first and then to the said one made a detour")
  func detour() {
    let records = run(plan(.swapped, steps: 400), policy: SlowListener(patience: 120))
    #expect(swaps(records) == Array(repeating: .detour, count: 8))
  }

  @Test("one that does nothing reaches neither")
  func zero() {
    #expect(swaps(run(plan(.swapped, steps: 5), policy: ZeroPolicy())) == Array(repeating: .neither, count: 8))
  }

  @Test("commands without slots have no words to swap, and count in no rate")
  func noSlots() {
    let record = run(plan(.swapped, [.forward()]), episodes: 1, policy: ScriptedExpert())[0]
    #expect(record.commands.map(\.outcome) == ["notSwappable"])
    #expect(record.outcome == .invalid(reason: "there was nothing to do: notSwappable"))
    #expect(record.steps == 0)
  }

  @Test("blank words are the empty string, and the goal is that of the command not heard")
  func blank() throws {
    var heard: Set<String> = []
    let policy = ClosurePolicy {
      heard.insert($0.instruction)
      return ActionChunk([0, 0])
    }
    #expect(run(plan(.blank, steps: 3), policy: policy).allSatisfy { $0.commands[0].instruction.isEmpty })
    #expect(heard == [""])
    #expect(run(plan(.blank), policy: ScriptedExpert()).allSatisfy { $0.outcome == .success })
  }

  @Test("held-out words are held-out phrasings of the same target")
  func heldOut() throws {
    for index in 0..<10 {
      let (given, heldOut) = (
        try EpisodeSampler(plan: plan(.given)).draw(index).commands[0],
        try EpisodeSampler(plan: plan(.heldout)).draw(index).commands[0]
      )
      #expect(heldOut.isHeldOut && !given.isHeldOut)
      #expect(heldOut.instruction == given.instruction.replacing("Go to", with: "Approach"))
    }
  }
}
