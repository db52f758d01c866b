internal import RehearsalCore

/// The header of a safetensors file, checked: its tensors tile the rest of the file without hole or overlap.
struct SafetensorsHeader {
  /// The format's own limit, bytes.
  static let longest = 100_000_000
  static let metadataName = "__metadata__"

  private(set) var metadata: [String: String] = [:]
  private(set) var tensors: [String: SafetensorsFile.Entry] = [:]
  let dataStart: Int
  private let path: String

  init(of file: InputFile) throws {
    path = file.path
    guard file.size >= 8 else { throw Self.damaged(path, "\(file.size) bytes are too few for a safetensors file") }
    let length = try file.bytes(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.longest) else {
      throw Self.damaged(path, "a header of \(length) bytes; the format allows \(Self.longest)")
    }
    dataStart = 8 + Int(length)
    guard dataStart <= file.size else {
      throw Self.damaged(path, "the header of \(length) bytes ends beyond the file of \(file.size)")
    }
    let text = try file.bytes(8..<dataStart)
    guard text.first == UInt8(ascii: "{") else { throw Self.damaged(path, "the header does not begin with {") }
    for member in try members(of: text) { try add(member) }
    try checkTiling(of: file.size - dataStart)
  }

  private func members(of text: [UInt8]) throws -> [JSON.Member] {
    do {
      return try unique(JSON(parsing: text).asObject ?? [], in: "the header")
    } catch let error as JSON.ParsingError {
      throw Self.damaged(path, "the header, line \(error.line), column \(error.column): \(error.message)")
    }
  }

  private func unique(_ members: [JSON.Member], in place: String) throws -> [JSON.Member] {
    var names: Set<String> = []
    for member in members where !names.insert(member.name).inserted {
      throw Self.damaged(path, "\(place) has \"\(member.name)\" twice")
    }
    return members
  }

  private mutating func add(_ member: JSON.Member) throws {
    if member.name == Self.metadataName {
      metadata = try texts(member.value)
    } else {
      tensors[member.name] = try entry(member)
    }
  }

  private func texts(_ value: JSON) throws -> [String: String] {
    guard let members = value.asObject else { throw Self.damaged(path, "\(Self.metadataName) is not an object") }
    var texts: [String: String] = [:]
    for member in try unique(members, in: Self.metadataName) {
      guard let text = member.value.asText else {
        throw Self.damaged(path, "\(Self.metadataName): \"\(member.name)\" is not a text")
      }
      texts[member.name] = text
    }
    return texts
  }

  private func entry(_ member: JSON.Member) throws -> SafetensorsFile.Entry {
    let dtypeName = try only("dtype", of: member).asText ?? "something else than a text"
    guard let dtype = SafetensorsFile.DType(rawValue: dtypeName) else {
      throw fault(member, "its dtype is \(dtypeName)")
    }
    let shape = try counts("shape", of: member)
    let offsets = try counts("data_offsets", of: member)
    guard offsets.count == 2, offsets[0] <= offsets[1] else { throw fault(member, "its data_offsets are no range") }
    let data = offsets[0]..<offsets[1]
    guard let size = dtype.byteCount(of: shape) else { throw fault(member, "no \(dtypeName) has the shape \(shape)") }
    guard size == data.count else {
      throw fault(member, "\(dtypeName) of shape \(shape) takes \(size) bytes, not \(data.count)")
    }
    return SafetensorsFile.Entry(dtype: dtype, shape: shape, data: data)
  }

  private func counts(_ key: String, of member: JSON.Member) throws -> [Int] {
    let numbers = try only(key, of: member).asArray?.map(\.asInt)
    guard let numbers, numbers.allSatisfy({ $0 != nil && $0! >= 0 }) else {
      throw fault(member, "its \(key) is not a list of whole numbers from 0")
    }
    return numbers.compactMap(\.self)
  }

  /// The value of `key`; keys that the format does not know are let pass.
  private func only(_ key: String, of member: JSON.Member) throws -> JSON {
    let found = member.value.asObject?.filter { $0.name == key } ?? []
    guard found.count == 1 else { throw fault(member, "it has \(found.isEmpty ? "no" : "more than one") \(key)") }
    return found[0].value
  }

  private func checkTiling(of size: Int) throws {
    var end = 0
    let sorted = tensors.sorted {
      ($0.value.data.lowerBound, $0.value.data.upperBound) < ($1.value.data.lowerBound, $1.value.data.upperBound)
    }
    for (name, entry) in sorted {
      guard entry.data.lowerBound == end else {
        let kind = entry.data.lowerBound > end ? "a hole" : "an overlap"
        throw Self.damaged(path, "\(kind) before the tensor \"\(name)\" at byte \(end) of the data")
      }
      end = entry.data.upperBound
    }
    guard end == size else { throw Self.damaged(path, "the tensors take \(end) bytes, the file has \(size) for them") }
  }

  private func fault(_ member: JSON.Member, _ what: String) -> RehearsalError {
    Self.damaged(path, "the tensor \"\(member.name)\": \(what)")
  }

  private static func damaged(_ path: String, _ what: String) -> RehearsalError {
    RehearsalError(
      .malformed, "\(path) is not a sound safetensors file: \(what)",
      remedy: "fetch or save the file again; it was damaged, cut short or is of another format")
  }
}
