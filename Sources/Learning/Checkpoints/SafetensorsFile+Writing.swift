internal import RehearsalCore

extension SafetensorsFile {
  /// A tensor to be written: `bytes` little endian, C order.
  public typealias NewTensor = (name: String, dtype: DType, shape: [Int], bytes: [UInt8])

  /// Writes a file as the official writer would, so that `path` is, even after a crash, either as before or complete.
  ///
  /// Largest elements first, then by name, and the header padded, so that every tensor is aligned.
  public static func write(_ path: String, tensors: [NewTensor], metadata: [String: String] = [:]) throws {
    try check(tensors, for: path)
    let sorted = tensors.sorted {
      $0.dtype.bits != $1.dtype.bits
        ? $0.dtype.bits > $1.dtype.bits : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    let header = header(of: sorted, metadata: metadata)
    guard header.count <= SafetensorsHeader.longest else {
      throw RehearsalError(
        .unwritable, "\(path): a header of \(header.count) bytes; the format allows \(SafetensorsHeader.longest)",
        remedy: "store fewer tensors or less metadata")
    }
    try OutputFile.replace(path) { file in
      let length = UInt64(header.count)
      try file.append((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) })
      try file.append(header)
      for tensor in sorted { try file.append(tensor.bytes) }
    }
  }

  private static func check(_ tensors: [NewTensor], for path: String) throws {
    var names: Set<String> = [SafetensorsHeader.metadataName]
    for tensor in tensors {
      guard names.insert(tensor.name).inserted else {
        throw RehearsalError(
          .mismatch, "\(path): a second tensor \"\(tensor.name)\"", remedy: "give every tensor a name of its own")
      }
      guard tensor.dtype.byteCount(of: tensor.shape) == tensor.bytes.count else {
        throw RehearsalError(
          .mismatch,
          "\(path): the tensor \"\(tensor.name)\", \(tensor.dtype.rawValue) of shape \(tensor.shape), has"
            + " \(tensor.bytes.count) bytes", remedy: "make the shape, the type and the bytes agree")
      }
    }
  }

  /// JSON, padded with spaces such that the data begins at a multiple of 8 bytes.
  private static func header(of tensors: [NewTensor], metadata: [String: String]) -> [UInt8] {
    var members: [JSON.Member] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .text($0.value)) }
      members.append(JSON.Member(SafetensorsHeader.metadataName, .object(texts)))
    }
    var end = 0
    for tensor in tensors {
      let begin = end
      end += tensor.bytes.count
      members.append(
        JSON.Member(
          tensor.name,
          [
            "dtype": .text(tensor.dtype.rawValue), "shape": .array(tensor.shape.map(JSON.integer)),
            "data_offsets": [.integer(begin), .integer(end)],
          ]))
    }
    let text = Array(JSON.object(members).text.utf8)
    return text + Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
  }
}
