import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Summary") struct SummaryTests {
    func record(_ index: Int, _ outcome: EpisodeOutcome, _ commands: [(String, String, Bool)], steps: Int = 10)
      -> EpisodeRecord
    {
      EpisodeRecord(
        index: index, outcome: outcome,
        commands: commands.map {
          CommandResult(
            command: $0.0, instruction: "", isHeldOut: $0.2, outcome: $0.1, startTick: 0, endTick: steps, progress: 0)
        }, steps: steps, stateHash: UInt64(index + 1), sampled: [], degradedSteps: DegradedSteps(),
        timing: EpisodeTiming())
    }

    @Test("Wilson intervals are the published ones, and exact at the ends")
    func wilson() throws {
      // Newcombe, Stat. Med. 17 (1998), table I, method 3.
      let published = [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
      ]
      for (successes, trials, low, high) in published {
        let interval = try #require(WilsonInterval(successes: successes, of: trials))
        #expect(abs(interval.low - low) < 5e-5 && abs(interval.high - high) < 5e-5, "\(interval)")
      }
      #expect(WilsonInterval(successes: 5, of: 5)?.high == 1)
      #expect(WilsonInterval(successes: 0, of: 0) == nil)
    }

    @Test("invalid and already satisfied episodes count in no rate")
    func counting() throws {
      let summary = RunSummary(
        records: [
          record(0, .success, [("go", "success", false)], steps: 30),
          record(1, .failure(.robotLost), [("go", "failure", true)]),
          record(2, .timeLimit, [("turn", "timeLimit", false)]),
          record(3, .invalid(reason: "NaN"), []),
          record(4, .invalid(reason: "every command was satisfied"), [("turn", "alreadySatisfied", false)]),
        ], policy: "zero", protocolID: "ab")
      let total = summary.total
      #expect((total.episodes, total.valid, total.invalid, total.successes) == (5, 3, 1, 1))
      #expect(total.alreadySatisfied == 1)
      #expect(summary.tasks.map(\.command) == ["go", "turn"])
      #expect(summary.tasks[0].tally.successRate == 0.5)
      #expect(summary.tasks[0].heldOut.episodes == 1)
      #expect(summary.tasks[1].tally.meanStepsToSuccess == nil)
      #expect(summary.failureReasons.map(\.name) == ["robotLost", "timeLimit"])
      #expect(summary.invalidReasons.map(\.name) == ["NaN"])
      #expect(total.meanStepsToSuccess == 30)
    }

    @Test("nothing valid gives null, not zero")
    func nothing() throws {
      let json = RunSummary(records: [record(0, .invalid(reason: "x"), [])], policy: "p", protocolID: "i").json
      #expect(json["success_rate"] == .null)
      #expect(json["ci95"] == [nil, nil])
      #expect(RunSummary(records: [], policy: "p", protocolID: "i").total.valid == 0)
    }

    @Test("the order of the records does not matter, the hashes do")
    func order() {
      let records = (0..<20).map { record($0, $0 % 3 == 0 ? .success : .timeLimit, [("go", "success", false)]) }
      let summary = RunSummary(records: records, policy: "p", protocolID: "i")
      #expect(RunSummary(records: records.reversed(), policy: "p", protocolID: "i") == summary)
      var other = records
      other[7].stateHash ^= 1
      #expect(RunSummary(records: other, policy: "p", protocolID: "i").stateHash != summary.stateHash)
      var hash = XXHash64()
      for index in 1...20 { hash.update(UInt64(index)) }
      #expect(summary.json["stateHash"] == .text(hash.digest.hexadecimal))
    }

    @Test("chains are scored by how many commands they did in a row")
    func chains() throws {
      func chain(_ index: Int, _ outcomes: [String]) -> EpisodeRecord {
        record(index, outcomes.contains("failure") ? .timeLimit : .success, outcomes.map { ("c", $0, false) })
      }
      let records = [
        chain(0, ["success", "success", "success", "success", "success"]), chain(1, ["success", "failure"]),
        chain(2, ["failure"]), chain(3, ["success", "success", "success", "failure"]),
        record(4, .invalid(reason: "x"), [("c", "success", false)]),
      ]
      let score = try #require(RunSummary(records: records, policy: "p", protocolID: "i", chainLength: 5).chain)
      #expect(score.successInARow == [0.75, 0.5, 0.5, 0.25, 0.25])
      #expect(score.averageLength == 2.25)
    }

    @Test("the file has the keys that checks rely on")
    func keys() throws {
      let json = RunSummary(records: [record(0, .success, [("go", "success", false)])], policy: "p", protocolID: "i")
        .json
      let names = [
        "episodes", "valid", "invalid", "successes", "success_rate", "ci95", "tasks", "stateHash", "protocolId",
      ]
      for name in names { #expect(json[name] != nil, "\(name)") }
      for name in names.prefix(6) { #expect(json["tasks"]?["go"]?[name] != nil, "\(name)") }
    }
  }
}
