public import RehearsalCore
internal import Synchronization

/// Where the workers of a run leave their episodes. Every episode is either whole on disk or absent, whenever the process
/// is killed.
///
/// An episode's trajectory is a file of its own until `finish` gathers them; its line in the journal comes last and makes
/// it count. Thread-safe. One process at a time has a run's store open.
public final class EpisodeStore: Sendable {
  public let directory: RunDirectory
  private let dataset: DatasetDescription?
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var journal: JournalWriter
    var recorded: Set<Int>
  }

  /// Opens the store of a run, new or to be continued, and clears away what a crash left unfinished.
  ///
  /// - Parameter dataset: what the trajectories are; nil if they are not recorded.
  /// - Throws: if the journal is damaged (with the line), the directory cannot be
  ///   written, or another process has the store open.
  public init(directory: RunDirectory, dataset: DatasetDescription?) throws {
    self.directory = directory
    self.dataset = dataset
    var recorded: Set<Int> = []
    let journal = try JournalWriter(path: directory.journalPath) {
      let journal = try EpisodeJournal(path: directory.journalPath)
      recorded = Set(journal.records.map(\.index))
      return journal
    }
    state = Mutex(State(journal: journal, recorded: recorded))
    try TrajectoryParts(directory: directory).removeUnfinished(recorded: recorded)
  }

  /// The episodes that need not be run again, in order.
  public var recordedEpisodes: [Int] { state.withLock { $0.recorded.sorted() } }

  /// Records an episode. When this returns it is on disk.
  ///
  /// - Throws: if the disk is full or cannot be written; then the episode is absent and the rest is whole.
  public func append(_ record: EpisodeRecord, trajectory: Trajectory? = nil) throws {
    precondition(
      !state.withLock { $0.recorded.contains(record.index) }, "episode \(record.index) is recorded already")
    if let dataset, let trajectory {
      try TrajectoryParts(directory: directory).write(record, trajectory, of: dataset)
    }
    let line = EpisodeJournal.line(of: record)
    try state.withLock {
      try $0.journal.append(line)
      $0.recorded.insert(record.index)
    }
  }

  /// All that is recorded, by episode.
  public func records() throws -> [EpisodeRecord] { try directory.records() }

  /// Gathers the trajectories into `trajectories.hdf5`, by episode. May be called again after more were appended, and
  /// after a crash in the middle.
  public func finish() throws {
    guard let dataset else { return }
    try TrajectoryParts(directory: directory).gather(records(), of: dataset)
  }
}

extension RunDirectory {
  /// The whole episodes of the journal, by episode; reads only.
  public func records() throws -> [EpisodeRecord] { try EpisodeJournal(path: journalPath).records }

  /// The recorded trajectory of an episode, wherever it lies; nil if none was recorded.
  public func trajectory(of episode: Int, withImages: Bool = false) throws -> Trajectory? {
    let part = TrajectoryParts(directory: self).path(of: episode)
    for path in [part, trajectoriesPath] where DiskFile.exists(path) {
      let file = try TrajectoryFile(path: path)
      if file.episodes.contains(episode) { return try file.read(episode: episode, withImages: withImages) }
    }
    return nil
  }
}
