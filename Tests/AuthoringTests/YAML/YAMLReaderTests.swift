import RehearsalCore
import Testing

@testable import Authoring

/// What `body` reported on reading `text`, one line a fault.
func faults(_ text: String, overrides: [String] = [], _ body: (YAMLReader) -> Void) -> [String] {
  let log = DiagnosticLog()
  let changes = overrides.compactMap { YAMLOverride($0, log: log) }
  let source = YAMLSource(file: "scene.yaml", directory: "/", overrides: changes)
  if let root = YAMLDocument.read(text: text, from: source, log: log) { body(root) }
  do { try log.check() } catch { return error.diagnostics.map(\.description) }
  return []
}

@Suite("YAML reader") struct YAMLReaderTests {
  @Test("a fault names file, line, column and path, and reading goes on to the next")
  func placesOfFaults() {
    let text = """
      objects:
        - mass: 1
        - mass: heavy
          size: [1, 2]
          color: redd
      """
    let found = faults(text) { root in
      _ = root.mapping { map in
        map.list("objects").map { object in
          object.mapping { ($0.number("mass"), $0.vector("size", default: .zero), $0.color("color", default: .white)) }
        }
      }
    }
    #expect(
      found == [
        "scene.yaml:3:11: error: objects[1].mass: expected a number",
        "scene.yaml:4:11: error: objects[1].size: expected 3 numbers, found 2",
        "scene.yaml:5:12: error: objects[1].color: \"redd\" is no colour: use [r, g, b], \"#rrggbb\" or a name; "
          + "did you mean \"red\"?",
      ])
  }

  @Test("an unknown key is rejected with the key that was probably meant")
  func unknownKey() {
    let found = faults("frictoin: 1\nmass: 2") { root in
      _ = root.mapping { ($0.number("mass"), $0.number("friction", default: 1)) }
    }
    #expect(found == ["scene.yaml:1:1: error: frictoin: unknown key; did you mean \"friction\"?"])
  }

  @Test("a missing key is reported at its mapping")
  func missingKey() {
    let found = faults("a: {b: 1}") { root in
      _ = root.mapping { $0.required("a")?.mapping { ($0.number("b"), $0.string("name")) } }
    }
    #expect(found == ["scene.yaml:1:4: error: a: missing \"name\""])
  }

  @Test(
    "numbers out of range, not finite or not numbers are told apart",
    arguments: [
      ("0", "must be greater than 0"), ("-3", "must be greater than 0"), (".nan", "must be a finite number"),
      (".inf", "must be a finite number"), ("nan", "must be a finite number"), ("1e999", "must be a finite number"),
      ("\"5\"", "expected a number"), ("[5]", "expected a number"), ("", "expected a number"),
    ])
  func numberFaults(written: String, message: String) {
    let found = faults("mass: \(written)") { root in _ = root.mapping { $0.number("mass", .positive) } }
    #expect(found.count == 1)
    #expect(found[0].hasSuffix("error: mass: \(message)"))
  }

  @Test("whole numbers, booleans and choices say what they accept")
  func choices() {
    let text = "count: 2.5\nsteps: 0\nshadow: yes\nsplit: trian"
    let found = faults(text) { root in
      _ = root.mapping { map in
        let split: PhrasingSplit = map.choice("split")
        _ = (map.integer("count"), map.integer("steps", 1...5), map.boolean("shadow", default: true), split)
      }
    }
    #expect(
      found == [
        "scene.yaml:1:8: error: count: expected a whole number",
        "scene.yaml:2:8: error: steps: must be between 1 and 5",
        "scene.yaml:3:9: error: shadow: expected true or false",
        "scene.yaml:4:8: error: split: \"trian\" is not one of train, heldout, all; did you mean \"train\"?",
      ])
  }

  @Test("distributions are numbers, uniform, normal or choice")
  func distributions() {
    let text = "a: 2\nb: {uniform: [1, 3]}\nc: {normal: [0, 0.5]}\nd: {choice: [1, 4]}"
    var read: [Distribution] = []
    let found = faults(text) { root in
      read = root.mapping { map in ["a", "b", "c", "d"].map { map.distribution($0) } } ?? []
    }
    #expect(found.isEmpty)
    #expect(
      read == [.constant(2), .uniform(1, 3), .normal(mean: 0, standardDeviation: 0.5), .choice([1, 4])])
  }

  @Test("faulty distributions are reported")
  func distributionFaults() {
    let text = "a: {uniform: [3, 1]}\nb: {normal: [0.1, 0.5]}\nc: {choice: []}\nd: {unifrom: [1, 2]}\ne: {}"
    let found = faults(text) { root in
      _ = root.mapping { map in
        for key in ["a", "b", "c", "d", "e"] { _ = map.distribution(key, .notNegative) }
      }
    }
    #expect(
      found == [
        "scene.yaml:1:14: error: a.uniform: the lower bound 3 is above the upper bound 1",
        "scene.yaml:2:13: error: b.normal: must be at least 0, up to three standard deviations from the mean",
        "scene.yaml:3:13: error: c.choice: expected at least one number",
        "scene.yaml:4:4: error: d: expected a number, {uniform: [low, high]}, {normal: [mean, sd]} or {choice: [..]}",
        "scene.yaml:4:5: error: d.unifrom: unknown key; did you mean \"uniform\"?",
        "scene.yaml:5:4: error: e: expected a number, {uniform: [low, high]}, {normal: [mean, sd]} or {choice: [..]}",
      ])
  }

  @Test("sRGB colours become linear")
  func colors() {
    var read: [Color] = []
    let found = faults("a: red\nb: [1, 0, 0.5]\nc: \"#ff0080\"") { root in
      read = root.mapping { map in ["a", "b", "c"].map { map.color($0) } } ?? []
    }
    #expect(found.isEmpty)
    #expect(read[0] == NamedColor.red.color)
    #expect(read[1].red == 1 && read[1].green == 0)
    // 0.5 in sRGB is 0.21404 in linear light.
    #expect(abs(read[1].blue - 0.21404114) < 1e-7)
    #expect(abs(read[2].blue - 0.21586050) < 1e-7)
  }

  @Test("anchors, aliases and merge keys work, and a mapping's own keys win")
  func aliases() {
    var masses: [Double] = []
    let text = "base: &b {mass: 2, size: 1}\nitem: {<<: *b, size: 3}"
    let found = faults(text) { root in
      _ = root.mapping { map in
        for key in ["base", "item"] {
          _ = map.required(key)?.mapping { masses += [$0.number("mass"), $0.number("size")] }
        }
      }
    }
    #expect(found.isEmpty)
    #expect(masses == [2, 1, 2, 3])
  }
}
