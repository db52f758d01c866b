public import RehearsalCore

/// `language.json`: how often a policy's behaviour follows the words, from the same episodes under every
/// `LanguageIntervention`.
public struct LanguageSummary: Hashable, Sendable {
  public let policy: String
  /// All commands together; its `command` is empty.
  public let total: Row
  /// By command, in the order of names.
  public let commands: [Row]

  /// One command's results.
  public struct Row: Hashable, Sendable {
    public let command: String
    public let given: Tally
    public let blank: Tally
    public let heldOut: Tally
    /// By the goal of the words heard.
    public let swapped: Tally
    public let swap: SwapTally
    /// Success less that of `given` on the same episodes; nil where none counts in both.
    public let blankChange: PairedDifference?
    public let heldOutChange: PairedDifference?
    /// What can be had without understanding a word; nil if no null policy was run.
    public let floor: Floor?
  }

  /// The null policy that succeeded most.
  public struct Floor: Hashable, Sendable {
    public let policy: String
    public let tally: Tally
  }

  /// - Parameters:
  ///   - records: of every intervention, single commands, the same episodes.
  ///   - floors: of null policies on the same episodes, by policy.
  public init(
    policy: String, records: [LanguageIntervention: [EpisodeRecord]], floors: [String: [EpisodeRecord]] = [:]
  ) {
    self.policy = policy
    total = Self.row("", records, floors)
    let names = Set(records.values.flatMap { $0.flatMap(\.commands).map(\.command) })
    commands = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
      func own(_ records: [EpisodeRecord]) -> [EpisodeRecord] {
        records.filter { $0.commands.first?.command == name }
      }
      return Self.row(name, records.mapValues(own), floors.mapValues(own))
    }
  }

  private static func row(
    _ command: String, _ records: [LanguageIntervention: [EpisodeRecord]], _ floors: [String: [EpisodeRecord]]
  ) -> Row {
    func tally(_ arm: LanguageIntervention) -> Tally { Self.tally(of: records[arm] ?? []) }
    func change(_ arm: LanguageIntervention) -> PairedDifference? {
      difference(of: records[arm] ?? [], from: records[.given] ?? [])
    }
    return Row(
      command: command, given: tally(.given), blank: tally(.blank), heldOut: tally(.heldout),
      swapped: tally(.swapped), swap: SwapTally(records[.swapped] ?? []), blankChange: change(.blank),
      heldOutChange: change(.heldout), floor: floor(floors))
  }

  private static func tally(of records: [EpisodeRecord]) -> Tally {
    RunSummary(records: records, policy: "", protocolID: "").total
  }

  private static func floor(_ records: [String: [EpisodeRecord]]) -> Floor? {
    let floors = records.keys.sorted().map { Floor(policy: $0, tally: tally(of: records[$0]!)) }
    return floors.max { ($0.tally.successRate ?? 0) < ($1.tally.successRate ?? 0) }
  }

  private static func difference(of condition: [EpisodeRecord], from reference: [EpisodeRecord]) -> PairedDifference? {
    let before = Dictionary(uniqueKeysWithValues: reference.map { ($0.index, $0.outcome) })
    return PairedDifference(
      condition.compactMap { record in
        guard let old = before[record.index], !old.isInvalid, !record.outcome.isInvalid else { return nil }
        return (reference: old.isSuccess, condition: record.outcome.isSuccess)
      })
  }

  /// Episodes of any intervention that the harness or the simulator could not run.
  public var invalid: Int {
    [total.given, total.blank, total.heldOut, total.swapped].reduce(0) { $0 + $1.invalid }
  }
}

extension LanguageSummary {
  public var json: JSON {
    [
      "policy": .text(policy), "total": total.json,
      "commands": .object(commands.map { JSON.Member($0.command, $0.json) }),
    ]
  }
}

extension LanguageSummary.Row {
  var json: JSON {
    [
      "given": .object(given.members), "blank": .object(blank.members), "heldOut": .object(heldOut.members),
      "swapped": swap.json, "blankLessGiven": blankChange?.json ?? .null,
      "heldOutLessGiven": heldOutChange?.json ?? .null,
      "nullFloor": floor.map { .object([JSON.Member("policy", .text($0.policy))] + $0.tally.members) } ?? .null,
    ]
  }
}
