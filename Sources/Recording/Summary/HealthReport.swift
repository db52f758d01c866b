internal import RehearsalCore

/// Whether a policy answered soundly and in time. Its times are measured, so they are never the same twice.
public struct HealthReport: Hashable, Sendable {
  /// Calls of the policy.
  public let decisions: Int
  /// Seconds a decision may take: one control period; 0 where nothing was decided.
  public let deadline: Double
  /// Seconds a decision; nil where nothing was decided.
  public let inference: Inference?
  /// Decisions that took longer than `deadline`.
  public let deadlineMisses: Int
  /// How often decisions became twice as slow as the first ones of their worker.
  public let slowdowns: Int
  /// Nil where the policy says nothing of the kind.
  public let confidence: Confidence?
  /// What deserves attention, as sentences; empty if nothing does.
  public let findings: [String]

  public struct Inference: Hashable, Sendable {
    public let mean: Double
    /// Nearest-rank percentiles.
    public let p50: Double
    public let p99: Double
    public let max: Double
  }

  /// How sure the policy was of its answers, 0…1: the mean over episodes of their means; nil where there are none.
  public struct Confidence: Hashable, Sendable {
    public let inSuccesses: Double?
    public let inFailures: Double?
  }

  init(records: [EpisodeRecord], safety: SafetyCounts) {
    let seconds = records.flatMap(\.timing.decisions).sorted()
    decisions = seconds.count
    deadline = records.map(\.timing.deadline).max() ?? 0
    inference = Inference(sorted: seconds)
    deadlineMisses = records.reduce(0) { misses, record in
      misses + record.timing.decisions.count { $0 > record.timing.deadline }
    }
    confidence = Confidence(records)
    slowdowns = records.reduce(0) { $0 + $1.timing.slowdowns }
    let stops = records.count { if case .failure(.emergencyStop) = $0.outcome { true } else { false } }
    let found = [
      (deadlineMisses, "\(deadlineMisses) of \(decisions) decisions took longer than \(deadline) s"),
      (slowdowns, "\(slowdowns) × decisions became twice as slow as at first"),
      (safety.faults.total, "\(safety.faults.total) faulty decisions: \(Self.list(safety.faults))"),
      (stops, "\(stops) emergency stops"),
      (safety.clamps.total, "limits changed actions: \(Self.list(safety.clamps))"),
      (safety.anomalies.steps, "\(safety.anomalies.steps) steps with an action unlike those before it"),
    ]
    findings = found.filter { $0.0 > 0 }.map(\.1)
  }

  private static func list(_ faults: SafetyCounts.Faults) -> String {
    list([
      ("bad input", faults.badInput), ("threw", faults.threw), ("wrong shape", faults.wrongShape),
      ("not finite", faults.nonFinite), ("oversize", faults.oversize),
    ])
  }

  private static func list(_ clamps: SafetyCounts.Clamps) -> String {
    list([("magnitude", clamps.magnitude), ("velocity", clamps.velocity), ("workspace", clamps.workspace)])
  }

  private static func list(_ counts: [(String, Int)]) -> String {
    counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
  }

  var json: JSON {
    [
      "ok": .bool(findings.isEmpty), "findings": .array(findings.map(JSON.text)), "decisions": .integer(decisions),
      "deadlineSeconds": .number(deadline), "deadlineMisses": .integer(deadlineMisses),
      "timeDoubledAlerts": .integer(slowdowns),
      "inferenceSeconds": inference.map {
        ["mean": .number($0.mean), "p50": .number($0.p50), "p99": .number($0.p99), "max": .number($0.max)]
      } ?? .null,
      "confidence": confidence.map {
        [
          "inSuccesses": $0.inSuccesses.map(JSON.number) ?? .null,
          "inFailures": $0.inFailures.map(JSON.number) ?? .null,
        ]
      } ?? .null,
    ]
  }
}

extension HealthReport.Confidence {
  /// Nil if no episode has any. What is invalid is neither a success nor a failure.
  fileprivate init?(_ records: [EpisodeRecord]) {
    func mean(_ belongs: (EpisodeOutcome) -> Bool) -> Double? {
      let values = records.filter { belongs($0.outcome) }.compactMap(\.meanConfidence)
      return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    inSuccesses = mean(\.isSuccess)
    inFailures = mean { !$0.isSuccess && !$0.isInvalid }
    if inSuccesses == nil && inFailures == nil { return nil }
  }
}

extension HealthReport.Inference {
  /// Nil if there is no decision.
  fileprivate init?(sorted seconds: [Double]) {
    guard let slowest = seconds.last else { return nil }
    func percentile(_ share: Double) -> Double { seconds[Int((share * Double(seconds.count)).rounded(.up)) - 1] }
    mean = seconds.reduce(0, +) / Double(seconds.count)
    p50 = percentile(0.5)
    p99 = percentile(0.99)
    max = slowest
  }
}
