internal import RehearsalCore

/// How many trials ended how. Invalid, already satisfied and not swappable ones count in no rate.
public struct Tally: Hashable, Sendable {
  public private(set) var episodes = 0
  public private(set) var successes = 0
  public private(set) var failures = 0
  public private(set) var timeLimits = 0
  public private(set) var invalid = 0
  public private(set) var alreadySatisfied = 0
  /// No other body could be named instead; see `LanguageIntervention.swapped`.
  public private(set) var notSwappable = 0
  /// Control steps of all successes together.
  public private(set) var stepsOfSuccesses = 0

  public init() {}

  public var valid: Int { successes + failures + timeLimits }
  /// Nil if nothing was valid.
  public var successRate: Double? { valid > 0 ? Double(successes) / Double(valid) : nil }
  public var interval: WilsonInterval? { WilsonInterval(successes: successes, of: valid) }
  public var meanStepsToSuccess: Double? { successes > 0 ? Double(stepsOfSuccesses) / Double(successes) : nil }

  /// Counts a trial; `outcome` as in `CommandResult`.
  mutating func add(_ outcome: String, steps: Int) {
    episodes += 1
    switch outcome {
    case "success":
      successes += 1
      stepsOfSuccesses += steps
    case "failure": failures += 1
    case "timeLimit": timeLimits += 1
    case "alreadySatisfied": alreadySatisfied += 1
    case "notSwappable": notSwappable += 1
    default: invalid += 1
    }
  }

  /// Counts the other's trials too.
  mutating func add(_ other: Tally) {
    episodes += other.episodes
    successes += other.successes
    failures += other.failures
    timeLimits += other.timeLimits
    invalid += other.invalid
    alreadySatisfied += other.alreadySatisfied
    notSwappable += other.notSwappable
    stepsOfSuccesses += other.stepsOfSuccesses
  }

  var members: [JSON.Member] {
    [
      JSON.Member("episodes", .integer(episodes)), JSON.Member("valid", .integer(valid)),
      JSON.Member("invalid", .integer(invalid)), JSON.Member("alreadySatisfied", .integer(alreadySatisfied)),
      JSON.Member("successes", .integer(successes)), JSON.Member("failures", .integer(failures)),
      JSON.Member("timeLimits", .integer(timeLimits)),
      JSON.Member("success_rate", successRate.map(JSON.number) ?? .null),
      JSON.Member("ci95", interval.map { [.number($0.low), .number($0.high)] } ?? [nil, nil]),
      JSON.Member("meanStepsToSuccess", meanStepsToSuccess.map(JSON.number) ?? .null),
    ] + (notSwappable > 0 ? [JSON.Member("notSwappable", .integer(notSwappable))] : [])
  }
}
