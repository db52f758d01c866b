internal import Foundation
public import RehearsalCore

/// Reads training files.
public enum TrainingLoader {
  /// Reads the training at `path`, with each `key.path=value` of `overrides` applied before it is decoded.
  ///
  /// Throws every fault of the file at once. What demonstrations and experiment hold is not looked at.
  public static func load(path: String, overrides: [String] = []) throws(AuthoringError) -> TrainingPlan {
    let log = DiagnosticLog()
    let changes = overrides.compactMap { YAMLOverride($0, log: log) }
    let folder = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().lastPathComponent
    let root = YAMLDocument.read(path, overrides: changes, log: log)
    let plan = root.flatMap { root in root.mapping { TrainingDecoder($0).plan(defaultName: folder) } }
    try log.check()
    return plan!
  }
}
