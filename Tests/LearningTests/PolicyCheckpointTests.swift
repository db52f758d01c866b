import RehearsalCore
import Testing

@testable import Learning

@Suite("Policies' files") struct PolicyCheckpointTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// What a good file holds.
  private struct Content {
    var tensors: [SafetensorsFile.NewTensor]
    var metadata: [String: String]

    init(of path: String) throws {
      let file = try SafetensorsFile(path: path)
      metadata = file.metadata
      tensors = try file.tensors.sorted { $0.key < $1.key }.map { name, entry in
        (name, entry.dtype, entry.shape, try file.withBytes(name) { Array($0) })
      }
    }

    /// Replaces a member of the description.
    mutating func describe(_ name: String, _ change: (JSON) -> JSON?) throws {
      let json = try JSON(parsing: try #require(metadata["rehearsal"]))
      let members = try #require(json.asObject).compactMap { member in
        member.name == name ? change(member.value).map { JSON.Member(name, $0) } : member
      }
      metadata["rehearsal"] = JSON.object(members).text
    }

    /// Says of the camera that it is on the hand.
    mutating func mount(at position: [JSON], turned orientation: [JSON], fovDegrees: Double) throws {
      try describe("cameras") { _ in
        let mount: JSON = [
          "position": .array(position), "orientation": .array(orientation), "fovDegrees": .number(fovDegrees),
        ]
        return [["name": "front", "width": 16, "height": 16, "mount": mount]]
      }
    }

    func index(of name: String) throws -> Int { try #require(tensors.firstIndex { $0.name == name }) }
  }

  /// Made once: a fresh network takes a while.
  private static let good: Result<Content, any Error> = Result {
    let directory = try TemporaryDirectory()
    let path = directory.path("policy.safetensors")
    try Synthetic.trainer().writePolicy(to: path)
    return try Content(of: path)
  }

  /// Changes to a good file, and what the error must say.
  private static let faults: [(change: @Sendable (inout Content) throws -> Void, message: String)] = [
    ({ $0.tensors.removeAll { $0.name == "actions.weight" } }, "actions.weight is missing"),
    ({ $0.tensors.append(("stray", .float32, [1], [0, 0, 0, 0])) }, "stray belongs to nothing in this model"),
    (
      { content in
        let index = try content.index(of: "gather.bias")
        content.tensors[index].shape = [1] + content.tensors[index].shape
      }, "gather.bias is [1, 512], expected [512]"
    ),
    (
      { content in
        let index = try content.index(of: "gather.bias")
        content.tensors[index].dtype = .int32
      }, "gather.bias"
    ),
    ({ $0.metadata = ["format": "pt"] }, "lacks our metadata"),
    ({ $0.metadata["rehearsal"] = "{robot: rover}" }, "metadata are not JSON"),
    ({ try $0.describe("vocabulary") { .array(Array($0.asArray!.dropLast())) } }, "word_embeddings.weight is ["),
    (
      { try $0.describe("vocabulary") { .array(Array($0.asArray!.dropFirst()) + ["new"]) } },
      "policy.safetensors is not a WordPiece vocabulary: it has no [PAD]"
    ),
    ({ try $0.describe("chunk") { _ in nil } }, "\"chunk\""),
    ({ try $0.describe("chunk") { _ in 0 } }, "chunk is 0"),
    ({ try $0.describe("hypotheses") { _ in 0 } }, "hypotheses is 0"),
    ({ try $0.describe("hypotheses") { _ in 2 } }, "choice.weight is missing"),
    ({ try $0.describe("actionCount") { _ in "two" } }, "\"actionCount\""),
    ({ try $0.describe("formatVersion") { _ in 3 } }, "format version 3"),
    ({ try $0.describe("deviation") { _ in [1, 1, 1, 1, 0.0] } }, "normalization"),
    ({ try $0.describe("mean") { .array(Array($0.asArray!.dropLast())) } }, "normalization"),
    ({ try $0.describe("mean") { .array(Array($0.asArray!.dropLast()) + [.null]) } }, "mean holds something"),
    ({ try $0.describe("slots") { _ in 7 } }, "slots is 7"),
    ({ try $0.describe("model") { _ in "full" } }, "a model called \"full\""),
    (
      { try $0.describe("proprioception") { _ in [["name": "robot0_eef_pos", "count": .integer(Int.max)]] } },
      "count is 9223372036854775807"
    ),
    ({ try $0.mount(at: [0, 0], turned: [0, 0, 0, 1], fovDegrees: 75) }, "a camera's mount"),
    ({ try $0.mount(at: [0, 0, .null], turned: [0, 0, 0, 1], fovDegrees: 75) }, "position holds something"),
    ({ try $0.mount(at: [0, 0, 0], turned: [0, 0, 0, 0], fovDegrees: 75) }, "a camera's mount"),
    ({ try $0.mount(at: [0, 0, 0], turned: [0, 0, 0, 1], fovDegrees: 180) }, "a camera's mount"),
  ]

  @Test("a file that is not as it should be is an error that says where", arguments: faults.indices)
  func damage(_ index: Int) throws {
    let path = directory.path("policy.safetensors")
    var content = try Self.good.get()
    let (change, message) = Self.faults[index]
    try change(&content)
    try SafetensorsFile.write(path, tensors: content.tensors, metadata: content.metadata)
    let error = try #require(throws: RehearsalError.self) { try NetworkPolicy(PolicyCheckpoint(path: path)) }
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.message.contains(path) || message == "[PAD]", "\(error.message)")
  }

  @Test("what is damaged here is sound before")
  func soundness() throws {
    let (path, content) = (directory.path("policy.safetensors"), try Self.good.get())
    try SafetensorsFile.write(path, tensors: content.tensors, metadata: content.metadata)
    let policy = try NetworkPolicy(PolicyCheckpoint(path: path))
    #expect(policy.description.interface == Synthetic.interface)
  }

  @Test("a description is read back as it was written")
  func description() throws {
    let description = try Synthetic.trainer().description
    let text = description.json.text
    #expect(try PolicyDescription(json: JSON(parsing: text)) == description)
  }

  @Test("how a camera is mounted on the hand is part of it, to the last bit; a policy that does not say fits any mount")
  func mount() throws {
    var description = try Synthetic.trainer().description
    let without = description.interface
    let mount = CameraMount(
      handFromCamera: Pose(position: Vector3(0.07, 1 / 3, -0.07), orientation: Quaternion(axis: .unitY, angle: -1.2)),
      fovDegrees: 75)
    description.interface.cameras[0].mount = mount
    description.configuration.cameras[0].mount = mount
    let read = try PolicyDescription(json: JSON(parsing: description.json.text))
    #expect(read == description)
    #expect(read.interface.difference(from: without) == nil && without.difference(from: read.interface) == nil)
    var other = description.interface
    other.cameras[0].mount?.fovDegrees = 70
    #expect(read.interface.difference(from: other)?.contains("mounted") == true)
  }
}
