/// How physics is stepped.
public struct PhysicsSettings: Hashable, Sendable {
  /// Substeps a second; a multiple of `controlHz`.
  public var physicsHz: Int
  public var solverIterations: Int

  public init(physicsHz: Int = 240, solverIterations: Int = 20) {
    self.physicsHz = physicsHz
    self.solverIterations = solverIterations
  }
}

/// Which commands the episodes of an experiment give.
public enum EpisodeSchedule: Hashable, Sendable {
  /// One command an episode, episode i the command i mod n, its slots drawn anew.
  case single(commands: [Int])
  /// Plain sentences one after the other, each with a budget of steps; every one is tried.
  case sequence([Sentence])
  /// CALVIN-style: commands of different categories, each possible after the one before; ends at the first failure.
  case chain(commands: [Int], length: Int)

  public struct Sentence: Hashable, Sendable {
    public var text: String
    /// Index into `ExperimentPlan.commands`.
    public var command: Int
    /// Required colour and shape by slot, as the sentence names them.
    public var labels: [String: ObjectLabel]
    public var steps: Int

    public init(text: String, command: Int, labels: [String: ObjectLabel], steps: Int) {
      self.text = text
      self.command = command
      self.labels = labels
      self.steps = steps
    }
  }
}

/// Which of a command's phrasings are used.
public enum PhrasingSplit: String, Hashable, Sendable, CaseIterable { case train, heldout, all }

/// What becomes of a command's words on their way to the policy, to see whether its behaviour follows them. Everything
/// else about the episode stays as it is.
public enum LanguageIntervention: String, Hashable, Sendable, CaseIterable {
  /// They arrive as drawn.
  case given
  /// The policy hears the empty string, and is judged by the command it did not hear.
  case blank
  /// One slot's words name another body that is present and fits; the policy is judged by what it heard.
  case swapped
  /// The phrasing is drawn among those that no training demonstration uses.
  case heldout
}

/// What is done with a command that is satisfied before the robot has moved.
public enum AlreadySatisfiedRule: String, Hashable, Sendable, CaseIterable {
  /// Draw the episode's start again (at most 20 times; then the episode is invalid). Single commands only.
  case redraw
  /// Report it apart; it counts neither as success nor as failure, and a sequence goes on.
  case exclude
}

/// An authored experiment, resolved and checked: with an episode index, everything that determines an episode.
public struct ExperimentPlan: Sendable {
  public var name: String
  /// With every optional body present and nothing randomized.
  public var scene: SceneModel
  public var appearance: Appearance
  public var placements: [PlacementGroup]
  /// Where the robot may start; nil: at its authored pose.
  public var robotRegion: PlacementRegion?
  public var commands: [CommandModel]
  /// Facts that hold at the start of a chain, such as `closed(drawer)`.
  public var facts: [String]
  public var schedule: EpisodeSchedule
  public var phrasings: PhrasingSplit
  /// Other than `given` only with single commands.
  public var language = LanguageIntervention.given
  public var alreadySatisfied: AlreadySatisfiedRule
  public var actionSpace: ActionSpace
  public var controlHz: Int
  public var physics: PhysicsSettings
  /// What the policy sees, in order.
  public var cameras: [CameraID]
  /// The camera of replays and videos.
  public var reviewerCamera: CameraID
  public var renderer: RendererKind
  /// The machine's GPU that draws where the renderer is `openGL`, from 0; nil: the first that works. Of the machine and not
  /// of the experiment: part of neither the protocol nor the record.
  public var gpu: Int?
  public var quality: RenderQuality
  /// Control steps between an observation and the first action that answers it.
  public var latencyTicks: Int
  /// How many actions of a chunk are executed before the policy is asked again; nil: all.
  public var executedActions: Int?
  /// Average overlapping chunks, asked for at every tick, with weights exp(−this · i), i = 0 the oldest; nil: do not.
  public var temporalEnsembling: Double?
  public var safety: SafetyPlan
  public var randomization: RandomizationPlan
  /// Physics steps before the policy starts, robot at rest, so that things have settled.
  public var settleTicks: Int
  public var policy: String
  /// Policies run beside it on the same episodes, for floor and ceiling.
  public var baselines: [String]
  public var episodes: Int
  public var seed: UInt64
  public var record: RecordingPlan
  /// Hexadecimal hash of what makes two numbers comparable: scene, robot, tasks, horizon, thresholds, phrasings,
  /// renderer; not seed, number of episodes, policy or recording.
  public var protocolID: String

  public struct RecordingPlan: Hashable, Sendable {
    public var trajectories: Bool
    /// Store what the policy saw with the trajectories.
    public var images: Bool
    /// How hard they are compressed: 0 not at all, 1 fast … 12 small.
    public var imageCompression: Int
    /// How many episodes of each command become videos.
    public var videosPerCommand: Int
    public init(
      trajectories: Bool = true, images: Bool = false, imageCompression: Int = 1, videosPerCommand: Int = 1
    ) {
      self.trajectories = trajectories
      self.images = images
      self.imageCompression = imageCompression
      self.videosPerCommand = videosPerCommand
    }
  }

  public init(
    name: String, scene: SceneModel, appearance: Appearance, placements: [PlacementGroup],
    robotRegion: PlacementRegion?, commands: [CommandModel], facts: [String], schedule: EpisodeSchedule,
    phrasings: PhrasingSplit, alreadySatisfied: AlreadySatisfiedRule, actionSpace: ActionSpace, controlHz: Int,
    physics: PhysicsSettings, cameras: [CameraID], reviewerCamera: CameraID, renderer: RendererKind,
    quality: RenderQuality, latencyTicks: Int, executedActions: Int?, randomization: RandomizationPlan,
    settleTicks: Int, policy: String, baselines: [String], episodes: Int, seed: UInt64, record: RecordingPlan,
    protocolID: String, safety: SafetyPlan = SafetyPlan()
  ) {
    self.name = name
    self.scene = scene
    self.appearance = appearance
    self.placements = placements
    self.robotRegion = robotRegion
    self.commands = commands
    self.facts = facts
    self.schedule = schedule
    self.phrasings = phrasings
    self.alreadySatisfied = alreadySatisfied
    self.actionSpace = actionSpace
    self.controlHz = controlHz
    self.physics = physics
    self.cameras = cameras
    self.reviewerCamera = reviewerCamera
    self.renderer = renderer
    self.quality = quality
    self.latencyTicks = latencyTicks
    self.executedActions = executedActions
    self.safety = safety
    self.randomization = randomization
    self.settleTicks = settleTicks
    self.policy = policy
    self.baselines = baselines
    self.episodes = episodes
    self.seed = seed
    self.record = record
    self.protocolID = protocolID
  }

  public var substepsPerTick: Int { physics.physicsHz / controlHz }
}
