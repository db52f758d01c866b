extension JSON {
  /// What is wrong with a text, and where (from 1).
  public struct ParsingError: Error, Hashable, Sendable {
    public var line: Int
    public var column: Int
    public var message: String

    public init(line: Int, column: Int, message: String) {
      self.line = line
      self.column = column
      self.message = message
    }
  }

  /// Reads one JSON value (RFC 8259) from UTF-8.
  public init(parsing bytes: some Sequence<UInt8>) throws(ParsingError) {
    var parser = JSONParser(Array(bytes))
    self = try parser.document()
  }

  public init(parsing text: String) throws(ParsingError) { try self.init(parsing: text.utf8) }
}

private struct JSONParser {
  /// Deep enough for any file of ours, shallow enough for any stack.
  static let deepest = 256

  let bytes: [UInt8]
  var position = 0
  var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSON.ParsingError) -> JSON {
    let value = try value()
    skipSpace()
    if position < bytes.count { throw failure("expected the end") }
    return value
  }

  func failure(_ message: String) -> JSON.ParsingError {
    let before = bytes.prefix(position)
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return JSON.ParsingError(
      line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: position - lineStart + 1, message: message)
  }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func value() throws(JSON.ParsingError) -> JSON {
    skipSpace()
    guard let byte = next else { throw failure("expected a value") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { (parser) throws(JSON.ParsingError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { (parser) throws(JSON.ParsingError) in try parser.array() }
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: return try word()
    }
  }

  mutating func nested(
    _ body: (inout JSONParser) throws(JSON.ParsingError) -> JSON
  ) throws(JSON.ParsingError) -> JSON {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw failure("nested too deeply") }
    position += 1
    return try body(&self)
  }

  mutating func array() throws(JSON.ParsingError) -> JSON {
    var elements: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    repeat {
      elements.append(try value())
      skipSpace()
    } while take(",")
    if !take("]") { throw failure("expected , or ]") }
    return .array(elements)
  }

  mutating func object() throws(JSON.ParsingError) -> JSON {
    var members: [JSON.Member] = []
    skipSpace()
    if take("}") { return .object([]) }
    repeat {
      skipSpace()
      if next != UInt8(ascii: "\"") { throw failure("expected a member's name") }
      let name = try string()
      skipSpace()
      if !take(":") { throw failure("expected :") }
      members.append(JSON.Member(name, try value()))
      skipSpace()
    } while take(",")
    if !take("}") { throw failure("expected , or }") }
    return .object(members)
  }

  mutating func word() throws(JSON.ParsingError) -> JSON {
    for (text, value) in [("true", JSON.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[position...].starts(with: text.utf8) {
      position += text.utf8.count
      return value
    }
    throw failure("expected a value")
  }

  mutating func number() throws(JSON.ParsingError) -> JSON {
    let start = position
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if let integer = Int(text), text != "-0" { return .integer(integer) }
    if let number = Double(text) { return .number(number) }
    position = start
    throw failure("\(text) is not a number")
  }

  mutating func string() throws(JSON.ParsingError) -> String {
    position += 1
    var content: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else { throw failure("text that is not UTF-8") }
        return text
      case UInt8(ascii: "\\"): content.append(contentsOf: try escape())
      case 0..<0x20: throw failure("a control character in a text")
      default: content.append(byte)
      }
    }
    throw failure("a text without end")
  }

  mutating func escape() throws(JSON.ParsingError) -> [UInt8] {
    guard let byte = next else { throw failure("a text without end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "u"): return Array(String(Character(try unicodeScalar())).utf8)
    default: throw failure("an unknown escape")
    }
  }

  /// After `\u`: four digits, or two times four for what lies beyond the basic plane.
  mutating func unicodeScalar() throws(JSON.ParsingError) -> Unicode.Scalar {
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard (0xD800..<0xDC00).contains(first), take("\\"), take("u") else { throw failure("half a character") }
    let second = try fourDigits()
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw failure("half a character") }
    return scalar
  }

  mutating func fourDigits() throws(JSON.ParsingError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("expected four hexadecimal digits") }
    position += 4
    return value
  }
}
