import RehearsalCore
import Testing

@testable import Learning

@Suite("The full-size policy, small") struct FullPolicyTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static let configuration = FullPolicy.Configuration(
    vision: ResNet.Configuration(width: 4, blocks: [1, 1, 1, 1]), language: .tiny, heads: 8, hiddenWidth: 24,
    actionCount: 7)

  private static func load(vision: String = "resnet", language: String = "bert") throws -> FullPolicy {
    try FullPolicy.load(
      vision: Reference.path(vision), language: Reference.path(language), head: Reference.path("head"), configuration)
  }

  @Test("loaded from torchvision's and Hugging Face's files, it decides as PyTorch does, frozen or not")
  func numerics() throws {
    let policy = try Self.load()
    let (ids, mask) = (try Reference.indices("full/ids"), try Reference.tensor("full/mask"))
    let pictures = FullPolicy.normalized(try Reference.tensor("full/rgb"))
    let frozen = FrozenFullPolicy(policy)
    for output in [policy(pictures, policy.read(ids, mask: mask)), frozen(pictures, frozen.read(ids, mask: mask))] {
      #expect(difference(output.actions, try Reference.tensor("full/actions")) < 2e-5)
      #expect(difference(output.confidence, try Reference.tensor("full/confidence")) < 2e-5)
    }
  }

  @Test("the frozen vision encoder makes torchvision's map")
  func map() throws {
    let x = try Reference.tensor("full/rgb").permuted(0, 3, 1, 2)
    let map = FrozenResNet(try Self.load().vision)(x)
    #expect(difference(map, try Reference.tensor("full/map")) < 2e-5)
  }

  /// Changes to the tensors of the language encoder's file, and what the error must say.
  private static let faults: [(String, @Sendable (inout [SafetensorsFile.NewTensor]) -> Void, String)] = [
    ("missing", { $0.removeAll { $0.name.hasSuffix("word_embeddings.weight") } }, "word_embeddings.weight is missing"),
    ("misshapen", { $0[0].shape = [1] + $0[0].shape }, "expected"),
    ("extra", { $0.append(("bert.encoder.layer.2.x", .float32, [1], [0, 0, 0, 0])) }, "encoder.layer.2.x belongs to"),
    ("twice", { $0.append(("module." + $0[0].name, $0[0].dtype, $0[0].shape, $0[0].bytes)) }, "twice"),
  ]

  private static func tensors() throws -> [SafetensorsFile.NewTensor] {
    let file = try SafetensorsFile(path: Reference.path("bert"))
    return try file.tensors.sorted { $0.key < $1.key }.filter { $0.value.dtype == .float32 }.map { name, entry in
      (name, entry.dtype, entry.shape, try file.withBytes(name) { Array($0) })
    }
  }

  @Test("a language encoder that does not fit is an error", arguments: faults.indices)
  func misfit(_ index: Int) throws {
    let (_, change, message) = Self.faults[index]
    var tensors = try Self.tensors()
    change(&tensors)
    let path = directory.path("bert.safetensors")
    try SafetensorsFile.write(path, tensors: tensors)
    let error = try #require(throws: RehearsalError.self) {
      try FullPolicy.load(
        vision: Reference.path("resnet"), language: path, head: Reference.path("head"), Self.configuration)
    }
    #expect(error.message.contains(message), "\(error.message)")
  }

  @Test("names of parallel training and of old layer norms are understood")
  func names() throws {
    let renamed = try Self.tensors().map { tensor in
      var name = "module." + tensor.name
      if name.hasSuffix("LayerNorm.weight") { name = name.dropLast(6) + "gamma" }
      if name.hasSuffix("LayerNorm.bias") { name = name.dropLast(4) + "beta" }
      return (name: name, dtype: tensor.dtype, shape: tensor.shape, bytes: tensor.bytes)
    }
    let path = directory.path("bert.safetensors")
    try SafetensorsFile.write(path, tensors: renamed)
    _ = try FullPolicy.load(
      vision: Reference.path("resnet"), language: path, head: Reference.path("head"), Self.configuration)
  }
}
