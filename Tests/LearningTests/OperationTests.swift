import Testing

@testable import Learning

@Suite("Operations as PyTorch computes them") struct OperationTests {
  typealias Operation = @Sendable ([Tensor]) -> Tensor

  /// Case, its inputs, and the operation.
  static let operations: [(name: String, inputs: [String], operation: Operation)] = [
    ("convolution", ["x", "weight", "bias"], { $0[0].convolved($0[1], $0[2], stride: 2, padding: 1) }),
    ("linear", ["input", "weight", "bias"], { $0[0].linear($0[1], $0[2]) }),
    ("layerNorm", ["x", "weight", "bias"], { $0[0].layerNormalized($0[1], $0[2], epsilon: 1e-5) }),
    ("embedding", ["weight"], { $0[0].embedded(Tensor(indices: [1, 3, 1, 0], shape: [2, 2])) }),
    ("huber", ["x", "y"], { $0[0].huberLoss($0[1], delta: 0.7) }),
    ("squaredError", ["input", "target"], { $0[0].meanSquaredError($0[1]) }),
    ("crossEntropy", ["x", "y"], { $0[0].binaryCrossEntropy($0[1]) }),
    ("gelu", ["input"], { $0[0].gelu() }), ("logSoftmax", ["x"], { $0[0].logSoftmax(-1) }),
    ("maxPool", ["x"], { $0[0].maxPooled(size: 3, stride: 2, padding: 1) }),
    ("averagePool", ["x"], { $0[0].averagePooled(toHeight: 2, width: 3) }),
  ]

  @Test("an operation's result and gradients", arguments: operations.indices)
  func operation(_ index: Int) throws {
    let (name, inputs, operation) = Self.operations[index]
    let leaves = try inputs.map { try Reference.leaf("\(name)/\($0)") }
    let out = operation(leaves)
    #expect(difference(out, try Reference.tensor("\(name)/out")) < 1e-5, "\(name)")
    (out * (try Reference.tensor("\(name)/weights"))).sum().backward()
    for (input, leaf) in zip(inputs, leaves) {
      #expect(difference(leaf.gradient, try Reference.tensor("\(name)/grad.\(input)")) < 1e-5, "\(name), \(input)")
    }
  }

  @Test("a linear layer's single row without gradients, a product of another kind, as in a batch")
  func singleRow() throws {
    let (x, weight, bias) = (
      try Reference.tensor("linear/input").reshaped(-1, 5), try Reference.tensor("linear/weight"),
      try Reference.tensor("linear/bias")
    )
    Tensor.withoutGradients {
      for bias in [bias, nil] {
        let batch = x.linear(weight, bias)
        for row in 0..<x.shape[0] {
          let alone = x.slice(0, from: row, count: 1).linear(weight, bias)
          #expect(alone.shape == [1, weight.shape[0]])
          #expect(difference(alone, batch.slice(0, from: row, count: 1)) < 1e-6)
        }
      }
    }
  }

  @Test("batch norm by running statistics, and by the batch's, which move them", arguments: [false, true])
  func batchNorm(training: Bool) throws {
    let name = training ? "batchNormTraining" : "batchNorm"
    let leaves = try ["x", "weight", "bias"].map { try Reference.leaf("\(name)/\($0)") }
    let (mean, variance) = (try Reference.tensor("\(name)/mean"), try Reference.tensor("\(name)/variance"))
    let out = leaves[0].batchNormalized(
      leaves[1], leaves[2], mean: mean, variance: variance, training: training, momentum: 0.1, epsilon: 1e-5)
    #expect(difference(out, try Reference.tensor("\(name)/out")) < 1e-5)
    (out * (try Reference.tensor("\(name)/weights"))).sum().backward()
    for (input, leaf) in zip(["x", "weight", "bias"], leaves) {
      #expect(difference(leaf.gradient, try Reference.tensor("\(name)/grad.\(input)")) < 2e-5, "\(input)")
    }
    #expect(difference(mean, try Reference.tensor("\(name)/meanAfter")) < 1e-5)
    #expect(difference(variance, try Reference.tensor("\(name)/varianceAfter")) < 1e-5)
  }

  @Test("shapes, slices and reductions in C order")
  func shapes() {
    let x = Tensor([0, 1, 2, 3, 4, 5], shape: [2, 3])
    #expect(x.permuted(1, 0).values == [0, 3, 1, 4, 2, 5])
    #expect(x.slice(1, from: 1, count: 2).values == [1, 2, 4, 5])
    #expect(x.rows(Tensor(indices: [1, 1], shape: [2])).values == [3, 4, 5, 3, 4, 5])
    #expect(Tensor.concatenated([x, x], along: 1).shape == [2, 6])
    #expect(x.sum(0).values == [3, 5, 7] && x.mean(1).values == [1, 4] && x.sum().scalar == 15)
    #expect(x.reshaped(-1).clamped(to: 1...3).values == [1, 1, 2, 3, 3, 3])
    #expect(Tensor(bytes: [0, 255], shape: [2]).float().values == [0, 255])
  }
}
