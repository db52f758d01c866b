internal import RehearsalCore

/// Whose goal was reached in episodes whose words were swapped; see `SwapResult`.
public struct SwapTally: Hashable, Sendable {
  /// The goal of the words heard, `detours` among them.
  public private(set) var followed = 0
  /// By way of the goal of the command drawn.
  public private(set) var detours = 0
  public private(set) var original = 0
  public private(set) var neither = 0
  /// No other body could be named; counts in no rate.
  public private(set) var notSwappable = 0

  init(_ results: [CommandResult]) {
    for result in results where result.outcome != "invalid" {
      switch result.swap {
      case .followed: followed += 1
      case .detour:
        followed += 1
        detours += 1
      case .original: original += 1
      case .neither: neither += 1
      case nil: if result.outcome == "notSwappable" { notSwappable += 1 }
      }
    }
  }

  /// Of single commands. An episode that ended before its command was recorded, as by a policy that hangs, reached
  /// neither goal.
  init(_ records: [EpisodeRecord]) {
    self.init(records.flatMap(\.commands))
    neither += records.count { $0.commands.isEmpty && !$0.outcome.isInvalid }
  }

  public var counted: Int { followed + original + neither }
  /// Nil if nothing could be swapped.
  public var followedRate: Double? { counted > 0 ? Double(followed) / Double(counted) : nil }
  /// Of `followedRate`.
  public var interval: WilsonInterval? { WilsonInterval(successes: followed, of: counted) }

  var json: JSON {
    [
      "episodes": .integer(counted), "followed": .integer(followed), "detours": .integer(detours),
      "original": .integer(original), "neither": .integer(neither), "notSwappable": .integer(notSwappable),
      "followed_rate": followedRate.map(JSON.number) ?? .null,
      "ci95": interval.map { [.number($0.low), .number($0.high)] } ?? [nil, nil],
    ]
  }
}
