internal import CTorch

/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019), bias-corrected as in PyTorch.
///
/// Biases and norms (parameters of rank 1) do not decay.
public final class AdamW {
  public var learningRate: Double
  public let weightDecay: Double
  /// Steps taken.
  public private(set) var step = 0
  private let parameters: [NamedTensor]
  private let handles: [ctorch_tensor]
  private let first: [Tensor]
  private let second: [Tensor]
  private let decays: [Bool]

  public init(_ parameters: [NamedTensor], learningRate: Double, weightDecay: Double = 0.01) {
    self.parameters = parameters
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    handles = parameters.map(\.tensor.handle)
    first = parameters.map { Tensor(repeating: 0, shape: $0.tensor.shape) }
    second = parameters.map { Tensor(repeating: 0, shape: $0.tensor.shape) }
    decays = parameters.map { $0.tensor.rank > 1 }
  }

  public func clearGradients() { parameters.clearGradients() }

  /// Scales the gradients so that their common Euclidean norm is at most `limit`; returns the norm as it was.
  @discardableResult
  public func clipGradients(to limit: Double) -> Double {
    var norm = 0.0
    native { ctorch_clip_gradients(handles, Int32(handles.count), limit, &norm, $0, $1) }
    return norm
  }

  /// Moves the parameters that have gradients.
  public func update() {
    step += 1
    var settings = ctorch_adamw(
      learning_rate: learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: weightDecay,
      step: Int64(step))
    native {
      ctorch_adamw_step(
        &settings, handles, first.map(\.handle), second.map(\.handle), decays, Int32(handles.count), $0, $1)
    }
  }

  /// Both moments of every parameter, for checkpoints.
  public var moments: [NamedTensor] {
    zip(parameters, first).map { NamedTensor("first." + $0.name, $1) }
      + zip(parameters, second).map { NamedTensor("second." + $0.name, $1) }
  }

  /// Continues after `step` steps, once `moments` have been filled.
  public func resume(atStep step: Int) { self.step = step }
}
