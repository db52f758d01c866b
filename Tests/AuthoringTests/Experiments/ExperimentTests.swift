import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Authoring

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("rehearsal-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }
}

@Suite("Experiments") struct ExperimentTests {
  private let goTo = shippedExperiment("arena_goto")
  private let header = """
    scene: \(packageRoot)/Scenes/arena.yaml
    commands: [\(packageRoot)/Scenes/commands/drive.yaml]
    """
  private let rest = "actionSpace: baseTwist\ncontrolHz: 10\ncameras: [front]\npolicy: zero\n"

  private func faults(_ path: String, _ overrides: [String] = []) -> [String] {
    do { _ = try ExperimentLoader.load(path: path, overrides: overrides) } catch {
      return error.diagnostics.map { $0.description.replacing(packageRoot + "/", with: "") }
    }
    return []
  }

  @Test("seed, episodes, policy and recording leave the protocol id; what numbers depend on changes it")
  func protocolID() throws {
    let id = try ExperimentLoader.load(path: goTo).plan.protocolID
    for same in [
      "seed=9", "episodes=3", "policy=random", "baselines=[]", "record={images: true}", "name=other",
      "language=given",
    ] {
      #expect(try ExperimentLoader.load(path: goTo, overrides: [same]).plan.protocolID == id, "\(same)")
    }
    for other in [
      "latencyTicks=1", "steps=200", "randomization=light", "quality=reviewer", "phrasings=heldout",
      "language=swapped", "imageSize=96", "physicsHz=480",
    ] {
      #expect(try ExperimentLoader.load(path: goTo, overrides: [other]).plan.protocolID != id, "\(other)")
    }
  }

  @Test("comments, the order of keys and ways to write a number leave the protocol id; a threshold changes it")
  func canonical() throws {
    let loaded = try ExperimentLoader.load(path: goTo)
    let folder = try TemporaryFolder()
    let shuffled = """
      # The same, said differently.
      cameras:   ["front"]
      controlHz: 1e1
      policy: zero
      actionSpace: baseTwist   # two numbers
      schedule:
        single:
          - go_to
      \(header)
      """
    let other = try ExperimentLoader.load(path: folder.write(shuffled, to: "experiment.yaml"))
    #expect(other.plan.protocolID == loaded.plan.protocolID)
    let nearer = loaded.resolved.replacing("\"distance\":0.3", with: "\"distance\":0.31")
    #expect(try ExperimentLoader.load(resolved: nearer).plan.protocolID != loaded.plan.protocolID)
  }

  @Test(
    "pictures have the size that is written for all cameras, or for each by name, or their own",
    arguments: [
      ("imageSize=96", [[96, 96], [96, 96]]), ("imageSize=[128, 64]", [[128, 64], [128, 64]]),
      ("imageSize={static: 112, wrist: [96, 80]}", [[112, 112], [96, 80]]),
      ("imageSize={wrist: 96}", [[224, 224], [96, 96]]),
    ])
  func imageSizes(_ override: String, _ sides: [[Int]]) throws {
    let path = shippedExperiment("tabletop")
    let plan = try ExperimentLoader.load(path: path, overrides: [override]).plan
    #expect(plan.cameras.map { [plan.scene.cameras[$0].width, plan.scene.cameras[$0].height] } == sides)
    #expect(plan.cameras.map { [plan.appearance.cameras[$0].width, plan.appearance.cameras[$0].height] } == sides)
  }

  @Test("a resolved experiment reads back as the same experiment", arguments: ["none", "full"])
  func resolved(preset: String) throws {
    let loaded = try ExperimentLoader.load(path: goTo, overrides: ["randomization=\(preset)", "seed=5"])
    let again = try ExperimentLoader.load(resolved: loaded.resolved)
    #expect(again.plan.protocolID == loaded.plan.protocolID)
    #expect(again.plan.seed == 5)
    #expect(again.plan.randomization == loaded.plan.randomization)
    #expect(again.resolved == loaded.resolved)
  }

