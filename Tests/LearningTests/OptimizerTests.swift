import Testing

@testable import Learning

@Suite("AdamW") struct OptimizerTests {
  @Test("five clipped steps are PyTorch's; weights decay, biases do not")
  func steps() throws {
    let (weight, bias) = (try Reference.leaf("adamw/weight"), try Reference.leaf("adamw/bias"))
    let (x, target) = (try Reference.tensor("adamw/x"), try Reference.tensor("adamw/target"))
    let optimizer = AdamW(
      [NamedTensor("weight", weight), NamedTensor("bias", bias)], learningRate: 0.05, weightDecay: 0.1)
    for step in 0..<5 {
      optimizer.clearGradients()
      x.linear(weight, bias).meanSquaredError(target).backward()
      let norm = optimizer.clipGradients(to: 1)
      #expect(abs(Float(norm) / (try Reference.tensor("adamw/norm\(step)").scalar) - 1) < 1e-5)
      optimizer.update()
      #expect(difference(weight, try Reference.tensor("adamw/weight\(step)")) < 1e-5)
      #expect(difference(bias, try Reference.tensor("adamw/bias\(step)")) < 1e-5)
    }
    #expect(optimizer.step == 5)
  }
}
