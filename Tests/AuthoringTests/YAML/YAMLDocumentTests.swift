import RehearsalCore
import Testing

@testable import Authoring

@Suite("YAML document") struct YAMLDocumentTests {
  @Test(
    "malformed text gives its place",
    arguments: [
      ("a: [1, 2\nb: 3", "scene.yaml:2:2: error: malformed YAML: did not find expected ',' or ']'"),
      ("a: 1\n\tb: 2", "scene.yaml:2:1: error: malformed YAML: found a tab character that violates indentation"),
      ("a: *nothing", "scene.yaml:1:4: error: malformed YAML: found undefined alias"),
      ("a: 1\nb: 2\na: 3", "scene.yaml:1:1: error: duplicate key \"a\""),
      ("a: 1\n---\nb: 2", "scene.yaml:2:1: error: malformed YAML: but found another document"),
      ("", "scene.yaml: error: is empty"),
    ])
  func malformed(text: String, message: String) {
    #expect(faults(text) { _ in } == [message])
  }

  @Test("deep nesting is an error, not a crash")
  func deepNesting() {
    let found = faults(String(repeating: "[", count: 100_000)) { _ in }
    #expect(found.count == 1)
    #expect(found[0].contains("Maximum nesting level reached"))
  }

  @Test("an alias bomb is an error, not a hang")
  func aliasBomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
    }
    #expect(
      faults(text) { _ in } == ["scene.yaml: error: expands to more than 200000 values; do its aliases multiply?"])
    #expect(faults(text + "? *a9\n: 1\n") { _ in } == ["scene.yaml: error: aliases inside keys are not supported"])
    #expect(faults(text + "[*a9]: 1\n") { _ in } == ["scene.yaml: error: aliases inside keys are not supported"])
  }

  @Test("a file that is not there is reported by its path")
  func missingFile() {
    let log = DiagnosticLog()
    #expect(YAMLDocument.read("/nowhere/scene.yaml", log: log)?.path == nil)
    #expect(log.diagnostics.map(\.description) == ["/nowhere/scene.yaml: error: no such file"])
  }
}

@Suite("YAML overrides") struct YAMLOverrideTests {
  private func number(_ text: String, _ override: String, at key: String) -> (Double, [String]) {
    var value = 0.0
    let found = faults(text, overrides: [override]) { root in
      _ = root.mapping { map in
        value = map.number(key, .positive, default: 0)
        for element in map.list("list") { _ = element.mapping { value += $0.number("x", default: 0) } }
      }
    }
    return (value, found)
  }

  @Test("an override replaces a value, adds a key, and reaches into lists")
  func replaces() {
    #expect(number("seed: 1", "seed=7", at: "seed") == (7, []))
    #expect(number("list: []", "seed=7", at: "seed") == (7, []))
    #expect(number("list: [{x: 1}, {x: 2}]", "list[1].x=5", at: "seed") == (6, []))
    #expect(number("list: [{x: 1}, {x: 2}]", "list.1.x=5", at: "seed") == (6, []))
  }

  @Test("faults of an override name it")
  func faultsOfOverrides() {
    #expect(number("seed: 1", "seed=-7", at: "seed").1 == ["--set seed=-7: error: seed: must be greater than 0"])
    #expect(
      number("seed: 1", "sede=7", at: "seed").1 == ["--set sede=7: error: sede: unknown key; did you mean \"seed\"?"])
    #expect(number("seed: 1", "seed", at: "seed").1 == ["--set seed: error: expected key=value, such as episodes=20"])
    #expect(
      number("list: [{x: 1}]", "list[3].x=1", at: "seed").1
        == ["--set list[3].x=1: error: list[3]: the list has 1 elements"])
    #expect(
      number("seed: 1", "seed.low=1", at: "seed").1
        == ["--set seed.low=1: error: seed has no key \"low\": it is not a mapping"])
  }
}