  @Test("faults of the experiment, its commands and an override come together")
  func acrossFiles() throws {
    let folder = try TemporaryFolder()
    let commands =
      "commands: [{name: hop, category: move, expert: drive, steps: 5, success: {moved: 0}, phrasings: {train: [Hop]}}]"
    try folder.write(commands, to: "commands.yaml")
    let text =
      "scene: \(packageRoot)/Scenes/arena.yaml\ncommands: [commands.yaml]\nschedule: {single: all}\nlatency: 2\n" + rest
    let path = try folder.write(text, to: "experiment.yaml")
    #expect(
      faults(path, ["controlHz=fast"]).map { $0.replacing(folder.path + "/", with: "") } == [
        "commands.yaml:1:82: error: commands[0].success.moved: must not be 0",
        "--set controlHz=fast: error: controlHz: expected a whole number",
        "experiment.yaml:4:1: error: latency: unknown key; did you mean \"latencyTicks\"?",
      ])
  }

  @Test(
    "what does not fit together is told with what there is",
    arguments: [
      ("controlHz=7", "--set controlHz=7: error: controlHz: physicsHz 240 is not a multiple of controlHz 7"),
      (
        "actionSpace=endEffectorDelta",
        "--set actionSpace=endEffectorDelta: error: actionSpace: endEffectorDelta needs an arm and a gripper, "
          + "which the robot \"turtlebot\" lacks"
      ),
      (
        "cameras=[fornt]",
        "--set cameras=[fornt]: error: cameras[0]: there is no camera \"fornt\"; there are front, reviewer, overhead; "
          + "did you mean \"front\"?"
      ),
      (
        "imageSize={fornt: 96}",
        "--set imageSize={fornt: 96}: error: imageSize.fornt: the policy does not see \"fornt\"; did you mean \"front\"?"
      ),
      (
        "schedule.single=[goto]",
        "--set schedule.single=[goto]: error: schedule.single[0]: there is no command \"goto\"; did you mean \"go_to\"?"
      ),
      (
        "randomization=fulll",
        "--set randomization=fulll: error: randomization: there is no preset \"fulll\"; there are full, jitter, "
          + "light, none, training; did you mean \"full\"?"
      ),
      (
        "schedule={sequence: {sentences: [Trun left]}}",
        "--set schedule={sequence: {sentences: [Trun left]}}: error: schedule.sequence.sentences[0]: "
          + "no command says \"Trun left\"; the nearest phrasing is \"Turn left\""
      ),
      (
        "schedule={sequence: {sentences: [Go to the brown ball]}}",
        "--set schedule={sequence: {sentences: [Go to the brown ball]}}: error: schedule.sequence.sentences[0]: "
          + "the scene \"arena\" has no brown ball"
      ),
      (
        "commands=[../../Scenes/commands/drive.yaml, ../../Scenes/commands/manipulate.yaml]",
        ""
      ),
    ])
  func misfits(override: String, message: String) {
    #expect(faults(goTo, [override]) == (message.isEmpty ? [] : [message]))
  }

  @Test("a command that the scene or the robot cannot do is refused")
  func unreachable() {
    let commands = "commands=[../../Scenes/commands/manipulate.yaml]"
    #expect(
      faults(goTo, [commands, "schedule={single: [press_button]}"]) == [
        "--set schedule={single: [press_button]}: error: schedule.single[0]: the command \"press_button\" needs a button "
          + "for {target}: the scene \"arena\" has none",
        "--set schedule={single: [press_button]}: error: schedule.single[0]: the command \"press_button\" needs an arm, "
          + "which the robot \"turtlebot\" lacks",
      ])
  }

  @Test("a factor of a preset can be changed, switched off, or taken from another preset")
  func factors() throws {
    let change = "randomization={preset: full, camera: none, size: 1.1, image: jitter}"
    let plan = try ExperimentLoader.load(path: goTo, overrides: [change]).plan.randomization
    #expect(plan.preset == "full")
    #expect(plan.camera == nil)
    #expect(plan.size == .constant(1.1))
    #expect(plan.lighting?.count == 1...3)
    let image = try #require(plan.image)
    #expect(image.contrast == .uniform(0.7, 1.3))
    #expect(image.hueTurns == .uniform(-0.1, 0.1))
    #expect(image.gamma == .uniform(0.8, 1.2))
    #expect(image.gain == .uniform(0.8, 1.2))
    #expect(image.rotationDegrees == .uniform(-10, 10))
    #expect(image.grayscaleProbability == 0.1)
    #expect(image.shadowProbability == 0.2)
    #expect(image.shadowFactor == .uniform(0.7, 0.9))
  }

  @Test("disturbed actions change the protocol id; without them it is what it was before there were any")
  func disturbed() throws {
    let change = "randomization={actuation: {burstProbability: 0.1, burstTicks: [2, 8], magnitude: 0.7}}"
    let loaded = try ExperimentLoader.load(path: goTo, overrides: [change]).plan.randomization
    #expect(loaded.actuation == .init(burstProbability: 0.1, burstTicks: 2...8, magnitude: 0.7))
    let training = try ExperimentLoader.load(path: goTo, overrides: ["randomization=training"]).plan.randomization
    let disturbed = try #require(training.actuation)
    for preset in ["none", "light", "full"] {
      let plan = try ExperimentLoader.load(path: goTo, overrides: ["randomization=\(preset)"]).plan
      #expect(plan.randomization.actuation == nil)
    }
    var plan = ExperimentPlan.drive()
    #expect(plan.computedProtocolID == "035f8d838869ea71")
    plan.randomization.actuation = disturbed
    #expect(plan.computedProtocolID != "035f8d838869ea71")
  }

  @Test("words are swapped, blanked or held out of single commands only, and only where there are any")
  func language() throws {
    #expect(try ExperimentLoader.load(path: goTo, overrides: ["language=blank"]).plan.language == .blank)
    #expect(
      faults(shippedExperiment("sequence"), ["language=swapped"])
        == ["--set language=swapped: error: language: swapped needs a schedule of single commands"])
    let hop = "{name: hop, category: a, expert: drive, steps: 5, success: {moved: 1}, phrasings: {train: [Hop]}}"
    #expect(
      faults(goTo, ["commands=[{commands: [\(hop)]}]", "schedule={single: all}", "language=heldout"])
        == ["--set language=heldout: error: language: no phrasing is held out of hop"])
  }

  @Test("sentences become commands with labels and budgets")
  func sentences() throws {
    let plan = try ExperimentLoader.load(path: shippedExperiment("sequence")).plan
    guard case .sequence(let sentences) = plan.schedule else {
      Issue.record("\(plan.schedule)")
      return
    }
    #expect(sentences.map { plan.commands[$0.command].name } == ["move_forward", "turn_left", "stop", "go_to"])
    #expect(sentences.map(\.steps) == [100, 100, 100, 100])
    #expect(sentences[3].labels == ["target": ObjectLabel(color: "red", shape: "box")])
  }
}
