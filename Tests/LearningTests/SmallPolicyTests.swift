import RehearsalCore
import Testing

@testable import Learning

/// See reference/make_small_policy.py: both make weights and inputs from their names.
@Suite("The small policy as PyTorch computes it") struct SmallPolicyTests {
  private static let cameras: [PolicyInterface.Camera] = [
    .init(name: "static", size: PictureSize(width: 24, height: 16)),
    .init(
      name: "wrist", size: PictureSize(width: 16, height: 16),
      mount: CameraMount(
        handFromCamera: Pose(position: Vector3(0.07, 0, -0.07), orientation: Quaternion(axis: .unitY, angle: -1.2)),
        fovDegrees: 75)),
  ]
  private static let configuration = SmallPolicy.Configuration(
    cameras: cameras, proprioceptionCount: 3, actionCount: 2, width: 16, chunk: 2, hypotheses: 3,
    text: .scratch(vocabularySize: 8),
    kinds: ThingKinds(shapes: ["nothing", "cup"], colors: ["red", "blue"]))

  private static func made(_ name: String, _ shape: [Int], scale: Double = 1) -> Tensor {
    let begin = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let values = (0..<shape.reduce(1, *)).map { index in
      var x = UInt32(index) &* 2_654_435_761 &+ begin
      for _ in 0..<2 { x = (x ^ (x >> 16)) &* 0x45d9f3b }
      return Float((Double(x ^ (x >> 16)) / 0x1p31 - 1) * scale)
    }
    return Tensor(values, shape: shape)
  }

  @Test(
    "outputs and the gradients of all weights, through the geometry of a camera on the hand and the choice between chunks"
  )
  func numerics() throws {
    let file = try SafetensorsFile(path: Reference.path("small"))
    func reference(_ name: String) throws -> Tensor {
      Tensor(try file.floats(name), shape: try file.entry(name).shape)
    }
    let store = ParameterStore(seed: 1)
    let network = SmallPolicy(ParameterScope(store), Self.configuration)
    let parameters = store.parameters.filter { !$0.name.hasPrefix("text.") }
    for (name, tensor) in parameters.map({ ($0.name, $0.tensor) }) {
      let fanIn = tensor.rank > 1 ? tensor.shape[1...].reduce(1, *) : 100
      tensor.replace(with: Self.made(name, tensor.shape, scale: (3 / Double(fanIn)).squareRoot()).values)
    }
    let pictures = Self.cameras.enumerated().map {
      Self.made("picture \($0)", [2, 3, $1.size.height, $1.size.width], scale: 2)
    }
    let output = network(
      pictures, language: Self.made("language", [2, 128]), proprioception: Self.made("own", [2, 3]),
      hand: try reference("hand"))

    let (hypotheses, choice) = try #require(output.hypotheses)
    var outputs = [
      ("actions", output.actions), ("hypotheses", hypotheses), ("choice", choice), ("confidence", output.confidence),
      ("offsets", output.offsets),
    ]
    for (camera, size) in Self.cameras.map(\.size).enumerated() {
      let cells = size.width / 4 * (size.height / 4)
      let corners = PicturePlaces(
        cells: Tensor(indices: [0, 1, 2, 3, cells, cells + 1, cells + 2, cells + 3], shape: [8]),
        weights: Tensor([0.1, 0.2, 0.3, 0.4, 0.1, 0.2, 0.3, 0.4], shape: [2, 1, 4, 1]))
      outputs += [
        ("sightings.\(camera)", output.sightings[camera]), ("places.\(camera)", output.places[camera]),
        ("visibilities.\(camera)", output.visibilities[camera]),
        ("kinds.\(camera)", network.kinds(camera, output, at: corners)),
      ]
    }
    for (name, tensor) in outputs {
      #expect(difference(tensor, try reference(name)) < 2e-5, "\(name)")
    }
    let weighted = outputs.map { ($1 * Self.made("weights of \($0)", $1.shape)).sum() }
    weighted.reduce(Tensor(repeating: 0, shape: [])) { $0 + $1 }.backward()
    #expect(Set(parameters.map { "grad.\($0.name)" }) == Set(file.tensors.keys.filter { $0.hasPrefix("grad.") }))
    for (name, tensor) in parameters.map({ ($0.name, $0.tensor) }) {
      let gradient = try #require(tensor.gradient, "\(name)")
      let along = (gradient * Self.made("along \(name)", gradient.shape)).sum()
      let length = (gradient * gradient).sum().scalar.squareRoot()
      let error = abs(along.scalar - (try reference("grad.\(name)")).values[0])
      #expect(error < 1e-4 * max(length, 0.05), "\(name)")
    }
  }
}
