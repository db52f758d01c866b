internal import Foundation
internal import RehearsalCore

/// The tensors of one safetensors file, or of all those that a `….safetensors.index.json` names.
public struct SafetensorsArchive: Sendable {
  public let path: String
  /// Which file holds a tensor, by the tensor's name.
  private let files: [String: SafetensorsFile]

  /// Opens the files and checks that they hold exactly the tensors that the index says.
  public init(path: String) throws {
    self.path = path
    if path.hasSuffix(".json") {
      files = try Self.shards(of: path)
    } else {
      let file = try SafetensorsFile(path: path)
      files = file.tensors.mapValues { _ in file }
    }
  }

  public var names: [String] { files.keys.sorted() }

  /// The file that holds the tensor of that name; an error if none does.
  public func file(of name: String) throws -> SafetensorsFile {
    if let file = files[name] { return file }
    throw RehearsalError(
      .mismatch, "\(path) has no tensor \"\(name)\"",
      remedy: "use a checkpoint of this model; the \(files.count) tensors of this one begin with "
        + names.prefix(5).joined(separator: ", "))
  }

  private static func shards(of path: String) throws -> [String: SafetensorsFile] {
    let directory = (path as NSString).deletingLastPathComponent as NSString
    var shards: [String: SafetensorsFile] = [:]
    var files: [String: SafetensorsFile] = [:]
    for member in try weightMap(of: path) {
      guard let name = member.value.asText, !name.isEmpty, !name.contains("/") else {
        throw damaged(path, "\"\(member.name)\" is in no file beside it")
      }
      let shard = try shards[name] ?? SafetensorsFile(path: directory.appendingPathComponent(name))
      shards[name] = shard
      guard shard.tensors[member.name] != nil else { throw damaged(path, "\(name) has no tensor \"\(member.name)\"") }
      guard files.updateValue(shard, forKey: member.name) == nil else {
        throw damaged(path, "\"\(member.name)\" is there twice")
      }
    }
    for (name, shard) in shards.sorted(by: { $0.key < $1.key }) {
      guard let extra = shard.tensors.keys.filter({ files[$0]?.path != shard.path }).min() else { continue }
      throw damaged(path, "\(name) has the tensor \"\(extra)\", which the index does not place there")
    }
    return files
  }

  private static func weightMap(of path: String) throws -> [JSON.Member] {
    let file = try InputFile(path)
    guard file.size <= SafetensorsHeader.longest else { throw damaged(path, "\(file.size) bytes are too many") }
    do {
      let index = try JSON(parsing: file.bytes(0..<file.size))
      guard let map = index["weight_map"]?.asObject, !map.isEmpty else { throw damaged(path, "it has no weight_map") }
      return map
    } catch let error as JSON.ParsingError {
      throw damaged(path, "line \(error.line), column \(error.column): \(error.message)")
    }
  }

  private static func damaged(_ path: String, _ what: String) -> RehearsalError {
    RehearsalError(
      .malformed, "\(path) is not a sound index of safetensors files: \(what)",
      remedy: "fetch the index and all the files it names again, into one directory")
  }
}
