import Learning
import RehearsalCore
import Testing

@Suite("Sharded safetensors") struct SafetensorsArchiveTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try SafetensorsFile.write(
      directory.path("model-00001-of-00002.safetensors"),
      tensors: [("a", .uint8, [1], [1]), ("b", .uint8, [2], [2, 3])])
    try SafetensorsFile.write(
      directory.path("model-00002-of-00002.safetensors"), tensors: [("c", .float16, [1], [0, 0x3C])])
  }

  private static func index(_ places: [String: Int]) -> String {
    let map = places.map { JSON.Member($0, .text("model-0000\($1)-of-00002.safetensors")) }
    return JSON.object([JSON.Member("weight_map", .object(map))]).text
  }

  @Test("an index joins its files, and a single file is read the same way")
  func reading() throws {
    let index = try directory.file("model.safetensors.index.json", Self.index(["a": 1, "b": 1, "c": 2]))
    let archive = try SafetensorsArchive(path: index)
    #expect(archive.names == ["a", "b", "c"])
    #expect(try archive.file(of: "c").floats("c") == [1])
    #expect(try archive.file(of: "b").withBytes("b") { Array($0) } == [2, 3])
    #expect(throws: RehearsalError.self) { try archive.file(of: "d") }
    let single = try SafetensorsArchive(path: directory.path("model-00001-of-00002.safetensors"))
    #expect(single.names == ["a", "b"])
  }

  @Test(
    "an index that does not match its files is an error",
    arguments: [
      (index(["a": 1, "b": 2, "c": 2]), "model-00002-of-00002.safetensors has no tensor \"b\""),
      (index(["a": 1, "c": 2]), "has the tensor \"b\", which the index does not place there"),
      (index(["a": 1, "b": 1, "c": 3]), "model-00003-of-00002.safetensors"),
      (#"{"weight_map":{"a":"../x.safetensors"}}"#, "in no file beside it"),
      (#"{"weight_map":{}}"#, "no weight_map"), ("{", "line 1, column 2"),
    ])
  func mismatch(_ text: String, message: String) throws {
    let index = try directory.file("model.safetensors.index.json", text)
    let error = try #require(throws: RehearsalError.self) { try SafetensorsArchive(path: index) }
    #expect(error.message.contains(message))
  }
}
