extension TrainingPlan {
  /// AdamW.
  public struct Optimizer: Hashable, Sendable {
    public var learningRate = 1e-3
    public var weightDecay = 0.01
    /// Longest gradient, over all weights together.
    public var gradientClip = 1.0

    public init() {}
  }

  /// What becomes of the learning rate, step by step: first the warm-up, then the kind's own course from its start.
  public struct Schedule: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      case constant
      /// Falls from the optimizer's rate to `minimumRate` in `period` steps and starts anew, each time over a period
      /// `growth` times as long (SGDR, Loshchilov and Hutter 2017).
      case cosineRestarts(period: Int, growth: Int, minimumRate: Double)
    }
    public enum WarmUp: Hashable, Sendable {
      /// Rises to the optimizer's rate.
      case linear
      /// This share of the optimizer's rate, 0 to 1.
      case constant(Double)
    }

    public var kind = Kind.cosineRestarts(period: 1000, growth: 2, minimumRate: 0)
    public var warmUp = WarmUp.linear
    public var warmUpSteps = 0

    public init() {}
  }
}
