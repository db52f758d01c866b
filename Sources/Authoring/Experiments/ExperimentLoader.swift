internal import Foundation
public import RehearsalCore
internal import Yams

/// An experiment file and everything it refers to, read and checked.
public struct LoadedExperiment: Sendable {
  public var plan: ExperimentPlan
  /// Every file read, absolute, in the order of reading.
  public var sourceFiles: [String]
  /// The experiment as canonical JSON, overrides applied, with its scene, commands and randomization written out.
  ///
  /// `ExperimentLoader.load(resolved:)` reads it back; only the robot's folder must still be there.
  public var resolved: String
  /// The names of the randomization presets beside the scene.
  public var presets: [String]
}

/// Reads experiment files.
public enum ExperimentLoader {
  /// Reads the experiment at `path`, with each `key.path=value` of `overrides` applied before it is decoded.
  ///
  /// Throws every fault of all files at once.
  public static func load(path: String, overrides: [String] = []) throws(AuthoringError) -> LoadedExperiment {
    let log = DiagnosticLog()
    let changes = overrides.compactMap { YAMLOverride($0, log: log) }
    let folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().lastPathComponent
    return try load(YAMLDocument.read(path, overrides: changes, log: log), defaultName: folder, log: log)
  }

  /// Reads what an earlier load gave as `resolved`, such as the experiment in a run's `run.json`.
  public static func load(resolved: String) throws(AuthoringError) -> LoadedExperiment {
    let log = DiagnosticLog()
    let source = YAMLSource(file: "resolved experiment", directory: "/")
    return try load(YAMLDocument.read(text: resolved, from: source, log: log), defaultName: "experiment", log: log)
  }

  static func load(
    _ root: YAMLReader?, defaultName: String, log: DiagnosticLog
  ) throws(AuthoringError) -> LoadedExperiment {
    let draft = root.flatMap { root in
      root.mapping { ExperimentDraft($0, defaultName: defaultName, log: log) }
    }
    try log.check()
    let plan = draft!.plan()
    try log.check()
    return LoadedExperiment(
      plan: plan!, sourceFiles: log.files, resolved: CanonicalJSON(draft!.resolved).text, presets: draft!.presets)
  }
}
