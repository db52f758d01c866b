import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Authoring

@Suite("Lists of samples") struct SampleListTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try #require(Self.picture).write(to: URL(fileURLWithPath: folder.path + "/0.png"))
  }

  /// Two pixels: red, and (1, 2, 3).
  private static let picture = Data(
    base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4"
      + "z8DAyMQMAAYLAQYEC5ktAAAAAElFTkSuQmCC")

  private static func sample(_ action: String, image: String = "0.png") -> String {
    #"{"image_path": "\#(image)", "language_instruction": "go left", "action": \#(action), "extra": 1}"#
  }

  @Test("pictures, instructions and actions are read, PNG and JPEG alike")
  func reading() throws {
    let photo = packageRoot + "/Assets/pictures/arena.jpg"
    try folder.write("[\(Self.sample("[0.5, -1]")), \(Self.sample("[0, 1e-3]", image: photo))]", to: "list.json")
    let list = try SampleList(path: folder.path + "/list.json")
    #expect(list.actionCount == 2)
    #expect(list.samples.map(\.action) == [[0.5, -1], [0, 0.001]])
    #expect(list.samples.map(\.instruction) == ["go left", "go left"])
    let image = try list.samples[0].image()
    #expect(image.width == 2 && image.height == 1 && image.rgb == [255, 0, 0, 1, 2, 3])
    let jpeg = try list.samples[1].image()
    #expect(jpeg.width > 100 && jpeg.rgb.count == jpeg.width * jpeg.height * 3)
  }

  @Test(
    "a faulty list is an error that says the sample and the key",
    arguments: [
      ("[]", ": there are no samples"), ("{}", ": expected a list"), ("[1]", "[0]: expected an object"),
      ("[\n  {,", ":2:4: expected a member's name"), ("[\(sample("[NaN]"))]", ":1:72: expected a value"),
      ("[\(sample("[0, 1]")), \(sample("[0]"))]", "[1].action: has 1 numbers, that of [0] has 2"),
      ("[\(sample("[]"))]", "[0].action: expected a list of numbers"),
      ("[\(sample("[0, null]"))]", "[0].action[1]: expected a finite number, found null"),
      ("[\(sample("[1e999]"))]", "[0].action[0]: expected a finite number, found 1e999"),
      ("[\(sample("[true]"))]", "[0].action[0]: expected a finite number, found true"),
      ("[\(sample("[0]")), \(sample("[0]", image: "none.png"))]", "[1].image_path: no such file: none.png"),
      (#"[{"image_path": "0.png", "language_instruction": " ", "action": [0]}]"#, "[0].language_instruction: expected"),
      (#"[{"image_path": 7, "language_instruction": "go", "action": [0]}]"#, "[0].image_path: expected text"),
      (#"[{"image_path": "0.png", "language_instruction": "go"}]"#, "[0]: there is no \"action\""),
    ])
  func faults(_ text: String, message: String) throws {
    try folder.write(text, to: "list.json")
    let path = folder.path + "/list.json"
    let error = try #require(throws: RehearsalError.self) { try SampleList(path: path) }
    #expect(error.code == .malformed)
    #expect(error.message.hasPrefix(path + message), "\(error.message)")
  }

  @Test("a list or a picture that cannot be read is an error")
  func unreadable() throws {
    #expect(throws: RehearsalError.self) { try SampleList(path: folder.path + "/none.json") }
    try folder.write("no picture", to: "bad.png")
    try folder.write("[\(Self.sample("[0]", image: "bad.png"))]", to: "list.json")
    let list = try SampleList(path: folder.path + "/list.json")
    let error = try #require(throws: RehearsalError.self) { try list.samples[0].image() }
    #expect(error.message.contains("bad.png"))
  }
}
