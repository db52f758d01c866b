internal import Foundation
internal import RehearsalCore
internal import Yams

/// JSON with one way to write each value: keys sorted, no white space, shortest numbers that read back the same.
indirect enum CanonicalJSON: Hashable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([CanonicalJSON])
  case object([String: CanonicalJSON])

  var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += value
    case .string(let value): Self.write(value, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let values):
      text += "{"
      for (index, key) in values.keys.sorted().enumerated() {
        if index > 0 { text += "," }
        Self.write(key, to: &text)
        text += ":"
        values[key]!.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  static func number(_ value: Double) -> CanonicalJSON {
    value.isFinite ? .number(value.written) : .string(String(value))
  }
}

extension CanonicalJSON {
  /// A YAML tree: plain scalars become numbers, booleans or null where they spell one; merge keys are resolved.
  init(_ node: Node) {
    switch node {
    case .scalar(let scalar): self = Self.scalar(scalar)
    case .sequence(let nodes): self = .array(nodes.map(CanonicalJSON.init))
    case .mapping(let pairs):
      var object: [String: CanonicalJSON] = [:]
      for (key, value) in pairs where key.string == "<<" {
        for source in value.sequence.map(Array.init) ?? [value] {
          guard case .object(let merged) = CanonicalJSON(source) else { continue }
          object.merge(merged) { old, _ in old }
        }
      }
      for (key, value) in pairs where key.string != "<<" { object[key.string ?? ""] = CanonicalJSON(value) }
      self = .object(object)
    case .alias: self = .null
    }
  }

  private static func scalar(_ scalar: Node.Scalar) -> CanonicalJSON {
    guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
    switch scalar.string {
    case "", "~", "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default:
      guard let value = Double(scalar.string), value.isFinite else { return .string(scalar.string) }
      return .number(value)
    }
  }
}
