import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Learning

@Suite("The full-size policy from a folder, small") struct FullNetworkPolicyTests {
  private let directory: TemporaryDirectory
  private static let vision = ResNet.Configuration(width: 4, blocks: [1, 1, 1, 1])
  private static let words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "go", "left", "right"]
  private static let language = BERTEncoder.Configuration(
    vocabularySize: words.count, width: 32, layers: 1, heads: 4, feedForwardWidth: 48, positions: FullPolicy.tokens)

  init() throws {
    directory = try TemporaryDirectory()
    _ = try directory.file("vocab.txt", Self.words.joined(separator: "\n") + "\n")
    let stores = (0..<3).map { ParameterStore(seed: UInt64($0)) }
    let scopes = stores.map { ParameterScope($0) }
    _ = FullPolicy(
      vision: scopes[0], language: scopes[1], head: scopes[2],
      FullPolicy.Configuration(vision: Self.vision, language: Self.language, hiddenWidth: 24, actionCount: 2))
    for (file, store) in zip(FullNetworkPolicy.files, stores) {
      try SafetensorsFile.write(directory.path(file), tensors: store.all.map(\.stored))
    }
  }

  private func policy() throws -> FullNetworkPolicy {
    try FullNetworkPolicy(folder: directory.path(""), vision: Self.vision, language: Self.language)
  }

  private static func observation(_ instruction: String) -> Observation {
    let side = FullPolicy.pictureSide
    let image = CameraImage(
      width: side, height: side, rgb: (0..<(side * side * 3)).map { UInt8(truncatingIfNeeded: $0 / 7) })
    return Observation(tick: 0, instruction: instruction, images: [image], proprioception: [])
  }

  @Test("it answers with one action of the head's size, and differently to other words")
  func answers() throws {
    Compute.use(threads: 1)
    let policy = try policy()
    let (left, right) = (
      try policy.act(Self.observation("go left")), try policy.act(Self.observation("go right"))
    )
    #expect(left.actions.map(\.count) == [2] && left != right)
    #expect(left == (try policy.act(Self.observation("go left"))))
    #expect((0.0...1.0).contains(left.confidence ?? -1))
  }

  @Test("an instruction of more than 64 pieces is refused, not cut")
  func overlong() throws {
    let policy = try policy()
    let error = try #require(throws: RehearsalError.self) {
      try policy.act(Self.observation(Array(repeating: "left", count: 63).joined(separator: " ")))
    }
    #expect(error.message.contains("more than 62 word pieces"))
  }

  @Test("a folder without one of the files, or with another vocabulary, is an error that names it")
  func misfits() throws {
    _ = try directory.file("vocab.txt", (Self.words + ["cup"]).joined(separator: "\n"))
    let other = try #require(throws: RehearsalError.self) { try policy() }
    #expect(other.message.contains("vocab.txt has 9 word pieces, the network 8"), "\(other.message)")
    try FileManager.default.removeItem(atPath: directory.path("head.safetensors"))
    let missing = try #require(throws: RehearsalError.self) { try policy() }
    #expect(missing.message.contains("there is no") && missing.message.contains("head.safetensors"))
  }

  @Test("a camera of another size, or a robot with another number of action elements, is a mismatch")
  func robots() throws {
    let policy = try policy()
    var scene = SceneModel.drive()
    func mismatch(_ actionSpace: ActionSpace) -> String? {
      policy.mismatch(
        with: PolicyContext(
          scene: scene, actionSpace: actionSpace, proprioception: ProprioceptionLayout(robot: scene.robot),
          cameras: [scene.cameras[0]], controlHz: 10, random: SeedStream(root: 1, factor: .policy, episode: 0)))
    }
    #expect(mismatch(.baseTwist)?.contains("must be 224 × 224 pixels, not 32 × 32") == true)
    scene.cameras[0].width = FullPolicy.pictureSide
    scene.cameras[0].height = FullPolicy.pictureSide
    #expect(mismatch(.baseTwist) == nil)
    #expect(mismatch(.twist7)?.contains("it gives 2 numbers an action, twist7 has 7") == true)
  }
}
