internal import Foundation
internal import RehearsalCore

/// The trajectories of a run: one file an episode while it goes on, all in `trajectories.hdf5` afterwards.
struct TrajectoryParts {
  let directory: RunDirectory

  func path(of episode: Int) -> String { "\(directory.partsPath)/episode_\(episode).hdf5" }

  func write(_ record: EpisodeRecord, _ trajectory: Trajectory, of dataset: DatasetDescription) throws {
    let path = path(of: record.index)
    try DiskFile.makeDirectory(directory.partsPath)
    try DiskFile.replace(path) { partial in
      try reportingWrites(to: path) {
        try HDF5File.write(to: partial, buffered: true) {
          try $0.makeGroup("data")
          try Demo($0, record.index).write(record, trajectory, of: dataset)
        }
      }
    }
  }

  /// Removes files of episodes that never reached the journal, and files that were being written.
  func removeUnfinished(recorded: Set<Int>) throws {
    for name in try DiskFile.names(in: directory.partsPath)
    where !(episode(ofPart: name).map(recorded.contains) ?? false) {
      try DiskFile.remove(directory.partsPath + "/" + name)
    }
    for name in try DiskFile.names(in: directory.path) where name.hasSuffix(DiskFile.partialSuffix) {
      try DiskFile.remove(directory.path + "/" + name)
    }
  }

  private func episode(ofPart name: String) -> Int? {
    guard name.hasPrefix("episode_"), name.hasSuffix(".hdf5") else { return nil }
    return Int(name.dropFirst(8).dropLast(5))
  }

  private func episodesInParts() throws -> Set<Int> {
    Set(try DiskFile.names(in: directory.partsPath).compactMap(episode(ofPart:)))
  }
}

/// Gathering.
extension TrajectoryParts {
  /// Makes `trajectories.hdf5` of what was gathered before and the files of single episodes, then removes these.
  ///
  /// Killed in the middle, it leaves the old file and all parts, or the new file and some.
  func gather(_ records: [EpisodeRecord], of dataset: DatasetDescription) throws {
    let parts = try episodesInParts()
    let target = directory.trajectoriesPath
    let gathered = DiskFile.exists(target) ? try TrajectoryFile(path: target) : nil
    let episodes = parts.union(gathered?.episodes ?? [])
    if parts.isEmpty && (gathered != nil || episodes.isEmpty) { return }
    let included = records.filter { episodes.contains($0.index) }
    try requireRoom(for: parts, besides: target)
    try DiskFile.replace(target) { partial in
      try reportingWrites(to: target) {
        try HDF5File.write(to: partial, buffered: false) { file in
          try copyDemos(of: included, parts: parts, gathered: target, to: file)
          try Header(file: file, dataset: dataset).write(included)
        }
      }
    }
    for episode in parts.sorted() { try DiskFile.remove(path(of: episode)) }
    rmdir(directory.partsPath)
  }

  private func copyDemos(
    of records: [EpisodeRecord], parts: Set<Int>, gathered: String, to file: HDF5File
  ) throws {
    let old = DiskFile.exists(gathered) ? try HDF5File(reading: gathered) : nil
    try file.makeGroup("data")
    for record in records {
      let demo = Demo.path(record.index)
      if parts.contains(record.index) {
        let part = try TrajectoryFile.reporting(path(of: record.index)) {
          try HDF5File(reading: path(of: record.index))
        }
        try file.copy(demo, from: part, to: demo)
      } else if let old {
        try file.copy(demo, from: old, to: demo)
      }
    }
  }

  /// A full disk is best noticed before anything is written.
  private func requireRoom(for parts: Set<Int>, besides target: String) throws {
    let needed = parts.reduce(DiskFile.size(of: target)) { $0 + DiskFile.size(of: path(of: $1)) }
    var status = statvfs()
    guard statvfs(directory.path, &status) == 0 else { return }
    let free = Int(status.f_bavail) * Int(status.f_frsize)
    if free < needed { throw DiskFile.failure("write", target, ENOSPC) }
  }

  private func reportingWrites(to path: String, _ body: () throws -> Void) throws {
    do { try body() } catch let failure as NativeFailure {
      throw RehearsalError(
        .diskFull, "cannot write \(path): \(failure.message)",
        remedy: "free some space there and continue the run with --resume; whole episodes are kept")
    }
  }
}

/// What a trajectory file says about itself, besides its episodes.
private struct Header {
  let file: HDF5File
  let dataset: DatasetDescription

  func write(_ records: [EpisodeRecord]) throws {
    let instruction = commonInstruction(of: records)
    try file.set("total", of: "data", to: records.reduce(0) { try $0 + Self.samples(of: $1, in: file) })
    try file.set("num_demos", of: "data", to: records.count)
    try file.set("env_args", of: "data", to: dataset.environmentArguments.text)
    try file.set("problem_info", of: "data", to: dataset.problemInfo(instruction: instruction).text)
    try file.set("language_instruction", of: "data", to: instruction)
    try file.set("macros_image_convention", of: "data", to: "opencv")
    try file.set("bddl_file_name", of: "data", to: "")
    try file.set("state_layout", of: "data", to: JSON.array(dataset.stateLayout.map(JSON.text)).text)
    try file.set("action_layout", of: "data", to: JSON.array(dataset.actionLayout.map(JSON.text)).text)
    try file.set("control_hz", of: "data", to: dataset.controlHz)
    try file.makeGroup("mask")
    try file.write(names: names(records) { $0.outcome.isSuccess }, to: "mask/success")
    try file.write(
      names: names(records) { $0.outcome.isSuccess && !$0.commands.contains(where: \.isHeldOut) }, to: "mask/train")
  }

  private static func samples(of record: EpisodeRecord, in file: HDF5File) throws -> Int {
    try file.integer("num_samples", of: Demo.path(record.index))
  }

  private func names(_ records: [EpisodeRecord], _ isIn: (EpisodeRecord) -> Bool) -> [String] {
    records.filter(isIn).map { "demo_\($0.index)" }
  }

  /// The instruction if all episodes have the same one.
  private func commonInstruction(of records: [EpisodeRecord]) -> String {
    let all = Set(records.flatMap(\.commands).map(\.instruction))
    return all.count == 1 ? all.first! : ""
  }
}
