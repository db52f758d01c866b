internal import RehearsalCore
internal import Yams

/// The keys of a mapping, which remembers what it was asked for.
///
/// Methods named after a type read the key's value; a required key that is missing is reported and a stand-in returned.
final class YAMLMapping {
  let reader: YAMLReader
  /// In the file's order; merge keys (`<<`) resolved, a mapping's own keys winning.
  private let pairs: [(key: Node, value: Node)]
  private var asked: [String] = []

  init?(_ reader: YAMLReader) {
    guard let mapping = reader.node.mapping else { return nil }
    self.reader = reader
    pairs = Self.merged(mapping, reader)
  }

  private static func merged(_ mapping: Node.Mapping, _ reader: YAMLReader) -> [(key: Node, value: Node)] {
    var pairs = mapping.filter { $0.key.scalar?.string != "<<" }.map { (key: $0.key, value: $0.value) }
    for (key, value) in mapping where key.scalar?.string == "<<" {
      let sources = value.sequence.map(Array.init) ?? [value]
      for source in sources {
        guard let other = source.mapping else {
          reader.report("<<: expected a mapping to merge", at: key.mark, path: reader.path)
          continue
        }
        pairs += merged(other, reader).filter { pair in !pairs.contains { $0.key == pair.key } }
      }
    }
    return pairs
  }

  /// The place of `key`'s value, or nil if the key is not there. A bare `key:` is there and holds nothing.
  func child(_ key: String) -> YAMLReader? {
    if !asked.contains(key) { asked.append(key) }
    guard let value = pairs.first(where: { $0.key.scalar?.string == key })?.value else { return nil }
    return YAMLReader(node: value, path: path(key), source: reader.source, log: reader.log)
  }

  /// The place of `key`'s value; reported if the key is not there.
  func required(_ key: String) -> YAMLReader? {
    if let child = child(key) { return child }
    reader.error("missing \"\(key)\"")
    return nil
  }

  /// Every key, in the file's order: for mappings whose keys are names. Asks for them all.
  var entries: [(name: String, value: YAMLReader)] {
    pairs.compactMap { pair in
      guard let name = pair.key.scalar?.string, let value = child(name) else { return nil }
      return (name, value)
    }
  }

  var isEmpty: Bool { pairs.isEmpty }

  func has(_ key: String) -> Bool { pairs.contains { $0.key.scalar?.string == key } }

  /// Reports a fault of `key`'s value, or of the mapping where the key is not there.
  func error(_ key: String, _ message: String) {
    if let child = child(key) { child.error(message) } else { reader.error("\(key): \(message)") }
  }

  func rejectUnknownKeys() {
    for (key, _) in pairs {
      guard let name = key.scalar?.string else {
        reader.report("keys must be plain words", at: key.mark, path: reader.path)
        continue
      }
      if asked.contains(name) { continue }
      reader.report("unknown key\(suggestion(for: name, among: asked))", at: key.mark, path: path(name))
    }
  }

  private func path(_ key: String) -> String { reader.path.isEmpty ? key : "\(reader.path).\(key)" }
}
