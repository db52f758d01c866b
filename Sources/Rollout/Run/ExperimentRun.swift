import Authoring
import Physics
public import Recording
public import RehearsalCore
import Rendering

/// Runs an experiment into a directory: episodes, baselines, summary, videos, report.
public struct ExperimentRun: Sendable {
  public let plan: ExperimentPlan
  private let request: RunRequest
  private let sources: SourceSnapshot
  private let resolved: JSON

  /// Reads and checks everything that can be wrong before episode 0.
  public init(_ request: RunRequest) throws {
    let loaded = try ExperimentLoader.load(path: request.experiment, overrides: request.overrides)
    var plan = loaded.plan
    plan.episodes = request.episodes ?? plan.episodes
    plan.seed = request.seed ?? plan.seed
    plan.policy = request.policy ?? plan.policy
    plan.gpu = request.gpu
    switch request.kind {
    case .evaluation: break
    case .demonstrations(let images): plan.prepareDemonstrations(images: images)
    case .handDriven:
      plan.prepareDemonstrations(images: true)
      plan.policy = TeleopPolicy.name
    }
    plan.baselines.removeAll { $0 == plan.policy }
    self.plan = plan
    self.request = request
    sources = SourceSnapshot(files: loaded.sourceFiles, main: request.experiment)
    resolved = try JSON(parsing: Array(loaded.resolved.utf8))
    let policies = (request.kind == .handDriven ? [] : [plan.policy]) + plan.baselines + request.labellers
    for policy in policies { try plan.requireFit(of: policy) }
  }

  /// The run's directory, new or to be continued, for episodes that somebody else runs. Their pictures count.
  func openStore() throws -> EpisodeStore {
    try EpisodeStore(directory: open(request.output, policy: plan.policy), dataset: plan.dataset)
  }

  /// Runs what is not recorded yet; `progress` is called on this thread.
  public func execute(progress: (RunProgress) -> Void = { _ in }) throws -> RunSummary {
    // Held to the end, so that workers, baselines and videos share one OpenGL context.
    let device = plan.renderer == .openGL ? try plan.makeRenderer() : nil
    defer { withExtendedLifetime(device) {} }
    let directory = try open(request.output, policy: plan.policy)
    let summary = try run(plan.policy, in: directory, progress)
    for baseline in plan.baselines {
      _ = try run(baseline, in: open(directory.baselinePath(of: baseline), policy: baseline), progress)
    }
    if request.kind == .evaluation {
      try RunPresentation(RecordedRun(directory, gpu: request.gpu), workers: request.workers).write(progress)
    }
    return summary
  }

  private func open(_ path: String, policy: String) throws -> RunDirectory {
    let manifest = try RunManifest(
      name: plan.name, experiment: sources.main, overrides: request.overrides, seed: plan.seed,
      episodes: plan.episodes, policy: policy, protocolID: plan.protocolID, drawsFrames: drawsFrames(for: policy),
      resolvedExperiment: resolved, commandLine: request.provenance.commandLine,
      createdAt: request.provenance.createdAt, gitCommit: request.provenance.gitCommit,
      fingerprint: .current(for: plan), policyDigest: PolicyLibrary.digest(of: policy), labelling: request.labelling)
    return request.resumes
      ? try .resume(at: path, manifest: manifest, sources: sources)
      : try .create(at: path, manifest: manifest, sources: sources)
  }

  private func run(
    _ policy: String, in directory: RunDirectory, _ progress: (RunProgress) -> Void
  ) throws -> RunSummary {
    let store = try EpisodeStore(directory: directory, dataset: plan.record.trajectories ? plan.dataset : nil)
    let recorded = Set(store.recordedEpisodes)
    let waiting = (0..<plan.episodes).filter { !recorded.contains($0) }
    let detail: TrajectoryDetail =
      plan.record.trajectories ? (plan.record.images ? .withImages : .withoutImages) : .none
    let (plan, request, draws) = (plan, request, try drawsFrames(for: policy))
    try WorkerPool(workers: request.workers).run(waiting) { watch in
      EpisodeRunner(
        plan: plan, policy: try PolicyLibrary.make(name: policy), renderer: draws ? try plan.makeRenderer() : nil,
        recording: detail, labeller: try request.makeLabeller(), watch: watch)
    } deliver: { episode in
      try store.append(episode.record, trajectory: episode.trajectory)
    } progress: { done in
      progress(RunProgress(phase: .episodes(policy: policy), done: recorded.count + done, total: plan.episodes))
    }
    try store.finish()
    return try RecordedRun(directory).writeSummary()
  }

  private func drawsFrames(for policy: String) throws -> Bool {
    switch request.kind {
    case .evaluation, .handDriven: true
    case .demonstrations(let images):
      try images
        || ([policy] + request.labellers).contains { try PolicyLibrary.make(name: $0).needsImages }
    }
  }
}

extension RunRequest {
  /// The labeller's name, if there is one.
  fileprivate var labellers: [String] { labeller.map { [$0] } ?? [] }

  /// For the manifest: by whom it is labelled, and how much of it driven.
  fileprivate var labelling: String? {
    labeller.map { expertShare > 0 ? "\($0), driving \(expertShare)" : $0 }
  }

  fileprivate func makeLabeller() throws -> Labeller? {
    try labeller.map { Labeller(try PolicyLibrary.make(name: $0), share: expertShare) }
  }
}

extension ExperimentPlan {
  func makeRenderer() throws -> any Renderer {
    switch renderer {
    case .rayTracer: try RayTracer()
    case .openGL: try GLRenderer(gpu: gpu)
    }
  }

  /// What the trajectories are, for the dataset's attributes.
  var dataset: DatasetDescription {
    DatasetDescription(
      environmentName: name,
      environment: ["protocolId": .text(protocolID), "actionSpace": .text(actionSpace.name)],
      stateLayout: SceneState.flatLayout(of: scene), proprioception: ProprioceptionLayout(robot: scene.robot),
      actionLayout: actionSpace.channels.map(\.label),
      cameras: cameras.map {
        .init(name: scene.cameras[$0].name, width: scene.cameras[$0].width, height: scene.cameras[$0].height)
      },
      controlHz: controlHz, imageCompression: record.imageCompression)
  }

  /// What a policy may know before any episode is drawn.
  var authoredContext: PolicyContext {
    PolicyContext(
      scene: scene, actionSpace: actionSpace, proprioception: ProprioceptionLayout(robot: scene.robot),
      cameras: cameras.map { scene.cameras[$0] }, controlHz: controlHz,
      random: SeedStream(root: seed, factor: .policy, episode: 0))
  }

  fileprivate mutating func prepareDemonstrations(images: Bool) {
    baselines = []
    record.trajectories = true
    record.images = images
    record.videosPerCommand = 0
  }

  /// Throws unless the policy can drive this robot in this action space.
  func requireFit(of policy: String) throws {
    try requireFit(of: PolicyLibrary.make(name: policy), named: policy)
  }

  func requireFit(of made: any Policy, named policy: String) throws {
    let missing = actionSpace.missingParts(of: scene.robot)
    if !missing.isEmpty {
      throw RehearsalError(
        .mismatch,
        "action space \(actionSpace.name) moves \(missing.joined(separator: ", ")), "
          + "which robot \(scene.robot.name) lacks",
        remedy: "choose another actionSpace or robot in the experiment")
    }
    if let reason = made.mismatch(with: authoredContext) {
      throw RehearsalError(
        .mismatch, "policy \(policy) does not fit experiment \(name): \(reason)",
        remedy: "choose another --policy, or the actionSpace, cameras and imageSize that it was made for")
    }
  }
}
