import Authoring
public import RehearsalCore
import Rendering
import Synchronization

/// How fast an experiment's loop runs, without recording.
public struct Benchmark: Sendable, Hashable {
  public var stepsPerSecond: Double
  public var workers: Int
  /// Of one worker's thread, per control step.
  public var millisecondsPerStep: EpisodeTiming
  /// Over all episodes in order: equal wherever and with however many workers it is measured.
  public var stateHash: UInt64
  public var steps: Int
  /// What draws: `rayTracer`, or `openGL` and its device.
  public var renderer: String

  /// Runs the experiment's episodes once, after two that are not counted, and times them.
  ///
  /// With `recordsInto` the episodes are recorded there as by `rehearse run`, for the cost of recording.
  public static func measure(
    experiment: String, overrides: [String] = [], workers: Int, episodes: Int? = nil, policy: String? = nil,
    gpu: Int? = nil
  ) throws -> Benchmark {
    var plan = try ExperimentLoader.load(path: experiment, overrides: overrides).plan
    plan.episodes = episodes ?? plan.episodes
    plan.policy = policy ?? plan.policy
    plan.gpu = gpu
    try plan.requireFit(of: plan.policy)
    // Held until the end, so that the context it shares with the workers is made once.
    let device = plan.renderer == .openGL ? try GLRenderer(gpu: gpu) : nil
    _ = try run(plan, episodes: 0..<min(2, plan.episodes), workers: workers)
    let begin = ContinuousClock.now
    let records = try run(plan, episodes: 0..<plan.episodes, workers: workers)
    let seconds = begin.secondsSince
    let steps = records.reduce(0) { $0 + $1.steps }
    var hash = XXHash64()
    for record in records { hash.update(record.stateHash) }
    let perStep = 1000 / Double(max(steps, 1))
    var timing = EpisodeTiming()
    timing.total = records.reduce(0) { $0 + $1.timing.total } * perStep
    timing.physics = records.reduce(0) { $0 + $1.timing.physics } * perStep
    timing.render = records.reduce(0) { $0 + $1.timing.render } * perStep
    timing.policy = records.reduce(0) { $0 + $1.timing.policy } * perStep
    timing.record = records.reduce(0) { $0 + $1.timing.record } * perStep
    return Benchmark(
      stepsPerSecond: Double(steps) / seconds, workers: workers, millisecondsPerStep: timing,
      stateHash: hash.digest, steps: steps,
      renderer: plan.renderer.rawValue + (device.map { ", \($0.device)" } ?? ""))
  }

  private static func run(_ plan: ExperimentPlan, episodes: Range<Int>, workers: Int) throws -> [EpisodeRecord] {
    let records = RecordBox()
    try WorkerPool(workers: workers).run(Array(episodes)) { watch in
      EpisodeRunner(
        plan: plan, policy: try PolicyLibrary.make(name: plan.policy), renderer: try plan.makeRenderer(),
        recording: .none, watch: watch)
    } deliver: { episode in
      if case .invalid(let reason) = episode.record.outcome {
        throw RehearsalError(
          .mismatch, "episode \(episode.record.index) is invalid: \(reason)",
          remedy: "benchmark an experiment whose episodes run; try `rehearse run` on it")
      }
      records.all.withLock { $0.append(episode.record) }
    }
    return records.all.withLock { $0 }.sorted { $0.index < $1.index }
  }
}

private final class RecordBox: Sendable {
  let all = Mutex<[EpisodeRecord]>([])
}
