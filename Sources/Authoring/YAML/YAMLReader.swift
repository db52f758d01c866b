internal import RehearsalCore
internal import Yams

/// A place in a YAML tree. Faults go to the log, and a stand-in value is returned, so that reading goes on.
struct YAMLReader {
  var node: Node
  /// Such as `objects[2].mass`; empty at the root.
  var path: String
  var source: YAMLSource
  var log: DiagnosticLog

  /// Reports a fault at this place.
  func error(_ message: String) { report(message, at: node.mark, path: path) }

  func report(_ message: String, at mark: Mark?, path: String) {
    let text = path.isEmpty ? message : "\(path): \(message)"
    if let override = source.overrides.last(where: { covers($0.path, path) }) {
      log.report(Diagnostic(file: override.label, line: 0, column: 0, message: text))
    } else {
      log.report(Diagnostic(file: source.file, line: mark?.line ?? 0, column: mark?.column ?? 0, message: text))
    }
  }

  private func covers(_ outer: String, _ inner: String) -> Bool {
    inner == outer || inner.hasPrefix(outer + ".") || inner.hasPrefix(outer + "[")
  }

  /// Whether this is a mapping, and not a scalar or a list.
  var isMapping: Bool { node.mapping != nil }
  var isSequence: Bool { node.sequence != nil }
  var isScalar: Bool { node.scalar != nil }

  /// Reads a mapping: `body` asks for every key that may be there; keys never asked for are reported as unknown.
  ///
  /// Nil if this is no mapping. `body` must not leave before it has asked for all keys.
  func mapping<T>(_ body: (YAMLMapping) -> T) -> T? {
    guard let mapping = YAMLMapping(self) else {
      error("expected a mapping (key: value)")
      return nil
    }
    let value = body(mapping)
    mapping.rejectUnknownKeys()
    return value
  }

  /// The elements of a list; empty, and reported, if this is none.
  var elements: [YAMLReader] {
    guard let sequence = node.sequence else {
      error("expected a list")
      return []
    }
    return sequence.enumerated().map { index, node in
      YAMLReader(node: node, path: "\(path)[\(index)]", source: source, log: log)
    }
  }

  /// A plain or quoted scalar's text.
  var text: String? {
    if let scalar = node.scalar { return scalar.string }
    error("expected text")
    return nil
  }

  func number(_ range: NumberRange = .any) -> Double {
    guard let value = plainNumber else {
      error("expected a number")
      return range.placeholder
    }
    return checked(value, range)
  }

  func integer(_ range: ClosedRange<Int>) -> Int {
    guard let value = plainNumber, value == value.rounded(), abs(value) < 0x1p53 else {
      error("expected a whole number")
      return range.lowerBound
    }
    if range.contains(Int(value)) { return Int(value) }
    error(
      range.upperBound == .max
        ? "must be at least \(range.lowerBound)" : "must be between \(range.lowerBound) and \(range.upperBound)")
    return range.lowerBound
  }

  var boolean: Bool? {
    if let scalar = node.scalar, isPlain(scalar), let value = Bool(scalar.string) { return value }
    error("expected true or false")
    return nil
  }

  /// The one of `options` that stands here; nil, and reported with the choices, if it is none of them.
  func choice(among options: [String]) -> String? {
    guard let text else { return nil }
    if options.contains(text) { return text }
    let hint = suggestion(for: text, among: options)
    error("\"\(text)\" is not one of \(options.joined(separator: ", "))\(hint)")
    return nil
  }

  func checked(_ value: Double, _ range: NumberRange) -> Double {
    if !value.isFinite {
      error("must be a finite number")
    } else if !range.contains(value) {
      error(range.requirement)
    } else {
      return value
    }
    return range.placeholder
  }

  /// The number that an unquoted scalar spells, NaN and infinities included.
  var plainNumber: Double? {
    guard let scalar = node.scalar, isPlain(scalar) else { return nil }
    switch scalar.string.lowercased() {
    case ".nan": return .nan
    case ".inf", "+.inf": return .infinity
    case "-.inf": return -.infinity
    default: return Double(scalar.string)
    }
  }

  private func isPlain(_ scalar: Node.Scalar) -> Bool { scalar.style == .plain || scalar.style == .any }
}
