import Authoring
public import Recording
import RehearsalCore
import Viewing

/// What a person asks for on the command line, to watch and to steer.
public struct ViewRequest: Sendable {
  /// A run's directory, a scene's file or an experiment's file.
  public var path: String
  public var overrides: [String] = []
  /// Recorded, or the first to run; nil: the first there is.
  public var episode: Int?
  public var seed: UInt64?
  /// Nil: as the experiment says.
  public var policy: String?
  /// Whether the person drives from the start.
  public var isByHand = false
  /// Where what is driven is recorded; nil: nowhere.
  public var record: String?
  /// Continue a recording that was begun before.
  public var resumes = false
  /// Pause at this step; nil: play.
  public var step: Int?
  public var width = 1280
  public var height = 720
  /// Names of what to show over the picture at first; see `overlayNames`.
  public var overlays: [String] = ["cameras", "trajectory", "task"]
  /// Write the window's picture as PNG and end.
  public var screenshot: String?
  /// Of `ExperimentPlan`.
  public var gpu: Int?
  public var provenance: RunRequest.Provenance

  public static let overlayNames = Overlay.allCases.map(\.rawValue)

  public init(path: String, provenance: RunRequest.Provenance) {
    self.path = path
    self.provenance = provenance
  }

  /// Opens the window and shows what is asked for until it is closed. Returns what has been recorded, if anything is.
  ///
  /// Call it on the process's main thread. Faults of files are told before any window opens.
  public func show(isFolder: Bool) throws -> RunSummary? {
    let begin =
      try isFolder ? recorded() : ExperimentLoader.isScene(at: path) ? scene() : experiment()
    let window = try Window(
      title: "rehearse", width: width, height: height, regularFont: Fonts.path(of: .regular),
      boldFont: Fonts.path(of: .bold))
    let session = try ViewSession(
      window: window, subject: begin(), overlays: Set(overlays.compactMap(Overlay.init(rawValue:))),
      screenshot: screenshot)
    return try session.run()
  }

  /// A picture is taken of something that stands still.
  private var restingStep: Int? { step ?? (screenshot == nil ? nil : 0) }

  /// Something to watch that has been read and checked, and begins when it is called.
  private typealias Beginning = () throws -> any ViewSubject

  private func recorded() throws -> Beginning {
    let run = try RecordedRun(RunDirectory.open(at: path), gpu: gpu)
    guard let first = run.records.first?.index else {
      throw RehearsalError(
        .mismatch, "\(path) holds no episodes", remedy: "finish the run first: rehearse run … --out \(path) --resume")
    }
    let subject = try RecordedSubject(run, episode: episode ?? first)
    if let step = restingStep { subject.pause(at: step) }
    return { subject }
  }

  private func scene() throws -> Beginning {
    if record != nil {
      throw RehearsalError(
        .mismatch, "\(path) is a scene: it has no commands that a demonstration could show",
        remedy: "give an experiment, such as Experiments/tabletop/experiment.yaml")
    }
    let loaded = try ExperimentLoader.load(scene: path, overrides: overrides)
    var plan = loaded.plan
    plan.seed = seed ?? plan.seed
    plan.gpu = gpu
    let (path, overrides) = (path, overrides)
    let wardrobe = Wardrobe(presets: loaded.presets, seed: plan.seed) {
      try ExperimentLoader.load(scene: path, overrides: overrides + $0).plan
    }
    var setup = setup(plan, driver: "scene", autopilot: policy, isByHand: true)
    setup.hasTask = false
    try plan.requireFit(of: TeleopPolicy(SteeringWheel(isByHand: true)), named: TeleopPolicy.name)
    return { LiveSubject(setup, wardrobe: wardrobe) }
  }

  private func experiment() throws -> Beginning {
    let isByHand = isByHand || record != nil
    var request = RunRequest(experiment: path, workers: 1, output: record ?? "", provenance: provenance)
    request.overrides = overrides
    request.seed = seed
    request.policy = policy
    request.resumes = resumes
    request.gpu = gpu
    request.kind = isByHand ? .handDriven : .demonstrations(images: false)
    let loaded = try ExperimentLoader.load(path: path, overrides: overrides)
    let run = try ExperimentRun(request)
    let autopilot = policy ?? (isByHand ? nil : loaded.plan.policy)
    if isByHand {
      let fit = TeleopPolicy(SteeringWheel(isByHand: true), autopilot: try autopilot.map(PolicyLibrary.make))
      try run.plan.requireFit(of: fit, named: TeleopPolicy.name)
    }
    let (path, overrides, records) = (path, overrides, record != nil)
    let wardrobe = Wardrobe(presets: loaded.presets, seed: run.plan.seed) {
      try ExperimentLoader.load(path: path, overrides: overrides + $0).plan
    }
    let driver = autopilot.map(ExperimentPlan.label) ?? "by hand"
    var setup = setup(run.plan, driver: driver, autopilot: autopilot, isByHand: isByHand)
    return {
      if records { setup.store = try run.openStore() }
      return LiveSubject(setup, wardrobe: wardrobe)
    }
  }

  private func setup(
    _ plan: ExperimentPlan, driver: String, autopilot: String?, isByHand: Bool
  ) -> LiveSubject.Setup {
    var setup = LiveSubject.Setup(plan: plan, driver: driver, firstEpisode: episode ?? 0, isByHand: isByHand)
    if let autopilot { setup.autopilot = { try PolicyLibrary.make(name: autopilot) } }
    setup.rushTo = restingStep
    return setup
  }
}
