internal import RehearsalCore
internal import Yams

/// One `--set key.path=value`: replaces or adds a value in an experiment's tree before it is decoded.
struct YAMLOverride {
  enum Step: Hashable {
    case key(String)
    case index(Int)
  }

  /// As typed after `--set`.
  var text: String
  var steps: [Step]
  var value: Node

  var label: String { "--set \(text)" }

  /// In the form of `YAMLReader.path`.
  var path: String {
    steps.reduce("") { path, step in
      switch step {
      case .key(let key): path.isEmpty ? key : "\(path).\(key)"
      case .index(let index): "\(path)[\(index)]"
      }
    }
  }

  /// Parses `key.path=value`, the value as YAML; nil and a diagnostic where that fails.
  init?(_ text: String, log: DiagnosticLog) {
    self.text = text
    let fail = { (message: String) in
      log.report(Diagnostic(file: "--set \(text)", line: 0, column: 0, message: message))
    }
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      fail("expected key=value, such as episodes=20")
      return nil
    }
    let words = text[..<equals].replacing("[", with: ".").replacing("]", with: "").split(separator: ".")
    steps = words.map { word in Int(word).map(Step.index) ?? .key(word.trimming()) }
    guard case .key? = steps.first else {
      fail("expected a key before the first \"=\"")
      return nil
    }
    let source = YAMLSource(file: "--set \(text)", directory: ".")
    guard let reader = YAMLDocument.read(text: String(text[text.index(after: equals)...]), from: source, log: log)
    else { return nil }
    value = reader.node
  }

  func apply(to root: inout Node, log: DiagnosticLog) {
    if let problem = Self.replace(steps[...], in: &root, with: value, at: "") {
      log.report(Diagnostic(file: label, line: 0, column: 0, message: problem))
    }
  }

  /// What went wrong, or nil. Missing keys are added; whether they exist is for the decoder to say.
  private static func replace(_ steps: ArraySlice<Step>, in node: inout Node, with value: Node, at path: String)
    -> String?
  {
    guard let step = steps.first else {
      node = value
      return nil
    }
    switch (step, node) {
    case (.key(let key), .mapping(var mapping)):
      var child = mapping[Node(key)] ?? .mapping(Node.Mapping([]))
      let problem = replace(steps.dropFirst(), in: &child, with: value, at: path.isEmpty ? key : "\(path).\(key)")
      mapping[Node(key)] = child
      node = .mapping(mapping)
      return problem
    case (.index(let index), .sequence(var sequence)):
      guard sequence.indices.contains(index) else {
        return "\(path)[\(index)]: the list has \(sequence.count) elements"
      }
      let problem = replace(steps.dropFirst(), in: &sequence[index], with: value, at: "\(path)[\(index)]")
      node = .sequence(sequence)
      return problem
    case (.key(let key), _): return "\(path) has no key \"\(key)\": it is not a mapping"
    case (.index(let index), _): return "\(path) has no element \(index): it is not a list"
    }
  }
}

extension StringProtocol {
  /// Without white space at either end.
  func trimming() -> String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
