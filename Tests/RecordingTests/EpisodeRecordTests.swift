import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Episode records") struct EpisodeRecordTests {
    @Test("episode records of every outcome come back the same")
    func records() throws {
      let reasons: [EpisodeOutcome.FailureReason] = [
        .policyThrew(message: "no\nmore"), .policyReturnedNonFinite(index: 3),
        .policyReturnedWrongShape(expected: 7, got: 3), .policyReturnedOversize(index: 2),
        .policyHung(afterSeconds: 0.1),
        .emergencyStop(afterFaults: 5), .robotLost, .targetLost,
      ]
      let outcomes: [EpisodeOutcome] =
        [.success, .timeLimit, .invalid(reason: "NaN in a pose")] + reasons.map { .failure($0) }
      for (index, outcome) in outcomes.enumerated() {
        let record = sampleRecord(index, outcome: outcome)
        let line = record.json.text
        #expect(try EpisodeRecord(json: JSON(parsing: line)) == record)
        #expect(!line.contains("\n"))
      }
    }

    @Test("a line has the keys that readers rely on, samples in the order drawn")
    func line() {
      let line = sampleRecord(1, outcome: .failure(.robotLost)).json.text
      #expect(line.hasPrefix(#"{"episode":1,"outcome":"failure","reason":"robotLost","message":"the robot tipped"#))
      #expect(line.contains(#""stateHash":"ffffedcba9876543""#))
      #expect(line.contains(#""sampled":{"z.first":0.30000000000000004,"a.second":[1.0,-0.0,5e-324],"m":"wood"}"#))
      #expect(line.contains(#""degraded":{"actionClamped":1,"targetClamped":0}"#))
    }
  }
}
