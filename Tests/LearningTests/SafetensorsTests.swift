import Foundation
import RehearsalCore
import Testing

@testable import Learning

@Suite("Safetensors") struct SafetensorsTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Written by the official library: `a` I64 [[1,2],[3,4]], `b` F32 [1.5,-2], `s` U8 7, metadata format=pt.
  private static let official: [UInt8] = {
    let header =
      #"{"__metadata__":{"format":"pt"},"a":{"dtype":"I64","shape":[2,2],"data_offsets":[0,32]},"#
      + #""b":{"dtype":"F32","shape":[2],"data_offsets":[32,40]},"#
      + #""s":{"dtype":"U8","shape":[],"data_offsets":[40,41]}}    "#
    let integers: [UInt8] = (1...4).flatMap { [$0, 0, 0, 0, 0, 0, 0, 0] }
    return [0xC8, 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + integers + [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0] + [7]
  }()

  @Test("a file of the official library is read")
  func reading() throws {
    #expect(Self.official.count == 249)
    let file = try SafetensorsFile(path: directory.file("a.safetensors", Self.official))
    #expect(file.metadata == ["format": "pt"])
    #expect(file.tensors.keys.sorted() == ["a", "b", "s"])
    #expect(try file.entry("a") == SafetensorsFile.Entry(dtype: .int64, shape: [2, 2], data: 0..<32))
    #expect(try file.entry("s").shape == [])
    #expect(try file.floats("b") == [1.5, -2])
    #expect(try file.withBytes("s") { Array($0) } == [7])
    #expect(try file.withBytes("a") { Array($0).enumerated().filter { $1 != 0 }.map(\.offset) } == [0, 8, 16, 24])
  }

  @Test("the same tensors are written as the official library writes them")
  func writing() throws {
    let source = try SafetensorsFile(path: directory.file("a.safetensors", Self.official))
    let tensors = try ["s", "b", "a"].map { name -> SafetensorsFile.NewTensor in
      let entry = try source.entry(name)
      return (name, entry.dtype, entry.shape, try source.withBytes(name) { Array($0) })
    }
    let path = directory.path("written.safetensors")
    try SafetensorsFile.write(path, tensors: tensors, metadata: source.metadata)
    #expect(try TemporaryDirectory.bytes(of: path) == Self.official)
    #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
  }

  @Test("halves, brain floats, doubles and empty tensors become floats, whatever their alignment")
  func conversions() throws {
    let path = try file(
      #"{"d":{"dtype":"F64","shape":[2],"data_offsets":[5,21]},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[5,5]},"#
        + #""h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"u":{"dtype":"U8","shape":[1],"data_offsets":[4,5]},"#
        + #""z":{"dtype":"BF16","shape":[1],"data_offsets":[21,23]}}"#,
      data: [0x00, 0x3C, 0x01, 0x80, 9] + [0, 0, 0, 0, 0, 0, 0xF8, 0x3F] + [0, 0, 0, 0, 0, 0, 0xF0, 0x7F]
        + [0x40, 0xC0])
    let file = try SafetensorsFile(path: path)
    #expect(try file.floats("h") == [1, -0x1p-24])
    #expect(try file.floats("d") == [1.5, .infinity])
    #expect(try file.floats("z") == [-3])
    #expect(try file.floats("e") == [])
    #expect(throws: RehearsalError.self) { try file.floats("u") }
  }

  @Test("a tensor that is not there is an error that says what is")
  func missing() throws {
    let file = try SafetensorsFile(path: directory.file("a.safetensors", Self.official))
    let error = try #require(throws: RehearsalError.self) { try file.floats("conv1.weight") }
    #expect(error.code == .mismatch && error.message.contains("conv1.weight") && error.remedy.contains("a, b, s"))
  }

  /// Header, data bytes and what the error must say.
  static let faults: [(header: String, data: Int, message: String)] = [
    (entry("F32", "[2]", "[4,12]"), 12, "a hole before the tensor \"t\""),
    (
      #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, 4,
      "an overlap before the tensor \"b\""
    ), (entry("F32", "[2]", "[0,8]"), 9, "take 8 bytes, the file has 9"),
    (entry("F32", "[2]", "[0,8]"), 7, "take 8 bytes, the file has 7"),
    (entry("F32", "[3]", "[0,8]"), 8, "F32 of shape [3] takes 12 bytes, not 8"),
    (entry("F32", "[4294967296,4294967296]", "[0,0]"), 0, "no F32 has the shape"),
    (entry("F32", "[9223372036854775807,2,0]", "[0,0]"), 0, "no F32 has the shape"),
    (entry("F4", "[3]", "[0,1]"), 1, "no F4 has the shape"), (entry("f32", "[2]", "[0,8]"), 8, "its dtype is f32"),
    (entry("F32", "[-2]", "[0,8]"), 8, "its shape is not a list"), (entry("F32", "[2.0]", "[0,8]"), 8, "its shape"),
    (entry("F32", "[99999999999999999999]", "[0,8]"), 8, "its shape is not a list"),
    (entry("F32", "[2]", "[8,0]"), 8, "no range"), (entry("F32", "[2]", "[0,-8]"), 8, "its data_offsets is not a list"),
    (entry("F32", "[2]", "[0,4,8]"), 8, "no range"), (entry("F32", "[2]", "8"), 8, "its data_offsets is not a list"),
    (#"{"t":{"dtype":"F32","shape":[2]}}"#, 8, "no data_offsets"),
    (#"{"t":{"dtype":"F32","dtype":"I32","shape":[2],"data_offsets":[0,8]}}"#, 8, "more than one dtype"),
    (#"{"t":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}"#, 8, "its dtype is something else"),
    (#"{"t":7}"#, 0, "it has no dtype"), (#"{"__metadata__":{"a":1}}"#, 0, "\"a\" is not a text"),
    (#"{"__metadata__":[]}"#, 0, "is not an object"), (#"{"__metadata__":{"a":"","a":""}}"#, 0, "\"a\" twice"),
    (#"{"__metadata__":{},"__metadata__":{}}"#, 0, "\"__metadata__\" twice"),
    (
      #"{"t":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"t":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#, 0,
      "\"t\" twice"
    ), ("[1]", 0, "does not begin with {"), (" {}", 0, "does not begin with {"), ("", 0, "does not begin with {"),
    ("{\"t\":", 0, "column 6: expected a value"), ("{} x", 0, "expected the end"),
    ("{\"t\":" + String(repeating: "[", count: 300), 0, "nested too deeply"),
    ("{\"t\":{\"dtype\":\"U8\",\"shape\":[]", 0, "expected , or }"),
  ]

  private static func entry(_ dtype: String, _ shape: String, _ offsets: String) -> String {
    #"{"t":{"dtype":""# + dtype + #"","shape":"# + shape + #","data_offsets":"# + offsets + "}}"
  }

  @Test("every fault of a header is an error that names the file, the fault and a remedy", arguments: faults)
  func faulty(_ header: String, data: Int, message: String) throws {
    let path = try file(header, data: Array(repeating: 0, count: data))
    let error = try #require(throws: RehearsalError.self) { try SafetensorsFile(path: path) }
    #expect(error.code == .malformed && error.message.contains(path) && !error.remedy.isEmpty)
    #expect(error.message.contains(message))
  }

  @Test(
    "a file that is no safetensors file at all is an error",
    arguments: [
      ([], "too few"), ([1, 2, 3], "too few"), ([255, 255, 255, 255, 255, 255, 255, 255, 123], "the format allows"),
      ([1, 225, 245, 5, 0, 0, 0, 0], "the format allows"),
      ([3, 0, 0, 0, 0, 0, 0, 0, 123, 125], "ends beyond the file"),
    ] as [([UInt8], String)])
  func notOne(_ bytes: [UInt8], message: String) throws {
    let path = try directory.file("x.safetensors", bytes)
    let error = try #require(throws: RehearsalError.self) { try SafetensorsFile(path: path) }
    #expect(error.code == .malformed && error.message.contains(message))
  }

  @Test("what cannot be opened is an error: no file, a directory, a pipe")
  func unreadable() throws {
    let pipe = directory.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [directory.path("none"), directory.path, pipe] {
      let error = try #require(throws: RehearsalError.self) { try SafetensorsFile(path: path) }
      #expect(error.code == .unreadable && error.message.contains(path))
    }
  }

  @Test("a file that shrinks after it was opened is an error, not a signal")
  func shrinking() throws {
    let path = try directory.file("a.safetensors", Self.official)
    let file = try SafetensorsFile(path: path)
    #expect(truncate(path, 220) == 0)
    let error = try #require(throws: RehearsalError.self) { try file.floats("b") }
    #expect(error.message.contains("became shorter"))
  }

  @Test("no damage to a file crashes the reader, and what it accepts lies within the file")
  func damage() throws {
    var random = SeedStream(root: 5, factor: .policy, episode: 0)
    for round in 0..<1000 {
      var bytes = Self.official
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
      let path = try directory.file("\(round).safetensors", bytes)
      guard let file = try? SafetensorsFile(path: path) else { continue }
      for (name, entry) in file.tensors {
        #expect(try file.withBytes(name) { $0.count } == entry.data.count)
        #expect(entry.data.upperBound <= bytes.count)
      }
    }
  }

  @Test("writing refuses tensors that do not agree with themselves, and leaves what was there")
  func refusals() throws {
    let path = try directory.file("a.safetensors", Self.official)
    let one: SafetensorsFile.NewTensor = ("t", .float32, [1], [0, 0, 0, 0])
    let wrong: [[SafetensorsFile.NewTensor]] = [
      [one, one], [("t", .float32, [2], [0, 0, 0, 0])], [("__metadata__", .uint8, [0], [])],
    ]
    for tensors in wrong {
      let error = try #require(throws: RehearsalError.self) { try SafetensorsFile.write(path, tensors: tensors) }
      #expect(error.code == .mismatch)
    }
    #expect(try TemporaryDirectory.bytes(of: path) == Self.official)
    let nowhere = try #require(throws: RehearsalError.self) {
      try SafetensorsFile.write(directory.path("no/where"), tensors: [one])
    }
    #expect(nowhere.code == .unwritable)
  }

  private func file(_ header: String, data: [UInt8]) throws -> String {
    let length = UInt64(header.utf8.count)
    return try directory.file(
      "t.safetensors", (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8) + data)
  }
}
