internal import Foundation
internal import RehearsalCore

extension YAMLMapping {
  /// A required number.
  func number(_ key: String, _ range: NumberRange = .any) -> Double {
    required(key)?.number(range) ?? range.placeholder
  }

  func number(_ key: String, _ range: NumberRange = .any, default value: Double) -> Double {
    child(key)?.number(range) ?? value
  }

  /// A number of degrees, as radians.
  func radians(degrees key: String, _ range: NumberRange = .any, default value: Double? = nil) -> Double {
    let reader = value == nil ? required(key) : child(key)
    return (reader?.number(range) ?? value ?? range.placeholder) * .pi / 180
  }

  /// A required whole number.
  func integer(_ key: String, _ range: ClosedRange<Int> = 0...Int.max) -> Int {
    required(key)?.integer(range) ?? range.lowerBound
  }

  func integer(_ key: String, _ range: ClosedRange<Int> = 0...Int.max, default value: Int) -> Int {
    child(key)?.integer(range) ?? value
  }

  func boolean(_ key: String, default value: Bool) -> Bool { child(key)?.boolean ?? value }

  /// Required text; empty text is reported.
  func string(_ key: String) -> String {
    guard let reader = required(key), let text = reader.text else { return "" }
    if text.isEmpty { reader.error("must not be empty") }
    return text
  }

  func string(_ key: String, default value: String) -> String { child(key)?.text ?? value }

  func optionalString(_ key: String) -> String? { child(key)?.text }

  /// A list of texts; a single text stands for a list of one.
  func strings(_ key: String, default value: [String] = []) -> [String] {
    guard let reader = child(key) else { return value }
    return reader.isScalar ? [reader.text!] : reader.elements.compactMap(\.text)
  }

  /// A required choice among the cases of an enumeration, by their raw values.
  func choice<E: RawRepresentable & CaseIterable>(_ key: String) -> E where E.RawValue == String {
    required(key).flatMap { Self.choice($0) } ?? E.allCases.first!
  }

  func choice<E: RawRepresentable & CaseIterable>(_ key: String, default value: E) -> E where E.RawValue == String {
    child(key).flatMap { Self.choice($0) } ?? value
  }

  private static func choice<E: RawRepresentable & CaseIterable>(_ reader: YAMLReader) -> E?
  where E.RawValue == String {
    guard let name = reader.choice(among: E.allCases.map(\.rawValue)) else { return nil }
    return E(rawValue: name)
  }

  /// The places of a list's elements; none if the key is not there.
  func list(_ key: String) -> [YAMLReader] { child(key)?.elements ?? [] }

  /// A required path, resolved from the file's folder and checked to exist.
  func path(_ key: String) -> String? { required(key)?.existingPath }
}

extension YAMLReader {
  /// A path, resolved from the file's folder and checked to exist.
  var existingPath: String? {
    guard let text else { return nil }
    let base = URL(fileURLWithPath: source.directory, isDirectory: true)
    let resolved = URL(fileURLWithPath: text, relativeTo: base).standardizedFileURL.path
    if FileManager.default.fileExists(atPath: resolved) { return resolved }
    error("no such file or folder: \(text) (paths start from the folder of this file)")
    return nil
  }
}
