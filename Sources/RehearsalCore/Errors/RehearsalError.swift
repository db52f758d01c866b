/// The world outside failed us: a file, a library, a disk. Says what to do about it.
public struct RehearsalError: Error, CustomStringConvertible, Hashable, Sendable {
  public enum Code: String, Hashable, Sendable {
    case unreadable, unwritable, malformed, missingLibrary, mismatch, nativeFailure, diskFull
    /// A device that every episode needs is gone.
    case deviceLost
    /// Something that every episode needs is more than the machine takes.
    case tooLarge

    /// Whether the machine is at fault and the next episode would meet the same: a run then ends, rather than count
    /// episodes as invalid that can be run later.
    public var endsRun: Bool { self == .deviceLost || self == .tooLarge }
  }

  public var code: Code
  /// What happened, and where.
  public var message: String
  public var remedy: String

  public init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  public var description: String { "\(message)\n  remedy: \(remedy)" }
}

/// One fault of an authored file, at its place.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
  public var file: String
  /// From 1; 0 where the whole file is meant.
  public var line: Int
  public var column: Int
  public var message: String

  public init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `file:line:column: error: message`.
  public var description: String {
    line > 0 ? "\(file):\(line):\(column): error: \(message)" : "\(file): error: \(message)"
  }
}

/// Every fault found in authored files; nothing was run.
public struct AuthoringError: Error, CustomStringConvertible, Hashable, Sendable {
  public var diagnostics: [Diagnostic]

  public init(diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
