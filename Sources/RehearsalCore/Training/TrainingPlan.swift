/// How a policy is trained: what it learns from, its network, and how its weights are found.
public struct TrainingPlan: Hashable, Sendable {
  public var name: String
  /// At least one.
  public var demonstrations: [DemonstrationSource]
  /// Absolute path of the experiment that the policy is to run in: scene, cameras, action space and rate are its own.
  public var experiment: String
  public var model = Model()
  /// Absolute path of a trained policy whose weights the network begins with, as far as they fit; nil for fresh ones.
  public var startFrom: String?
  /// Of the recorded steps, every how many is learned from, each with the actions that follow it; those between only
  /// cost memory and repeat it.
  public var stride = 1
  public var precision = Precision.float32
  /// Passes over all demonstrations; 0, with `startFrom` alone, for the policy as it begins.
  public var epochs: Int
  public var batchSize = 64
  public var seed: UInt64 = 1
  public var optimizer = Optimizer()
  public var schedule = Schedule()
  public var loss = Loss.meanSquaredError
  /// Of the pictures of a batch, 0 to 1, those that are changed at random.
  public var augmentedShare = 0.5
  /// Of the episodes, 0 to 0.9, those that only validate.
  public var validationShare = 0.1
  /// Weight of the auxiliary losses that say where the named things are; 0 for none.
  public var groundingWeight = 0.0
  public var checkpointEveryEpochs = 1
  /// Nil where only the loss is to be watched.
  public var evaluation: Evaluation?
  public var rollouts: Rollouts?
  /// When training ends even if epochs are left.
  public var maxHours: Double?
  /// Nil for as many as there are cores.
  public var threads: Int?

  public init(name: String, demonstrations: [DemonstrationSource], experiment: String, epochs: Int) {
    self.name = name
    self.demonstrations = demonstrations
    self.experiment = experiment
    self.epochs = epochs
  }
}

extension TrainingPlan {
  /// Something that holds demonstrations.
  public struct DemonstrationSource: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      /// A run's directory.
      case run
      /// One HDF5 file in our layout.
      case trajectories
      /// A JSON list of pictures, instructions and actions: `SampleList`.
      case samples
    }

    public var kind: Kind
    /// Absolute.
    public var path: String

    public init(_ kind: Kind, path: String) {
      self.kind = kind
      self.path = path
    }
  }

  /// Number format of the convolutions while they learn; all else, and the trained policy in the loop, is float32.
  public enum Precision: String, CaseIterable, Hashable, Sendable {
    case float32
    /// Faster on processors with AVX512-BF16; others learn in float32.
    case bfloat16
  }

  /// The network.
  public struct Model: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
      /// The one that is trained and shipped.
      case small
      /// ResNet-50 and BERT-base.
      case full
    }
    public enum Text: String, CaseIterable, Hashable, Sendable {
      /// A small encoder, trained with the rest.
      case scratch
      /// The pretrained MiniLM-L6, frozen.
      case minilm
    }

    public var kind = Kind.small
    public var text = Text.scratch
    /// Features of each cell of a picture.
    public var width = 32
    /// Consecutive actions that one look decides.
    public var chunk = 8
    /// Chunks between which one look chooses.
    public var hypotheses = 1
    /// Whether the robot's joints and motion are an input.
    public var proprioception = true

    public init() {}
  }

  public enum Loss: Hashable, Sendable {
    case meanSquaredError
    /// Quadratic up to `delta`, linear beyond.
    case huber(delta: Double)
  }

  /// Closed-loop success during training, which picks the best checkpoint.
  public struct Evaluation: Hashable, Sendable {
    public var everyEpochs = 5
    public var episodes = 20
    /// Of the episodes; none that demonstrations were made with.
    public var seed: UInt64 = 1_000_000
    public var workers = 1
    /// `key.path=value` changes of the experiment.
    public var overrides: [String] = []

    public init() {}
  }

  /// Episodes that the policy drives and the expert labels, added to the demonstrations (DAgger, Ross et al. 2011).
  public struct Rollouts: Hashable, Sendable {
    /// After which epochs, ascending, each below `TrainingPlan.epochs`; 0, before the first, with `startFrom` alone.
    public var epochs: [Int]
    public var episodes = 100
    /// Round r uses seed + r.
    public var seed: UInt64 = 2_000_000
    /// Of the steps, 0 to 1, those that the expert drives itself.
    public var expertShare = 0.0
    /// `key.path=value` changes of the experiment.
    public var overrides: [String] = []

    public init(epochs: [Int]) { self.epochs = epochs }
  }
}
