import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Health of a policy") struct HealthTests {
    func record(_ index: Int, decisions: [Double], outcome: EpisodeOutcome = .success) -> EpisodeRecord {
      var record = sampleRecord(index, outcome: outcome)
      record.safety = SafetyCounts()
      record.timing.decisions = decisions
      record.timing.slowdowns = 0
      return record
    }

    func health(_ records: [EpisodeRecord]) -> HealthReport {
      RunSummary(records: records, policy: "p", protocolID: "i").health
    }

    @Test("times are over all decisions of all episodes, percentiles by nearest rank, misses beyond the deadline")
    func times() throws {
      let seconds = (1...200).map { Double($0) / 1000 }
      let health = health([record(0, decisions: Array(seconds[100...])), record(1, decisions: Array(seconds[..<100]))])
      let inference = try #require(health.inference)
      #expect(health.decisions == 200)
      #expect(abs(inference.mean - 0.1005) < 1e-12)
      #expect((inference.p50, inference.p99, inference.max) == (0.1, 0.198, 0.2))
      #expect(health.deadlineMisses == 100)
      #expect(health.findings == ["100 of 200 decisions took longer than 0.1 s"])
    }

    @Test("a sound policy has no findings, and no decision no times")
    func sound() {
      let health = health([record(0, decisions: [0.01, 0.02])])
      #expect(health.findings.isEmpty)
      #expect(health.json["ok"] == true)
      #expect(self.health([]).inference == nil)
      #expect(self.health([]).json["inferenceSeconds"] == .null)
    }

    @Test("how sure a policy was is told apart by how episodes ended, and kept in the journal")
    func confidence() throws {
      let ends: [(Double?, EpisodeOutcome)] = [
        (0.9, .success), (0.7, .success), (nil, .success), (0.25, .timeLimit), (0.1, .invalid(reason: "r")),
      ]
      let records = ends.enumerated().map { index, end in
        var record = record(index, decisions: [0.01], outcome: end.1)
        record.meanConfidence = end.0
        return record
      }
      let confidence = try #require(health(records).confidence)
      #expect(abs(try #require(confidence.inSuccesses) - 0.8) < 1e-12 && confidence.inFailures == 0.25)
      #expect(health([records[2]]).confidence == nil && health([records[2]]).json["confidence"] == .null)
      #expect(try records.map { try EpisodeRecord(json: JSON(parsing: Array($0.json.text.utf8))) } == records)
    }

    @Test("faults, stops, limits, anomalies and slow-downs are summed and told")
    func findings() {
      var first = record(0, decisions: [0.01], outcome: .failure(.emergencyStop(afterFaults: 5)))
      (first.safety, first.timing.slowdowns) = (sampleSafety(0), 2)
      var second = record(1, decisions: [0.01])
      second.safety = sampleSafety(1)
      let summary = RunSummary(records: [first, second], policy: "p", protocolID: "i")
      #expect(
        summary.health.findings == [
          "2 × decisions became twice as slow as at first",
          "25 faulty decisions: 1 bad input, 3 threw, 5 wrong shape, 7 not finite, 9 oversize", "1 emergency stops",
          "limits changed actions: 13 magnitude, 15 velocity, 17 workspace",
          "19 steps with an action unlike those before it",
        ])
      #expect(summary.json["safety"]?["fallbacks"] == 11)
      #expect(summary.json["safety"]?["anomalies"]?["perElement"] == [1, 0, 21])
      #expect(summary.json["health"]?["timeDoubledAlerts"] == 2)
    }
  }
}
