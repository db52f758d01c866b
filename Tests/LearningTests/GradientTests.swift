import RehearsalCore
import Testing

@testable import Learning

@Suite("Gradients of the small policy") struct GradientTests {
  private let store = ParameterStore(seed: 3)
  private let network: SmallPolicy
  private let pictures: [Tensor]
  private let ids = Tensor(indices: [1, 4, 2, 1, 7, 0], shape: [2, 3])
  private let mask = Tensor([1, 1, 1, 1, 1, 0], shape: [2, 3])
  /// Turned about its line of sight, and tilted.
  private let hand = Tensor(
    [0.6, 0.8, 0, 0.8, -0.6, 0, 0, 0, -1, 1, 0, 0, 0, -0.96, 0.28, 0, -0.28, -0.96], shape: [2, 3, 3])
  private let own = Tensor((0..<6).map { Float($0) / 5 - 0.5 }, shape: [2, 3])

  init() {
    let mount = CameraMount(
      handFromCamera: Pose(position: Vector3(0.07, 0, -0.07), orientation: Quaternion(axis: .unitY, angle: -1.2)),
      fovDegrees: 75)
    let configuration = SmallPolicy.Configuration(
      cameras: [.init(name: "wrist", size: PictureSize(width: 16, height: 16), mount: mount)], proprioceptionCount: 3,
      actionCount: 2, width: 32, chunk: 2,
      text: .scratch(vocabularySize: 8), kinds: ThingKinds(shapes: ["nothing", "cup"], colors: ["red", "blue"]))
    network = SmallPolicy(ParameterScope(store), configuration)
    let values: [Float] = (0..<1536).map { (index: Int) in Float(index * 7919 % 1009) / 504.5 - 1 }
    pictures = [Tensor(values, shape: [2, 3, 16, 16])]
  }

  /// In a process of its own, since other tests make tensors meanwhile.
  @Test("a training step leaves no tensor behind")
  func leaks() async {
    await #expect(processExitsWith: .success) {
      let tests = GradientTests()
      let optimizer = AdamW(tests.store.parameters, learningRate: 1e-3)
      func step() {
        optimizer.clearGradients()
        tests.loss().backward()
        optimizer.clipGradients(to: 1)
        optimizer.update()
      }
      step()
      let before = Tensor.liveCount
      for _ in 0..<3 { step() }
      precondition(before > tests.store.parameters.count && Tensor.liveCount == before)
    }
  }

  /// A scalar that every output takes part in.
  private func loss() -> Tensor {
    let language = network.text(.tokens(ids: ids, mask: mask))
    let output = network(pictures, language: language, proprioception: own, hand: hand)
    let places = PicturePlaces(
      cells: Tensor(indices: [0, 1, 4, 5, 6, 7, 10, 11, 16, 17, 20, 21, 26, 27, 30, 31], shape: [16]),
      weights: Tensor((0..<16).map { Float($0 % 5) / 16 }, shape: [2, 2, 4, 1]))
    let kinds = network.kinds(0, output, at: places)
    let all = [output.actions, output.confidence, output.offsets, kinds] + output.sightings + output.visibilities
    return all.map { ($0 * $0).mean() }.reduce(Tensor(repeating: 0, shape: [])) { $0 + $1 }
  }

  @Test("agree with differences of the loss along them, parameter by parameter")
  func numeric() throws {
    loss().backward()
    // The parameters with the longest gradients: the others' differences drown in rounding.
    let ranked = store.parameters.compactMap { parameter -> (NamedTensor, [Float], Float)? in
      guard let gradient = parameter.tensor.gradient?.values else { return nil }
      return (parameter, gradient, gradient.map { $0 * $0 }.reduce(0, +).squareRoot())
    }.sorted { $0.2 > $1.2 }
    #expect(ranked.count == store.parameters.count, "every parameter has a gradient")
    for (parameter, gradient, norm) in ranked.prefix(24) {
      let start = parameter.tensor.values
      // A step that changes the loss by about 0.2 %.
      let length = 0.002 * loss().scalar / norm
      func lossMoved(_ distance: Float) -> Float {
        parameter.tensor.replace(with: zip(start, gradient).map { $0 + distance * $1 / norm })
        defer { parameter.tensor.replace(with: start) }
        return Tensor.withoutGradients { loss().scalar }
      }
      let numeric = (lossMoved(length) - lossMoved(-length)) / (2 * length)
      #expect(abs(numeric / norm - 1) < 0.02, "\(parameter.name): \(numeric) against \(norm)")
    }
  }
}
