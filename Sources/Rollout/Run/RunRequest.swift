/// What a person asks for on the command line.
public struct RunRequest: Sendable {
  public var experiment: String
  /// `key=value`, applied to the experiment's file before it is read.
  public var overrides: [String] = []
  /// Nil: as the experiment says.
  public var episodes: Int?
  public var seed: UInt64?
  public var policy: String?
  public var workers: Int
  /// The GPU that draws where the experiment's renderer is `openGL`; nil: the first that works.
  public var gpu: Int?
  public var output: String
  /// Continue a run that was interrupted.
  public var resumes = false
  public var kind = Kind.evaluation
  /// A policy that says at every step what it would have done; nil: none.
  public var labeller: String?
  /// Of the stretches of an episode that the labeller drives itself, 0…1.
  public var expertShare = 0.0
  public var provenance: Provenance

  public enum Kind: Sendable, Hashable {
    /// With baselines, videos and a report; the policy's pictures are always drawn and hashed.
    case evaluation
    /// Training data: one policy, no videos; pictures are drawn only if they are stored or the policy looks at them.
    case demonstrations(images: Bool)
    /// Training data that a person drives; see `TeleopPolicy`. `ExperimentRun` runs none of it.
    case handDriven
  }

  /// Who ran it, when and how: recorded, never consulted.
  public struct Provenance: Sendable {
    public var commandLine: [String]
    /// ISO 8601.
    public var createdAt: String
    public var gitCommit: String?
    public init(commandLine: [String], createdAt: String, gitCommit: String?) {
      self.commandLine = commandLine
      self.createdAt = createdAt
      self.gitCommit = gitCommit
    }
  }

  public init(experiment: String, workers: Int, output: String, provenance: Provenance) {
    self.experiment = experiment
    self.workers = workers
    self.output = output
    self.provenance = provenance
  }
}

/// What is being done, for people who wait.
public struct RunProgress: Sendable {
  public enum Phase: Sendable, Hashable {
    case episodes(policy: String)
    case videos
    case report
  }
  public var phase: Phase
  public var done: Int
  public var total: Int
}
