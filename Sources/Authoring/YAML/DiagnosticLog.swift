internal import RehearsalCore

/// Collects the faults of every file that one load reads, so that all are reported at once.
final class DiagnosticLog {
  private(set) var diagnostics: [Diagnostic] = []
  /// Every file read, in order, each once.
  private(set) var files: [String] = []

  var isEmpty: Bool { diagnostics.isEmpty }

  /// Adds a fault; one that is already there, as an alias can cause, is not repeated.
  func report(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  func noteRead(_ file: String) {
    if !files.contains(file) { files.append(file) }
  }

  /// Throws all faults, file by file and from top to bottom, if there are any.
  func check() throws(AuthoringError) {
    guard !isEmpty else { return }
    let order = diagnostics.map(\.file).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let sorted = diagnostics.enumerated().sorted { a, b in
      let (fileA, fileB) = (order.firstIndex(of: a.element.file)!, order.firstIndex(of: b.element.file)!)
      return (fileA, a.element.line, a.element.column, a.offset) < (fileB, b.element.line, b.element.column, b.offset)
    }
    throw AuthoringError(diagnostics: sorted.map(\.element))
  }
}
