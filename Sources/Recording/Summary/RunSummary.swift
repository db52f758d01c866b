public import RehearsalCore

/// `summary.json`: what came out of a run. A function of its episodes alone, whatever their order and however often the
/// run was interrupted; `health` alone holds measured times.
public struct RunSummary: Hashable, Sendable {
  public let policy: String
  public let protocolID: String
  /// By episode. With several commands an episode, it succeeds if all do.
  public let total: Tally
  /// By command, in the order of names.
  public let tasks: [Task]
  /// Why valid episodes failed, `timeLimit` included, and how often; by name.
  public let failureReasons: [Count]
  /// Why episodes were invalid, and how often; by text.
  public let invalidReasons: [Count]
  /// Control steps that did not do all that was asked, over all episodes.
  public let degradedSteps: DegradedSteps
  /// Faults, fallbacks, limits and anomalies, over all episodes.
  public let safety: SafetyCounts
  public let health: HealthReport
  /// All control steps.
  public let steps: Int
  public let chain: ChainScore?
  /// XXH64 over all episodes' hashes in the order of their indices.
  public let stateHash: UInt64

  public struct Task: Hashable, Sendable {
    public let command: String
    public let tally: Tally
    /// Of phrasings that no training demonstration used.
    public let heldOut: Tally
    /// Whose goal was reached, where words were swapped.
    public let swap: SwapTally
  }

  public struct Count: Hashable, Sendable {
    public let name: String
    public let count: Int
  }

  /// - Parameter chainLength: commands a chain has, for chains; nil otherwise.
  public init(records: [EpisodeRecord], policy: String, protocolID: String, chainLength: Int? = nil) {
    let records = records.sorted { $0.index < $1.index }
    self.policy = policy
    self.protocolID = protocolID
    total = records.reduce(into: Tally()) { $0.add(Self.outcome(of: $1), steps: $1.steps) }
    tasks = Self.tasks(records)
    failureReasons = Self.counts(records.compactMap(Self.failureReason))
    invalidReasons = Self.counts(records.compactMap(Self.invalidReason))
    degradedSteps = records.reduce(into: DegradedSteps()) {
      $0.actionClamped += $1.degradedSteps.actionClamped
      $0.targetClamped += $1.degradedSteps.targetClamped
    }
    safety = records.reduce(into: SafetyCounts()) { $0 += $1.safety }
    health = HealthReport(records: records, safety: safety)
    steps = records.reduce(0) { $0 + $1.steps }
    chain = chainLength.map { ChainScore(records, length: $0) }
    stateHash = records.reduce(into: XXHash64()) { $0.update($1.stateHash) }.digest
  }

  /// An episode in which there was nothing left to do is neither a success nor the harness's fault.
  private static func outcome(of record: EpisodeRecord) -> String {
    let hadNothingToDo = ["alreadySatisfied", "notSwappable"].first { reason in
      !record.commands.isEmpty && record.commands.allSatisfy { $0.outcome == reason }
    }
    return hadNothingToDo ?? record.outcome.kind
  }

  private static func failureReason(_ record: EpisodeRecord) -> String? {
    switch record.outcome {
    case .failure(let reason): reason.name
    case .timeLimit: "timeLimit"
    case .success, .invalid: nil
    }
  }

  private static func invalidReason(_ record: EpisodeRecord) -> String? {
    guard outcome(of: record) == "invalid", case .invalid(let reason) = record.outcome else { return nil }
    return reason
  }

  private static func tasks(_ records: [EpisodeRecord]) -> [Task] {
    let results = records.flatMap(\.commands)
    return counts(results.map(\.command)).map { command in
      let own = results.filter { $0.command == command.name }
      return Task(
        command: command.name, tally: tally(own), heldOut: tally(own.filter(\.isHeldOut)), swap: SwapTally(own))
    }
  }

  private static func tally(_ results: [CommandResult]) -> Tally {
    results.reduce(into: Tally()) { $0.add($1.outcome, steps: $1.endTick - $1.startTick) }
  }

  /// How often each name occurs, by name.
  private static func counts(_ names: [String]) -> [Count] {
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return sorted.reduce(into: []) { counts, name in
      let before = counts.last?.name == name ? counts.removeLast().count : 0
      counts.append(Count(name: name, count: before + 1))
    }
  }
}

extension RunSummary {
  public var json: JSON {
    let chain = self.chain.map { [JSON.Member("chain", $0.json)] } ?? []
    return .object(
      total.members + [
        JSON.Member("policy", .text(policy)), JSON.Member("protocolId", .text(protocolID)),
        JSON.Member("stateHash", .text(stateHash.hexadecimal)), JSON.Member("steps", .integer(steps)),
        JSON.Member("tasks", .object(tasks.map { JSON.Member($0.command, $0.json) })),
        JSON.Member("failureReasons", Self.json(failureReasons)),
        JSON.Member("invalidReasons", Self.json(invalidReasons)), JSON.Member("degraded", degradedSteps.json),
        JSON.Member("safety", safety.json), JSON.Member("health", health.json),
      ] + chain)
  }

  private static func json(_ counts: [Count]) -> JSON {
    .object(counts.map { JSON.Member($0.name, .integer($0.count)) })
  }
}

extension RunSummary.Task {
  var json: JSON {
    .object(
      tally.members + (heldOut.episodes > 0 ? [JSON.Member("heldOut", .object(heldOut.members))] : [])
        + (swap.counted > 0 ? [JSON.Member("swap", swap.json)] : []))
  }
}
