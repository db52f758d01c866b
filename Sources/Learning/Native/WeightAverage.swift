internal import CTorch

/// An exponential moving average of parameters: steadier in the loop than the parameters themselves.
final class WeightAverage {
  let averages: [NamedTensor]
  private let values: [NamedTensor]

  init(_ values: [NamedTensor]) {
    self.values = values
    averages = values.map { NamedTensor($0.name, Tensor($0.tensor.values, shape: $0.tensor.shape)) }
  }

  /// After optimizer step `step` (1 at the first); the window grows with the steps up to a thousand.
  func follow(step: Int) {
    let decay = min(0.999, Double(step) / Double(step + 9))
    native {
      ctorch_average(
        averages.map(\.tensor.handle), values.map(\.tensor.handle), Int32(values.count), decay, $0, $1)
    }
  }
}
