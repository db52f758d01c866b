import ArgumentParser
import Foundation

/// `rehearse doctor`: what is present, what is missing, and the command that fixes it.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what this machine has, what it lacks, and the command that fixes it.",
    discussion: "Ends with 0 where all that is needed is present, with 70 otherwise. `make doctor` also works unbuilt.")

  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let checkup = Checkup.ofThisMachine()
    print(json ? try checkup.json() : checkup.text)
    if !checkup.healthy { throw ExitCode(70) }
  }
}

/// What was looked for on this machine, and what was found.
struct Checkup: Encodable {
  struct Finding: Encodable {
    enum Need: String, Encodable {
      case build, run, optional
    }

    var name: String
    /// When it is needed.
    var need: Need
    /// Nil: missing. What was found, its version where it tells one.
    var found: String?
    /// What it is for.
    var purpose: String
    /// The Debian package that brings it; nil where no package does.
    var package: String?
    /// What to do where it is missing and no package brings it.
    var remedy: String?
  }

  var machine: String
  var findings: [Finding]

  var missing: [Finding] { findings.filter { $0.found == nil } }
  var healthy: Bool { missing.allSatisfy { $0.need == .optional } }

  /// One command that installs every missing package of these needs; nil where none is missing.
  func fix(_ needs: [Finding.Need], asRoot: Bool = getuid() == 0) -> String? {
    let packages = missing.filter { needs.contains($0.need) }.compactMap(\.package)
    return packages.isEmpty ? nil : (asRoot ? "" : "sudo ") + "apt-get install " + packages.joined(separator: " ")
  }
}

extension Checkup {
  private enum CodingKeys: String, CodingKey { case machine, findings, healthy, fix, fixOptional }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(machine, forKey: .machine)
    try container.encode(findings, forKey: .findings)
    try container.encode(healthy, forKey: .healthy)
    try container.encodeIfPresent(fix([.build, .run]), forKey: .fix)
    try container.encodeIfPresent(fix([.optional]), forKey: .fixOptional)
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  var text: String {
    let width = findings.map(\.name.count).max() ?? 0
    var lines = [machine, ""]
    for finding in findings {
      let mark = finding.found != nil ? "present " : finding.need == .optional ? "optional" : "MISSING "
      let name = finding.name.padding(toLength: width, withPad: " ", startingAt: 0)
      lines.append("\(mark)  \(name)  \(finding.found ?? "not found: \(finding.purpose)")")
    }
    lines.append("")
    lines += missing.compactMap { finding in finding.remedy.map { "fix \(finding.name): \($0)" } }
    if let command = fix([.build, .run]) { lines.append("fix: make deps   (or: \(command))") }
    if let command = fix([.optional]) { lines.append("optional: \(command)") }
    lines.append(healthy ? "All that is needed is present." : "Something that is needed is missing.")
    return lines.joined(separator: "\n")
  }
}
