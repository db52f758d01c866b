internal import RehearsalCore

/// The tensors of a pretrained encoder's file by the names that the encoder itself knows.
///
/// `module.` (of parallel training) and `prefix` (of the encoder in a larger model) are stripped, and the `gamma` and
/// `beta` of old layer norms are today's `weight` and `bias`.
struct PretrainedTensors: ParameterSource {
  private let archive: SafetensorsArchive
  /// A tensor's name in the file by its name here.
  private let originals: [String: String]

  /// Throws where two tensors get the same name.
  init(path: String, prefix: String = "") throws {
    archive = try SafetensorsArchive(path: path)
    var originals: [String: String] = [:]
    for original in archive.names {
      let name = Self.current(original, prefix: prefix)
      if let other = originals.updateValue(original, forKey: name) {
        throw RehearsalError(
          .mismatch, "\(path) has \(name) twice, as \(other) and as \(original)",
          remedy: "save the encoder alone, once")
      }
    }
    self.originals = originals
  }

  var origin: String { archive.path }
  var names: [String] { originals.keys.sorted() }

  func shape(of name: String) -> [Int]? {
    originals[name].flatMap { try? archive.file(of: $0).entry($0).shape }
  }

  func values(of name: String) throws -> [Float] {
    let original = originals[name] ?? name
    return try archive.file(of: original).floats(original)
  }

  private static func current(_ original: String, prefix: String) -> String {
    var name = original[...]
    for part in ["module.", prefix] where !part.isEmpty && name.hasPrefix(part) { name = name.dropFirst(part.count) }
    for (old, new) in [("LayerNorm.gamma", "LayerNorm.weight"), ("LayerNorm.beta", "LayerNorm.bias")]
    where name.hasSuffix(old) { name = name.dropLast(old.count) + new }
    return String(name)
  }
}
