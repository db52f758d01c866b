import RehearsalCore
import TestSupport
import Testing

@testable import Authoring

/// The shipped commands of one file.
func shippedCommands(_ file: String) throws -> [CommandModel] {
  let log = DiagnosticLog()
  let root = try #require(YAMLDocument.read("\(packageRoot)/Scenes/commands/\(file).yaml", log: log))
  let commands = CommandDecoder.read(root)
  try log.check()
  return commands.map(\.model)
}

@Suite("Commands") struct CommandTests {
  @Test(
    "every shipped command has at least 12 phrasings, at least 3 of them held out", arguments: ["drive", "manipulate"])
  func phrasings(file: String) throws {
    for command in try shippedCommands(file) {
      #expect(command.phrasings.count >= 12, "\(command.name)")
      #expect(command.phrasings.count(where: \.isHeldOut) >= 3, "\(command.name)")
    }
  }

  @Test("no two shipped commands say the same", arguments: ["drive", "manipulate"])
  func unambiguous(file: String) throws {
    let commands = try shippedCommands(file)
    var meanings: [[PhrasingTemplate.Word]] = []
    for phrasing in commands.flatMap(\.phrasings) {
      let words = PhrasingTemplate(phrasing.text).words
      #expect(!meanings.contains(words), "\(phrasing.text)")
      meanings.append(words)
    }
  }

  @Test("every command of the issue is there")
  func complete() throws {
    let names = try (shippedCommands("drive") + shippedCommands("manipulate")).map(\.name)
    #expect(
      names == [
        "move_forward", "move_backward", "turn_left", "turn_right", "stop", "go_to", "reach", "push_left", "push_right",
        "push_forward", "pick_up", "lift", "place_on", "place_in", "open_drawer", "close_drawer", "press_button",
      ])
  }

  @Test("a sentence is matched whatever its case and punctuation, and names its slots")
  func matches() throws {
    let library = CommandLibrary(commands: try shippedCommands("drive"))
    let match = try #require(library.match("  go to THE Red box!"))
    #expect(library.commands[match.command].name == "go_to")
    #expect(match.labels == ["target": ObjectLabel(color: "red", shape: "box")])
    #expect(library.match("Stop.").map { library.commands[$0.command].name } == "stop")
    #expect(library.match("Go to the crimson box") == nil)
    #expect(library.match("Go to the red house") == nil)
    #expect(library.nearestPhrasing(to: "turn lfet") == "Turn left")
  }

  @Test("two slots are told apart, and a slot's only noun need not be a hole")
  func slots() throws {
    let library = CommandLibrary(commands: try shippedCommands("manipulate"))
    let stack = try #require(library.match("Put the red block on the blue block"))
    #expect(stack.labels["target"]?.color == "red")
    #expect(stack.labels["support"]?.color == "blue")
    let drawer = try #require(library.match("open the brown drawer"))
    #expect(drawer.labels == ["target": ObjectLabel(color: "brown", shape: "drawer")])
    #expect(library.match("Open the drawer")?.labels == [:])
  }

  @Test("predicates are read with their slots, units and directions")
  func predicates() throws {
    let commands = try shippedCommands("drive") + shippedCommands("manipulate")
    func success(_ name: String) -> Predicate? { commands.first { $0.name == name }?.success }
    #expect(success("turn_right") == .turned(angle: -60 * .pi / 180))
    #expect(success("stop") == .stopped(linearSpeed: 0.02, angularSpeed: 0.05))
    #expect(
      success("push_right")
        == .all([
          .pushed(slot: "target", direction: Vector3(0, -1, 0), distance: 0.1), .keptSupport(slot: "target"),
        ]))
    #expect(success("open_drawer") == .openedBeyond(slot: "target", position: 0.12))
  }

  @Test("faults of a command are all told")
  func commandFaults() {
    let text = """
      commands:
        - name: poke
          category: touch
          expert: pusch
          steps: 0
          slots: {target: [box, ball]}
          success: {all: [{pushed: {slot: targt, direction: up, distance: 0.1}}, {nera: {slot: target}}]}
          requires: ["free({thing})"]
          phrasings: {train: ["Poke the {target.color} thing", "Poke the {target.size} {target.color} {target.shape}", "Poke the {target.color} {target.shape"]}
      """
    #expect(
      faults(text) { _ = CommandDecoder.read($0) } == [
        "scene.yaml:4:13: error: commands[0].expert: \"pusch\" is not one of drive, turn, stop, goTo, reach, push, pick, "
          + "placeOn, placeIn, openDrawer, closeDrawer, pressButton; did you mean \"push\"?",
        "scene.yaml:5:12: error: commands[0].steps: must be between 1 and 1000000",
        "scene.yaml:7:37: error: commands[0].success.all[0].pushed.slot: the command has no slot \"targt\"; "
          + "did you mean \"target\"?",
        "scene.yaml:7:55: error: commands[0].success.all[0].pushed.direction: \"up\" is not one of forward, backward, "
          + "left, right",
        "scene.yaml:7:77: error: commands[0].success.all[1].nera: unknown key; did you mean \"near\"?",
        "scene.yaml:8:16: error: commands[0].requires[0]: the command has no slot \"thing\"",
        "scene.yaml:9:25: error: commands[0].phrasings.train[0]: must name {target.color} and {target.shape}",
        "scene.yaml:9:58: error: commands[0].phrasings.train[1]: {target.size} is not {slot.color} or {slot.shape}",
        "scene.yaml:9:114: error: commands[0].phrasings.train[2]: {target.shape is not {slot.color} or {slot.shape}",
        "scene.yaml:9:114: error: commands[0].phrasings.train[2]: must name {target.color} and {target.shape}",
      ])
  }
}
