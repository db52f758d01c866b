internal import Foundation
internal import RehearsalCore
internal import Yams

/// Where a tree of YAML nodes comes from.
struct YAMLSource {
  /// As messages name it.
  var file: String
  /// Folder that relative paths in the file start from.
  var directory: String
  var overrides: [YAMLOverride] = []

  static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}

/// Reads YAML text into a tree, within limits that keep hostile files from exhausting the machine.
enum YAMLDocument {
  static let maximumBytes = 4 << 20
  /// After aliases are followed.
  static let maximumNodes = 200_000

  /// The root of the file at `path`, with `overrides` applied; nil if it could not be read, which `log` then says.
  static func read(_ path: String, overrides: [YAMLOverride] = [], log: DiagnosticLog) -> YAMLReader? {
    let fail = { (message: String) -> YAMLReader? in
      log.report(Diagnostic(file: path, line: 0, column: 0, message: message))
      return nil
    }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return fail("no such file") }
    if isDirectory.boolValue { return fail("is a folder, not a file") }
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return fail("cannot be read") }
    log.noteRead(URL(fileURLWithPath: path).standardizedFileURL.path)
    if data.count > maximumBytes { return fail("has \(data.count) bytes; at most \(maximumBytes) are read") }
    guard let text = String(data: data, encoding: .utf8) else { return fail("is not UTF-8 text") }
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().standardizedFileURL.path
    return read(text: text, from: YAMLSource(file: path, directory: directory, overrides: overrides), log: log)
  }

  /// The root of `text`; nil if it is not one well-formed document, which `log` then says.
  static func read(text: String, from source: YAMLSource, log: DiagnosticLog) -> YAMLReader? {
    let fail = { (place: (line: Int, column: Int), message: String) -> YAMLReader? in
      log.report(Diagnostic(file: source.file, line: place.line, column: place.column, message: message))
      return nil
    }
    if hasAliasInsideKey(text) { return fail((0, 0), "aliases inside keys are not supported") }
    do {
      guard var root = try compose(yaml: text) else { return fail((0, 0), "is empty") }
      var count = 0
      guard isWithinLimit(root, &count) else {
        return fail((0, 0), "expands to more than \(maximumNodes) values; do its aliases multiply?")
      }
      for override in source.overrides { override.apply(to: &root, log: log) }
      return YAMLReader(node: root, path: "", source: source, log: log)
    } catch let error as YamlError {
      let (place, message) = place(of: error, in: text)
      return fail(place, message)
    } catch {
      return fail((0, 0), "is not YAML: \(error)")
    }
  }

  private static func isWithinLimit(_ node: Node, _ count: inout Int) -> Bool {
    count += 1
    if count > maximumNodes { return false }
    switch node {
    case .scalar, .alias: return true
    case .sequence(let nodes):
      for child in nodes where !isWithinLimit(child, &count) { return false }
    case .mapping(let pairs):
      for (key, value) in pairs where !isWithinLimit(key, &count) || !isWithinLimit(value, &count) { return false }
    }
    return true
  }

  /// Yams hashes whole keys before the tree can be measured, so keys must not be able to hide an alias bomb.
  private static func hasAliasInsideKey(_ text: String) -> Bool {
    let options: String.CompareOptions = .regularExpression
    guard text.range(of: #"(?m)(^|[\s\[{,])\*[^\s\]},]"#, options: options) != nil else { return false }
    let compoundKey = #"(?m)([\]}]|\*[^\s\]},:]+)\s*:(\s|$)|^[\s\-]*\?\s|[\[{,]\s*\?\s"#
    return text.range(of: compoundKey, options: options) != nil
  }

  private static func place(of error: YamlError, in text: String) -> ((line: Int, column: Int), String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return ((mark.line, mark.column), "malformed YAML: \(problem)")
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0).split(separator: "\n", omittingEmptySubsequences: false)
      return ((max(before.count, 1), (before.last?.count ?? 0) + 1), "malformed YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      return (
        (context.mark.line, context.mark.column), "duplicate key \(keys.map { "\"\($0)\"" }.joined(separator: ", "))"
      )
    default: return ((0, 0), "malformed YAML: \(error)")
    }
  }
}
