internal import Foundation
internal import RehearsalCore
internal import Yams

/// Reads what an experiment randomizes: a preset's name, or a mapping of a preset and factors that differ from it.
///
/// Presets are files `randomization/<name>.yaml` beside the scene. A factor set to `none` is off.
struct RandomizationDecoder {
  var presetDirectory: String
  private let factors = [
    "lighting", "colour", "texture", "background", "camera", "distractors", "robot", "dynamics", "size", "image",
    "actuation",
  ]

  init(presetDirectory: String) { self.presetDirectory = presetDirectory }

  /// The plan, and the tree of all its factors with presets written out.
  func decode(_ reader: YAMLReader?, log: DiagnosticLog) -> (plan: RandomizationPlan, resolved: Node) {
    guard let reader else { return (RandomizationPlan(preset: "none"), Self.tree("none", [])) }
    if reader.isScalar, let name = reader.text { return decode(preset: name, changes: nil, at: reader, log: log) }
    let read = reader.mapping { map in
      let (preset, name) = (map.child("preset"), map.child("name"))
      let changes = factors.compactMap { factor in map.child(factor).map { (factor, $0) } }
      guard let preset else { return decode(name: name?.text ?? "custom", factors: changes, log: log) }
      return decode(preset: preset.text ?? "none", changes: changes, at: preset, log: log)
    }
    return read ?? (RandomizationPlan(preset: "none"), Self.tree("none", []))
  }

  private func decode(
    preset: String, changes: [(String, YAMLReader)]?, at place: YAMLReader, log: DiagnosticLog
  ) -> (plan: RandomizationPlan, resolved: Node) {
    let changes = changes ?? []
    let base = preset == "none" ? [] : read(preset: preset, at: place, log: log)
    let kept = base.filter { factor, _ in !changes.contains { $0.0 == factor } }
    return decode(name: preset, factors: kept + changes, log: log)
  }

  /// The factors of a preset's file.
  private func read(preset: String, at place: YAMLReader, log: DiagnosticLog) -> [(String, YAMLReader)] {
    let available = presetNames
    guard available.contains(preset) else {
      let known = available.contains("none") ? available : ["none"] + available
      place.error(
        "there is no preset \"\(preset)\"; there are \(known.joined(separator: ", "))"
          + suggestion(for: preset, among: known))
      return []
    }
    let root = YAMLDocument.read("\(presetDirectory)/\(preset).yaml", log: log)
    return root?.mapping { map in factors.compactMap { factor in map.child(factor).map { (factor, $0) } } } ?? []
  }

  /// The files of all presets there are.
  var presetFiles: [String] { presetNames.map { "\(presetDirectory)/\($0).yaml" } }

  var presetNames: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: presetDirectory)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }

  private func decode(name: String, factors: [(String, YAMLReader)], log: DiagnosticLog) -> (
    plan: RandomizationPlan, resolved: Node
  ) {
    var plan = RandomizationPlan(preset: name)
    var nodes: [(String, Node)] = []
    for (factor, reader) in factors {
      if reader.isScalar, reader.node.string == "none" { continue }
      var source = reader
      if factor == "image", reader.isScalar, let preset = reader.text {
        guard let image = read(preset: preset, at: reader, log: log).first(where: { $0.0 == "image" })?.1 else {
          reader.error("the preset \"\(preset)\" has no image factors")
          continue
        }
        source = image
      }
      plan.set(factor, from: source)
      nodes.append((factor, source.node))
    }
    return (plan, Self.tree(name, nodes))
  }

  private static func tree(_ name: String, _ factors: [(String, Node)]) -> Node {
    Node([(Node("name"), Node(name))] + factors.map { (Node($0.0), $0.1) })
  }
}
