import Recording
import RehearsalCore

/// What people look at after a run: videos of some episodes, and the report.
public struct RunPresentation: Sendable {
  let run: RecordedRun
  private let workers: Int

  init(_ run: RecordedRun, workers: Int) {
    self.run = run
    self.workers = workers
  }

  /// Writes summary, videos and report of a finished or interrupted run again; returns the report's path.
  public static func rewrite(
    runAt path: String, workers: Int, progress: (RunProgress) -> Void = { _ in }
  ) throws -> String {
    let directory = try RunDirectory.open(at: path)
    for each in [directory] + (try directory.baselines().map(\.directory)) {
      try RecordedRun(each).writeSummary()
    }
    let run = try RecordedRun(directory)
    try RunPresentation(run, workers: workers).write(progress)
    return directory.reportPath
  }

  func write(_ progress: (RunProgress) -> Void) throws {
    let videos = try makeVideos(progress)
    progress(RunProgress(phase: .report, done: 0, total: 1))
    try writeReport(videos)
    progress(RunProgress(phase: .report, done: 1, total: 1))
  }

  // MARK: Videos

  /// The first episodes of each command, and with them the first that failed.
  private var filmed: [EpisodeRecord] {
    let count = run.plan.record.videosPerCommand
    guard count > 0 else { return [] }
    let shown = run.records.filter { $0.steps > 0 }
    var chosen: [Int] = []
    for name in run.plan.commands.map(\.name) {
      let episodes = shown.filter { $0.commands.first?.command == name }
      chosen += episodes.prefix(count).map(\.index)
    }
    if let failed = shown.first(where: { !$0.outcome.isSuccess }) { chosen.append(failed.index) }
    return shown.filter { Set(chosen).contains($0.index) }
  }

  private func makeVideos(_ progress: (RunProgress) -> Void) throws -> [Int: String] {
    let filmed = filmed
    let run = run
    try concurrently(filmed, workers: workers) { record in
      try Self.film(run, record)
    } progress: { done in
      progress(RunProgress(phase: .videos, done: done, total: filmed.count))
    }
    return Dictionary(uniqueKeysWithValues: filmed.map { ($0.index, Self.videoName($0.index)) })
  }

  private static func videoName(_ episode: Int) -> String { "videos/episode-\(episode).mp4" }

  private static func film(_ run: RecordedRun, _ record: EpisodeRecord) throws {
    var request = ReplayRequest(
      run: run.directory.path, episode: record.index, output: run.directory.path + "/" + videoName(record.index))
    (request.width, request.height) = (640, 480)
    request.gpu = run.plan.gpu
    try request.write()
  }
}

extension RecordedRun {
  /// Counts the records and writes `summary.json`.
  @discardableResult
  func writeSummary() throws -> RunSummary {
    let summary = summary
    try directory.write(summary.json.prettyText, to: "summary.json")
    return summary
  }

  var summary: RunSummary {
    RunSummary(
      records: records, policy: manifest.policy, protocolID: manifest.protocolID, chainLength: plan.chainLength)
  }
}

extension ExperimentPlan {
  /// Commands of a chain; nil for other schedules.
  var chainLength: Int? { if case .chain(_, let length) = schedule { length } else { nil } }
}
