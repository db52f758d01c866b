internal import RehearsalCore

/// The directory of one run: `run.json`, `sources/`, `episodes.jsonl`, `trajectories.hdf5`, `summary.json`, `videos/`,
/// `report.html`, and `baselines/<policy>/`, each of which is a run directory itself.
public struct RunDirectory: Hashable, Sendable {
  public let path: String

  public var manifestPath: String { path + "/run.json" }
  public var sourcesPath: String { path + "/sources" }
  public var journalPath: String { path + "/episodes.jsonl" }
  public var trajectoriesPath: String { path + "/trajectories.hdf5" }
  public var summaryPath: String { path + "/summary.json" }
  public var reportPath: String { path + "/report.html" }
  public var videosPath: String { path + "/videos" }
  /// Where trajectories lie until `EpisodeStore.finish` gathers them.
  var partsPath: String { path + "/episodes" }

  /// Makes the directory of a new run; `run.json` is its first file.
  ///
  /// Throws if there is a run already, or anything else, or the directory cannot be written.
  public static func create(at path: String, manifest: RunManifest, sources: SourceSnapshot) throws -> RunDirectory {
    let directory = RunDirectory(path: path)
    try directory.refuseOccupied()
    try DiskFile.makeDirectory(path)
    try DiskFile.write(Array(manifest.json.prettyText.utf8), to: directory.manifestPath)
    try sources.write(to: directory.sourcesPath)
    return directory
  }

  /// Opens the directory of a run to read it.
  public static func open(at path: String) throws -> RunDirectory {
    let directory = RunDirectory(path: path)
    guard DiskFile.exists(directory.manifestPath) else {
      throw RehearsalError(
        .unreadable, "\(path) is not the directory of a run: it has no run.json",
        remedy: "give the directory that `rehearse run --out` made")
    }
    return directory
  }

  /// Opens the directory of a run to continue it, or makes it if there is none.
  ///
  /// Throws if the run there is another one: other experiment, overrides, seed or policy.
  public static func resume(at path: String, manifest: RunManifest, sources: SourceSnapshot) throws -> RunDirectory {
    let directory = RunDirectory(path: path)
    guard DiskFile.exists(directory.manifestPath) else {
      return try create(at: path, manifest: manifest, sources: sources)
    }
    let differences = try directory.manifest().differences(from: manifest)
    guard differences.isEmpty else {
      throw RehearsalError(
        .mismatch, "\(path) is the directory of another run: \(differences.joined(separator: "; "))",
        remedy: "choose another --out, or repeat the command that made it")
    }
    try sources.write(to: directory.sourcesPath)
    return directory
  }

  public func manifest() throws -> RunManifest { try RunManifest(path: manifestPath) }

  /// The directory of a baseline policy's run on the same episodes; it need not exist.
  public func baselinePath(of policy: String) -> String {
    path + "/baselines/" + policy.replacing("/", with: "_")
  }

  /// The baselines there are, by name.
  public func baselines() throws -> [(policy: String, directory: RunDirectory)] {
    try DiskFile.names(in: path + "/baselines").compactMap { name in
      let directory = RunDirectory(path: path + "/baselines/" + name)
      return DiskFile.exists(directory.manifestPath) ? (try directory.manifest().policy, directory) : nil
    }
  }

  /// Replaces a file of the run; after a crash it is either as before or complete. Missing folders are made.
  public func write(_ text: String, to name: String) throws {
    let target = path + "/" + name
    try DiskFile.makeDirectory(DiskFile.directory(of: target))
    try DiskFile.write(Array(text.utf8), to: target)
  }

  private func refuseOccupied() throws {
    let names = try DiskFile.names(in: path).filter { !$0.hasSuffix(DiskFile.partialSuffix) }
    if names.isEmpty { return }
    guard names.contains("run.json") else {
      throw RehearsalError(
        .mismatch, "\(path) holds files that are not a run's, such as \(names[0])",
        remedy: "choose a new or empty directory with --out")
    }
    let found = try? manifest()
    let what = found.map { "\($0.name), policy \($0.policy), seed \($0.seed)" } ?? "an unreadable one"
    throw RehearsalError(
      .mismatch, "\(path) holds a run already: \(what)",
      remedy: "choose another --out, or continue that run with --resume")
  }
}
