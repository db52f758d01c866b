import Authoring
public import Recording
public import RehearsalCore
import Synchronization

/// The verdicts on a run's episodes, simulated and drawn again.
public struct RunVerification: Sendable {
  public struct Finding: Sendable, Hashable {
    /// Nil: the run itself; otherwise the baseline.
    public var baseline: String?
    public var episode: Int
    public var verdict: EpisodeVerdict
  }

  /// By run and episode.
  public var findings: [Finding]

  public var differing: [Finding] { findings.filter { $0.verdict != .identical } }

  /// Verifies every recorded episode of the run at `path` and of its baselines, from the run's own sources.
  ///
  /// `gpu`: of `ExperimentPlan`. Throws if the run keeps no trajectories or its sources cannot be read.
  public static func of(
    runAt path: String, workers: Int, gpu: Int? = nil, progress: (RunProgress) -> Void = { _ in }
  ) throws -> RunVerification {
    let directory = try RunDirectory.open(at: path)
    var findings = try verify(directory, baseline: nil, workers, gpu, progress)
    for (policy, baseline) in try directory.baselines() {
      findings += try verify(baseline, baseline: policy, workers, gpu, progress)
    }
    return RunVerification(findings: findings)
  }

  private static func verify(
    _ directory: RunDirectory, baseline: String?, _ workers: Int, _ gpu: Int?, _ progress: (RunProgress) -> Void
  ) throws -> [Finding] {
    let recorded = try RecordedRun(directory, gpu: gpu)
    let records = recorded.records.filter { $0.steps > 0 }
    let findings = Mutex<[Finding]>([])
    try concurrently(records, workers: workers) { record in
      guard let trajectory = try directory.trajectory(of: record.index) else {
        throw RehearsalError(
          .unreadable, "\(directory.path) has no trajectory of episode \(record.index)",
          remedy: "run the experiment with record.trajectories: true; without actions there is nothing to verify")
      }
      let verdict = try EpisodeVerdict.of(
        record, trajectory, plan: recorded.plan, drawsFrames: recorded.manifest.drawsFrames)
      findings.withLock { $0.append(Finding(baseline: baseline, episode: record.index, verdict: verdict)) }
    } progress: { done in
      progress(
        RunProgress(phase: .episodes(policy: recorded.manifest.policy), done: done, total: records.count))
    }
    return findings.withLock { $0 }.sorted { $0.episode < $1.episode }
  }
}

/// A finished or interrupted run, read back with the experiment it came from.
public struct RecordedRun: Sendable {
  public let directory: RunDirectory
  public let manifest: RunManifest
  public let plan: ExperimentPlan
  public let records: [EpisodeRecord]

  /// Throws if the directory is not a run's, or its sources no longer give the same protocol. `gpu`: of `ExperimentPlan`.
  public init(_ directory: RunDirectory, gpu: Int? = nil) throws {
    self.directory = directory
    manifest = try directory.manifest()
    records = try directory.records()
    let loaded = try ExperimentLoader.load(
      path: directory.sourcesPath + "/" + manifest.experiment, overrides: manifest.overrides)
    guard loaded.plan.protocolID == manifest.protocolID else {
      throw RehearsalError(
        .mismatch,
        "\(directory.path): its sources give protocol \(loaded.plan.protocolID), but it was run under \(manifest.protocolID)",
        remedy: "use the version of rehearse that made the run, or restore its sources/")
    }
    var plan = loaded.plan
    plan.seed = manifest.seed
    plan.episodes = manifest.episodes
    plan.policy = manifest.policy
    plan.gpu = gpu
    self.plan = plan
  }

  public func record(of episode: Int) throws -> EpisodeRecord {
    guard let record = records.first(where: { $0.index == episode }) else {
      throw RehearsalError(
        .mismatch, "\(directory.path) has no episode \(episode)",
        remedy: "choose one of its \(records.count) recorded episodes")
    }
    return record
  }
}
