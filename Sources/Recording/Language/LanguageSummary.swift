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
  }

  /// - Parameter records: of every intervention, single commands, the same episodes.
  public init(policy: String, records: [LanguageIntervention: [EpisodeRecord]]) {
    self.policy = policy
    total = Self.row("", records)
    let names = Set(records.values.flatMap { $0.flatMap(\.commands).map(\.command) })
    commands = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
      Self.row(name, records.mapValues { $0.filter { $0.commands.first?.command == name } })
    }
  }

  private static func row(_ command: String, _ records: [LanguageIntervention: [EpisodeRecord]]) -> Row {
    func tally(_ arm: LanguageIntervention) -> Tally {
      RunSummary(records: records[arm] ?? [], policy: "", protocolID: "").total
    }
    func change(_ arm: LanguageIntervention) -> PairedDifference? {
      difference(of: records[arm] ?? [], from: records[.given] ?? [])
    }
    return Row(
      command: command, given: tally(.given), blank: tally(.blank), heldOut: tally(.heldout),
      swapped: tally(.swapped), swap: SwapTally(records[.swapped] ?? []), blankChange: change(.blank),
      heldOutChange: change(.heldout))
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
    ]
  }
}
