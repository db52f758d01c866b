/// A JSON value whose objects keep the order of their members, so that files read as they were written.
///
/// Numbers survive a round trip exactly: doubles are written with as many digits as tell them apart, infinities as
/// ±1e999 (which every reader takes for infinity), NaN as null.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case array([JSON])
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSON
    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// The object's first member of that name; nil for anything else.
  public subscript(name: String) -> JSON? {
    if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
  }

  public var asText: String? { if case .text(let text) = self { text } else { nil } }
  public var asBool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
  public var asArray: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  public var asObject: [Member]? { if case .object(let members) = self { members } else { nil } }
  public var asInt: Int? { if case .integer(let value) = self { value } else { nil } }
  /// Integers count too, and null is NaN.
  public var asDouble: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .null: .nan
    default: nil
    }
  }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .text(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map { Member($0, $1) }) }
}

extension JSON {
  /// An unsigned number; beyond what readers take for an integer, its decimal digits as text.
  public init(_ value: UInt64) { self = Int(exactly: value).map(JSON.integer) ?? .text(String(value)) }

  /// The other way round.
  public var asUnsigned: UInt64? {
    switch self {
    case .integer(let value): UInt64(exactly: value)
    case .text(let digits): UInt64(digits)
    default: nil
    }
  }
}

/// A member that is not there or not of the kind that is needed.
public struct JSONMismatch: Error {
  public var message: String
  public init(message: String) { self.message = message }
}

extension JSON {
  /// The member `name`, read by `read`; throws where there is none or `read` gives nil.
  public func member<Value>(_ name: String, _ read: (JSON) -> Value?) throws(JSONMismatch) -> Value {
    guard let member = self[name] else { throw JSONMismatch(message: "no member \"\(name)\"") }
    guard let value = read(member) else { throw JSONMismatch(message: "\"\(name)\" is not of the kind it should be") }
    return value
  }
}
