public import RehearsalCore

extension ExperimentLoader {
  /// Whether the file at `path` describes a scene, not an experiment; false if it cannot be read.
  public static func isScene(at path: String) -> Bool {
    let root = YAMLDocument.read(path, log: DiagnosticLog())
    return root?.mapping { !$0.has("scene") && $0.has("robot") && $0.has("lights") } ?? false
  }

  /// An experiment in which the scene at `path` can be looked at and its robot driven about: one command without a
  /// goal, the widest action space that the robot has.
  public static func load(scene path: String, overrides: [String] = []) throws(AuthoringError) -> LoadedExperiment {
    let scene = try SceneLoader.load(path: path).scene
    let log = DiagnosticLog()
    let changes = overrides.compactMap { YAMLOverride($0, log: log) }
    let source = YAMLSource(file: path, directory: "/", overrides: changes)
    let text = experiment(of: scene, at: YAMLSource.absolute(path))
    return try load(YAMLDocument.read(text: text, from: source, log: log), defaultName: scene.name, log: log)
  }

  private static func experiment(of scene: SceneModel, at path: String) -> String {
    let robot = scene.robot
    let space: ActionSpace =
      robot.arm == nil ? .baseTwist : robot.drive == nil ? .endEffectorDelta : .mobileManipulator
    // What is as small as what a policy sees: the robot's own cameras, and those that look at it.
    let small = scene.cameras.filter { $0.body != nil || $0.width <= 320 }.map(\.name)
    let names = scene.cameras.map(\.name)
    return """
      scene: \(quoted(path))
      commands:
        - commands:
            - name: look
              category: look
              expert: stop
              steps: 1000000
              success: {any: []}
              phrasings: {train: ["\(freeText)"]}
      schedule: {single: all}
      actionSpace: \(space.name)
      controlHz: 20
      cameras: [\((small.isEmpty ? names : small).map(quoted).joined(separator: ", "))]
      reviewerCamera: \(quoted(names.contains("reviewer") ? "reviewer" : names.first ?? ""))
      policy: zero
      """
  }

  /// What the one command says.
  static let freeText = "Look around"

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
