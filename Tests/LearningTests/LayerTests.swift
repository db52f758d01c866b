import Testing

@testable import Learning

@Suite("Layers and encoders as PyTorch, torchvision and transformers compute them") struct LayerTests {
  /// Result and gradients of all parameters against the case's.
  private func check(_ name: String, _ store: ParameterStore, _ out: Tensor, tolerance: Float = 1e-5) throws {
    try store.finish()
    #expect(difference(out, try Reference.tensor("\(name)/out")) < tolerance)
    (out * (try Reference.tensor("\(name)/weights"))).sum().backward()
    #expect(!store.parameters.isEmpty)
    for parameter in store.parameters {
      let expected = try Reference.tensor("\(name)/grad.\(parameter.name)")
      #expect(difference(parameter.tensor.gradient, expected) < 5 * tolerance, "\(parameter.name)")
    }
  }

  @Test("attention with several heads and padding among the keys")
  func attention() throws {
    let store = ParameterStore(Reference.Case("attention"))
    let attention = Attention(ParameterScope(store), width: 8, heads: 2)
    let mask = try Reference.tensor("attention/mask")
    let x = try Reference.leaf("attention/x")
    let out = attention(x, try Reference.tensor("attention/y"), bias: Attention.bias(mask))
    try check("attention", store, out)
    #expect(difference(x.gradient, try Reference.tensor("attention/grad.x")) < 5e-5)
  }

  @Test("a small residual network")
  func resNet() throws {
    let store = ParameterStore(Reference.Case("resnet"))
    let network = ResNet(ParameterScope(store), ResNet.Configuration(width: 2, blocks: [2, 1]))
    let x = try Reference.leaf("resnet/x")
    try check("resnet", store, network(x), tolerance: 2e-5)
    #expect(difference(x.gradient, try Reference.tensor("resnet/grad.x")) < 1e-4)
  }

  @Test("a small BERT")
  func bert() throws {
    let store = ParameterStore(Reference.Case("bert"))
    let encoder = BERTEncoder(ParameterScope(store), .tiny)
    let mask = try Reference.tensor("bert/mask")
    let states = encoder(try Reference.indices("bert/ids"), mask: mask)
    try check("bert", store, states * mask.reshaped(2, 6, 1), tolerance: 2e-5)
  }
}

extension BERTEncoder.Configuration {
  /// Of the reference.
  static let tiny = Self(vocabularySize: 60, width: 32, layers: 2, heads: 4, feedForwardWidth: 48, positions: 16)
}
