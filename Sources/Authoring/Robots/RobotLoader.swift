/// Reads a robot: a folder with a `robot.yaml` and the URDFs that it names.
public enum RobotLoader {
  /// The robot in `directory`, standing at its home. Throws `AuthoringError` with every fault of every file.
  ///
  /// The keys of `robot.yaml` are described by `RobotDescription` and by the comments of the robots in `Assets/robots`.
  public static func load(directory: String) throws -> RobotFragment {
    let log = DiagnosticLog()
    let file = AssetPath.join(directory, "robot.yaml")
    let description = YAMLDocument.read(file, log: log)?.mapping { RobotDescription($0) }
    try log.check()
    return try load(description!, file: file, log: log)
  }

  private static func load(_ description: RobotDescription, file: String, log: DiagnosticLog) throws -> RobotFragment {
    let parts = description.parts.map { $0.assemblyPart(relativeTo: AssetPath.folder(of: file)) }
    let assembly = URDFAssembly(parts: parts, rootIsFixed: description.rootIsFixed, log: log)
    try log.check()
    var articulation = assembly!.fragment
    articulation.name = description.name
    articulation.selfCollides = description.selfCollides
    articulation.sourceFiles.insert(file, at: 0)
    let binder = RobotBinder(articulation: articulation, description: description)
    let fragment = binder.fragment()
    try log.check()
    return fragment
  }
}
