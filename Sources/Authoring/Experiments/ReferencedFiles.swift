internal import Foundation
internal import RehearsalCore
internal import Yams

/// The scene, command files, robot and randomization that an experiment names, or holds inline.
struct ReferencedFiles {
  var scene: LoadedScene?
  var commands: [AuthoredCommand] = []
  var randomization: RandomizationPlan
  /// The names of the presets that there are for the scene.
  var presets: [String]
  /// The experiment's tree with these written out.
  var resolved: Node

  init(_ map: YAMLMapping, log: DiagnosticLog) {
    var tree = map.reader.node.mapping ?? Node.Mapping([])
    let robotPath = map.has("robot") ? map.path("robot") : nil
    let robot = robotPath.flatMap { Self.robot($0, at: map, log: log) }
    if let robotPath { tree[Node("robot")] = Node(robotPath) }

    let sceneReader = map.required("scene").flatMap { $0.isMapping ? $0 : Self.open(map, "scene", log) }
    if let sceneReader {
      scene = SceneLoader.read(sceneReader, robot: robot)
      tree[Node("scene")] = Self.withAbsoluteRobot(sceneReader)
    }
    let commandReaders = map.required("commands")?.elements.flatMap { Self.commands($0, log) } ?? []
    commands = commandReaders.flatMap(\.commands)
    tree[Node("commands")] = Node.sequence(Node.Sequence(commandReaders.map(\.tree)))

    let presets = URL(fileURLWithPath: sceneReader?.source.file ?? ".").deletingLastPathComponent()
    let decoder = RandomizationDecoder(presetDirectory: presets.appendingPathComponent("randomization").path)
    let (plan, factors) = decoder.decode(map.child("randomization"), log: log)
    // All presets, so that a copy of the sources can be drawn again under any of them.
    decoder.presetFiles.forEach(log.noteRead)
    self.presets = decoder.presetNames
    randomization = plan
    tree[Node("randomization")] = factors
    resolved = .mapping(tree)
    reportRepeatedCommands()
  }

  private static func open(_ map: YAMLMapping, _ key: String, _ log: DiagnosticLog) -> YAMLReader? {
    map.path(key).flatMap { YAMLDocument.read($0, log: log) }
  }

  private static func robot(_ path: String, at map: YAMLMapping, log: DiagnosticLog) -> RobotFragment? {
    do {
      let robot = try RobotLoader.load(directory: path)
      robot.articulation.sourceFiles.forEach(log.noteRead)
      return robot
    } catch let error as AuthoringError {
      error.diagnostics.forEach(log.report)
    } catch {
      map.error("robot", "\(error)")
    }
    return nil
  }

  /// The scene's tree, its robot's folder no longer relative to the file.
  private static func withAbsoluteRobot(_ scene: YAMLReader) -> Node {
    var tree = scene.node
    guard let path = tree["robot"]?["path"]?.string else { return tree }
    let base = URL(fileURLWithPath: scene.source.directory, isDirectory: true)
    tree["robot"]?["path"] = Node(URL(fileURLWithPath: path, relativeTo: base).standardizedFileURL.path)
    return tree
  }

  /// An element of `commands`: a file of commands, or a mapping that is one itself.
  private static func commands(
    _ reader: YAMLReader, _ log: DiagnosticLog
  ) -> [(commands: [AuthoredCommand], tree: Node)] {
    if reader.isMapping { return [(CommandDecoder.read(reader), reader.node)] }
    guard let text = reader.text else { return [] }
    let base = URL(fileURLWithPath: reader.source.directory, isDirectory: true)
    let path = URL(fileURLWithPath: text, relativeTo: base).standardizedFileURL.path
    guard FileManager.default.fileExists(atPath: path) else {
      reader.error("no such file or folder: \(text) (paths start from the folder of this file)")
      return []
    }
    return YAMLDocument.read(path, log: log).map { [(CommandDecoder.read($0), $0.node)] } ?? []
  }

  private func reportRepeatedCommands() {
    for (index, command) in commands.enumerated()
    where commands[..<index].contains(where: { $0.model.name == command.model.name }) {
      command.place.error("there is already a command \"\(command.model.name)\"")
    }
  }
}
