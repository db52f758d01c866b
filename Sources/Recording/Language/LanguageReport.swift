internal import Foundation
public import RehearsalCore

/// `language.json` and `report.html` of a study of how a policy follows words, whose runs lie in folders beside them.
public struct LanguageReport: Sendable {
  public let name: String
  public let seed: UInt64
  public let episodes: Int
  public let summary: LanguageSummary
  public let arms: [Arm]
  /// Episodes whose words were swapped, in order.
  public let swaps: [Swap]
  /// Shell command that repeats the study.
  public let reproduceCommand: String

  /// The run under one intervention.
  public struct Arm: Hashable, Sendable {
    public let intervention: LanguageIntervention
    public let protocolID: String
    public let stateHash: UInt64
  }

  /// What was drawn, what was said instead, and what came of it.
  public struct Swap: Hashable, Sendable {
    public let episode: Int
    public let drawn: String
    public let said: String
    public let result: SwapResult
    public let steps: Int
  }

  /// From the four runs of one experiment, which lie in folders named after their interventions, and those of null
  /// policies on the same episodes.
  public init(
    runs: [LanguageIntervention: (manifest: RunManifest, records: [EpisodeRecord])],
    floors: [String: [EpisodeRecord]] = [:], reproduceCommand: String
  ) {
    let given = runs[.given]!
    name = given.manifest.name
    seed = given.manifest.seed
    // Of the records: a resumed run may have more than its manifest says.
    episodes = given.records.count
    summary = LanguageSummary(policy: given.manifest.policy, records: runs.mapValues(\.records), floors: floors)
    arms = LanguageIntervention.allCases.compactMap { intervention in
      runs[intervention].map { run in
        Arm(
          intervention: intervention, protocolID: run.manifest.protocolID,
          stateHash: RunSummary(records: run.records, policy: "", protocolID: "").stateHash)
      }
    }
    swaps = Self.swaps(given.records, runs[.swapped]?.records ?? [])
    self.reproduceCommand = reproduceCommand
  }

  private static func swaps(_ given: [EpisodeRecord], _ swapped: [EpisodeRecord]) -> [Swap] {
    let drawn = Dictionary(uniqueKeysWithValues: given.map { ($0.index, $0.commands.first?.instruction ?? "") })
    return swapped.sorted { $0.index < $1.index }.compactMap { record in
      guard let said = record.commands.first, let result = said.swap else { return nil }
      return Swap(
        episode: record.index, drawn: drawn[record.index] ?? "", said: said.instruction, result: result,
        steps: record.steps)
    }
  }

  /// Writes both files into the folder at `path`.
  public func write(to path: String) throws {
    try DiskFile.makeDirectory(path)
    try DiskFile.write(Array(json.prettyText.utf8), to: path + "/language.json")
    try DiskFile.write(Array(LanguagePage(report: self).html.utf8), to: path + "/report.html")
  }

  public var json: JSON {
    let head: [JSON.Member] = [
      JSON.Member("name", .text(name)), JSON.Member("seed", JSON(seed)), JSON.Member("episodes", .integer(episodes)),
      JSON.Member(
        "runs",
        .object(
          arms.map { arm in
            JSON.Member(
              arm.intervention.rawValue,
              ["protocolId": .text(arm.protocolID), "stateHash": .text(arm.stateHash.hexadecimal)])
          })),
    ]
    return .object(head + (summary.json.asObject ?? []))
  }
}
