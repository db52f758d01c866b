extension JSON {
  /// On one line, without spaces.
  public var text: String {
    var out = ""
    write(to: &out, indentation: nil)
    return out
  }

  /// Indented by two spaces, with a closing newline; short arrays of plain values stay on one line.
  public var prettyText: String {
    var out = ""
    write(to: &out, indentation: 0)
    return out + "\n"
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private func write(to out: inout String, indentation: Int?) {
    switch self {
    case .null: out += "null"
    case .bool(let flag): out += flag ? "true" : "false"
    case .integer(let value): out += String(value)
    case .number(let value): out += Self.digits(of: value)
    case .text(let text): Self.quote(text, to: &out)
    case .array(let elements):
      let inner = elements.allSatisfy(\.isPlain) ? nil : indentation
      let comma = indentation != nil && inner == nil ? ", " : ","
      Self.enclose("[", "]", elements, comma: comma, indentation: inner, to: &out) {
        $0.write(to: &$1, indentation: $2)
      }
    case .object(let members):
      Self.enclose("{", "}", members, comma: ",", indentation: indentation, to: &out) { member, out, inner in
        Self.quote(member.name, to: &out)
        out += indentation == nil ? ":" : ": "
        member.value.write(to: &out, indentation: inner)
      }
    }
  }

  private static func enclose<Element>(
    _ open: String, _ close: String, _ elements: [Element], comma: String, indentation: Int?, to out: inout String,
    each: (Element, inout String, Int?) -> Void
  ) {
    out += open
    let inner = indentation.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { out += comma }
      if let inner { out += "\n" + String(repeating: " ", count: inner) }
      each(element, &out, inner)
    }
    if let indentation, !elements.isEmpty { out += "\n" + String(repeating: " ", count: indentation) }
    out += close
  }

  private static func digits(of value: Double) -> String {
    if value.isNaN { return "null" }
    if value.isInfinite { return value < 0 ? "-1e999" : "1e999" }
    return value.description
  }

  private static func quote(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
