import Foundation
import Testing

@Suite("rehearse doctor") struct DoctorTests {
  struct Report: Decodable {
    struct Finding: Decodable {
      var name: String
      var need: String
      var found: String?
      var package: String?
    }

    var findings: [Finding]
    var healthy: Bool
    var fix: String?

    init(_ command: Command) throws { self = try JSONDecoder().decode(Report.self, from: Data(command.output.utf8)) }
  }

  @Test("finds all that is needed on a machine that has just built it, and ends with 0")
  func healthy() throws {
    let command = try Command("doctor", "--json")
    let report = try Report(command)
    #expect(command.status == 0)
    #expect(report.healthy)
    #expect(report.fix == nil)
    #expect(report.findings.contains { $0.name == "bullet" && $0.found?.first?.isNumber == true })
  }

  @Test("names what is missing and one command that installs it, and ends with 70")
  func missing() throws {
    // Without PATH's tools neither the compiler nor pkg-config can be asked.
    let environment = ["PATH": "/nonexistent"]
    let command = try Command("doctor", "--json", environment: environment)
    let report = try Report(command)
    #expect(command.status == 70)
    #expect(!report.healthy)
    #expect(report.findings.filter { $0.found == nil }.map(\.name).starts(with: ["Swift", "bullet", "hdf5"]))
    #expect(report.fix?.contains("apt-get install libbullet-dev libhdf5-dev") == true)

    let text = try Command("doctor", environment: environment).output
    #expect(text.contains("MISSING   bullet"))
    #expect(text.contains("fix Swift: install it: https://www.swift.org/install/linux"))
    #expect(text.contains("fix: make deps"))
  }

  @Test("asks for no needed package that `make deps` would not install")
  func samePackages() throws {
    let makefile = try String(contentsOf: Command.root.appending(path: "Makefile"), encoding: .utf8)
    let list = try #require(makefile.firstMatch(of: /PACKAGES := ((?:.*\\\n)*.*)/)).output.1
    let installed = list.split { " \\\n".contains($0) }
    let needed = try Report(Command("doctor", "--json")).findings.filter { $0.need != "optional" }
      .compactMap(\.package)
    #expect(needed.count > 8)
    for package in needed { #expect(installed.contains { $0 == package }, "\(package)") }
  }
}
