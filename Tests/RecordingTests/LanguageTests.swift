import Foundation
import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Language report") struct LanguageTests {
    func record(
      _ index: Int, _ outcome: EpisodeOutcome, swap: SwapResult? = nil, command: String = "go_to", kind: String? = nil,
      said: String = "Go to the red box"
    ) -> EpisodeRecord {
      var result = CommandResult(
        command: command, instruction: said, isHeldOut: false, outcome: kind ?? outcome.kind, startTick: 0,
        endTick: 10, progress: 0)
      result.swap = swap
      return EpisodeRecord(
        index: index, outcome: outcome, commands: [result], steps: 10, stateHash: UInt64(index), sampled: [],
        degradedSteps: DegradedSteps(), timing: EpisodeTiming())
    }

    /// 4 episodes of going somewhere and 1 of stopping, under every intervention.
    var runs: [LanguageIntervention: [EpisodeRecord]] {
      let nothing = EpisodeOutcome.invalid(reason: "there was nothing to do: notSwappable")
      return [
        .given: [.success, .success, .success, .timeLimit].enumerated().map { record($0, $1) }
          + [record(4, .success, command: "stop", said: "Stop")],
        .heldout: [.success, .success, .timeLimit, .timeLimit].enumerated().map { record($0, $1) }
          + [record(4, .success, command: "stop")],
        .blank: [.timeLimit, .success, .timeLimit, .invalid(reason: "NaN")].enumerated().map { record($0, $1) }
          + [record(4, .success, command: "stop")],
        .swapped: [
          record(0, .success, swap: .followed), record(1, .success, swap: .detour, said: "Go to the <blue> ball"),
          record(2, .timeLimit, swap: .original), record(3, .failure(.targetLost), swap: .neither),
          record(4, nothing, command: "stop", kind: "notSwappable"),
        ],
      ]
    }

    var report: LanguageReport {
      LanguageReport(
        runs: runs.mapValues { (manifest: sampleManifest(), records: $0) },
        floors: floors, reproduceCommand: "rehearse language experiment.yaml")
    }

    /// Doing nothing is stopping; moving at random gets somewhere once.
    var floors: [String: [EpisodeRecord]] {
      [
        "zero": (0..<4).map { record($0, .timeLimit) } + [record(4, .success, command: "stop")],
        "random": (0..<4).map { record($0, $0 == 1 ? .success : .timeLimit) }
          + [record(4, .timeLimit, command: "stop")],
      ]
    }

    @Test("the null floor is that of the policy which does better at the command")
    func floor() throws {
      let summary = LanguageSummary(policy: "p", records: runs, floors: floors)
      #expect(summary.commands.map { $0.floor?.policy } == ["random", "zero"])
      #expect(summary.commands.map { $0.floor?.tally.successRate } == [0.25, 1])
      #expect(LanguageSummary(policy: "p", records: runs).total.floor == nil)
    }

    @Test("swapped episodes are counted by the goal that was reached; what could not be swapped, apart")
    func swaps() throws {
      let summary = LanguageSummary(policy: "p", records: runs)
      let swap = summary.total.swap
      #expect((swap.followed, swap.detours, swap.original, swap.neither, swap.notSwappable) == (2, 1, 1, 1, 1))
      #expect(swap.followedRate == 0.5)
      #expect(swap.interval == WilsonInterval(successes: 2, of: 4))
      #expect(summary.commands.map(\.command) == ["go_to", "stop"])
      #expect(summary.commands[1].swap.followedRate == nil)
      #expect(summary.total.swapped.invalid == 0 && summary.total.swapped.notSwappable == 1)
      #expect(summary.invalid == 1, "the blank one")
    }

    @Test("an episode whose policy hung reached neither goal")
    func hung() {
      var record = record(0, .failure(.policyHung(afterSeconds: 1)))
      record.commands = []
      #expect(LanguageSummary(policy: "p", records: [.swapped: [record]]).total.swap.neither == 1)
    }

    @Test("changes are taken over the episodes that count in both")
    func changes() throws {
      let total = LanguageSummary(policy: "p", records: runs).total
      #expect(total.heldOutChange?.pairs == 5 && abs(total.heldOutChange!.difference + 0.2) < 1e-12)
      // Without the invalid one: 4 successes as given, 2 blank.
      #expect(total.blankChange?.pairs == 4 && abs(total.blankChange!.difference + 0.5) < 1e-12)
    }

    @Test(
      "intervals of paired differences are the published ones",
      arguments: [
        // Altman et al., Statistics with Confidence (2000), p. 52, and Bentur et al. (2009) in Fagerland, Lydersen
        // and Laake, Stat. Med. 33 (2014).
        ([14, 5, 0, 22], 0.122, 0.011, 0.226), ([1, 1, 7, 12], -0.286, -0.507, -0.026),
      ])
    func paired(_ table: [Int], _ difference: Double, _ low: Double, _ high: Double) throws {
      let kinds = [(true, true), (false, true), (true, false), (false, false)]
      let outcomes = zip(table, kinds).flatMap { count, kind in
        Array(repeating: (reference: kind.0, condition: kind.1), count: count)
      }
      let interval = try #require(PairedDifference(outcomes))
      #expect(abs(interval.difference - difference) < 5e-4)
      #expect(abs(interval.low - low) < 5e-4 && abs(interval.high - high) < 5e-4, "\(interval)")
    }

    @Test("nothing changed gives an interval about zero, no pairs none")
    func noChange() throws {
      let same = try #require(PairedDifference(Array(repeating: (reference: true, condition: true), count: 200)))
      #expect(same.difference == 0 && same.low < 0 && same.low > -0.03 && same.high == -same.low)
      #expect(PairedDifference([]) == nil)
    }

    @Test("a record keeps which goal was reached, and one without a swap says nothing of it")
    func roundTrip() throws {
      for swap in SwapResult.allCases + [nil] {
        let record = record(0, .success, swap: swap)
        #expect(record.json.text.contains("\"swap\"") == (swap != nil))
        #expect(try EpisodeRecord(json: record.json) == record)
      }
    }

    @Test("language.json has every arm's rates, overall and by command")
    func json() throws {
      let json = report.json
      #expect(json["total"]?["swapped"]?["followed_rate"] == 0.5)
      #expect(json["total"]?["swapped"]?["notSwappable"] == 1)
      #expect(json["commands"]?["go_to"]?["given"]?["success_rate"] == 0.75)
      #expect(json["commands"]?["stop"]?["blankLessGiven"]?["difference"] == 0.0)
      #expect(json["commands"]?["stop"]?["nullFloor"]?["policy"] == "zero")
      #expect(json["runs"]?["swapped"]?["protocolId"] == "00112233aabbccdd")
    }

    @Test("the page is well-formed, escapes what was said and shows first what did not follow")
    func page() throws {
      let page = LanguagePage(report: report).html
      for tag in ["section", "table", "svg", "div", "span", "tr", "td", "th", "p", "dl", "i"] {
        let opened = page.ranges(of: "<\(tag)>").count + page.ranges(of: "<\(tag) ").count
        #expect(opened == page.ranges(of: "</\(tag)>").count, "\(tag)")
      }
      #expect(!page.contains("http") && page.contains("&lt;blue&gt; ball"))
      let badges = page.matches(of: /badge ([a-z]+)"/).map { String($0.1) }
      #expect(badges == ["original", "neither", "detour", "followed"])
    }
  }
}
