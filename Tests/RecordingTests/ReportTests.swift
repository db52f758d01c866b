import Foundation
import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Report") struct ReportTests {
    let temporary = TemporaryDirectory()

    func records(_ policy: Double, count: Int = 60) -> [EpisodeRecord] {
      let commands = ["go_to", "push_left", "turn_left", "pick_up"]
      return (0..<count).map { index in
        var stream = SeedStream(root: UInt64(policy * 100), factor: .policy, episode: index)
        let (draw, isHeldOut) = (stream.unit(), index % 5 == 0)
        let outcome: EpisodeOutcome =
          draw < policy
          ? .success
          : draw > 0.97
            ? .invalid(reason: "physics: a pose is not finite") : draw > 0.8 ? .failure(.targetLost) : .timeLimit
        let steps = 40 + Int(stream.unit() * 60)
        return EpisodeRecord(
          index: index, outcome: outcome,
          commands: [
            CommandResult(
              command: commands[index % 4], instruction: "go over to the <red> box & stop there", isHeldOut: isHeldOut,
              outcome: outcome.kind, startTick: 0, endTick: steps, progress: 0.5)
          ], steps: steps, stateHash: stream.next(), sampled: [], degradedSteps: DegradedSteps(),
          timing: sampleRecord(1).timing)
      }
    }

    func featured(_ record: EpisodeRecord, video: String?) -> FeaturedEpisode {
      let ticks = (0..<record.steps).map { Double($0) / Double(record.steps) }
      let base = ticks.map { SIMD2($0 * 1.4 - 0.8, 0.35 * sin($0 * 4)) }
      let map = TopView(
        paths: [
          PathSeries(name: "base", points: base, kind: .base),
          PathSeries(name: "end effector", points: base.map { $0 + SIMD2(0.25, 0.06) }, kind: .endEffector),
        ],
        markers: [
          .init(name: "red box", position: SIMD2(0.85, -0.3), radius: 0.07, color: Ink(190, 40, 34)),
          .init(name: "blue ball", position: SIMD2(0.9, -0.22), radius: 0.05, color: Ink(40, 70, 190)),
          .init(name: "yellow cone", position: SIMD2(0.1, 0.6), radius: 0.06, color: Ink(230, 190, 30)),
        ], outlines: [[SIMD2(0.6, -0.5), SIMD2(1.1, -0.5), SIMD2(1.1, 0.1), SIMD2(0.6, 0.1)]])
      let actions = ["forward", "yaw", "gripper"].enumerated().map { number, name in
        SignalPanel.Series(name: name, values: ticks.map { sin($0 * 9 + Double(number)) })
      }
      return FeaturedEpisode(
        record: record, video: video, map: map,
        signals: [
          SignalPanel(
            title: "progress", series: [.init(name: "progress", values: ticks.map { $0 * $0 })], range: 0...1),
          SignalPanel(title: "action", series: actions, range: -1...1),
          SignalPanel(title: "speed, m/s", series: [.init(name: "speed", values: ticks.map { 0.22 * sin($0 * 3) })]),
        ])
    }

    func model(video: String?) -> ReportModel {
      let records = records(0.83)
      let baselines = [("zero", 0.02), ("random", 0.07)].map {
        RunSummary(records: self.records($0.1), policy: $0.0, protocolID: "00112233aabbccdd")
      }
      return ReportModel(
        manifest: sampleManifest(policy: "visual-servo"), records: records,
        summary: RunSummary(records: records, policy: "visual-servo", protocolID: "00112233aabbccdd", chainLength: 5),
        baselines: baselines, featured: [featured(records[0], video: video), featured(records[3], video: nil)],
        reproduceCommand: "rehearse run sources/experiment.yaml --episodes 60 --seed 7",
        verifyCommand: "rehearse verify .")
    }

    func written(video: Bool = true, limit: Int = 25_000_000) throws -> (page: String, run: RunDirectory) {
      let run = try sampleRun(in: temporary)
      if video { try sampleVideo(run.path + "/videos/episode_0.mp4") }
      try run.writeReport(model(video: video ? "videos/episode_0.mp4" : nil), embeddedVideoLimit: limit)
      return (String(decoding: try contents(run.reportPath), as: UTF8.self), run)
    }

    func sampleVideo(_ path: String) throws {
      let writer = try VideoWriter(path: path, width: 320, height: 240, framesPerSecond: 20)
      for index in 0..<20 { try writer.append(Array(repeating: UInt8(index * 10), count: 320 * 240 * 3)) }
      try writer.finish()
    }

    @Test("the page needs nothing from outside and is well-formed")
    func offline() throws {
      let page = try written(video: false).page
      #expect(!page.contains("http"), "no address at all")
      #expect(!page.contains("<red>") && page.contains("&lt;red&gt; box &amp; stop"))
      for tag in ["section", "table", "svg", "article", "figure", "div", "span", "tr", "td", "th", "p", "g", "dl"] {
        let opened = page.ranges(of: "<\(tag)>").count + page.ranges(of: "<\(tag) ").count
        #expect(opened == page.ranges(of: "</\(tag)>").count, "\(tag)")
      }
      for number in ["\"nan", "nan,", ",nan", "inf,", ",inf"] { #expect(!page.contains(number), "\(number)") }
      if let folder = ProcessInfo.processInfo.environment["REHEARSAL_PICTURES"] {
        try DiskFile.makeDirectory(folder)
        try sampleVideo(folder + "/videos/episode_0.mp4")
        try put(
          Report(model: model(video: "v"), videoSources: ["v": "videos/episode_0.mp4"]).html,
          at: folder + "/report.html")
      }
    }

    @Test("rates and intervals stand in the table, floor and ceiling side by side")
    func numbers() throws {
      let page = try written(video: false).page
      let total = model(video: nil).summary.total
      let interval = try #require(total.interval)
      #expect(page.contains("<b>\(HTML.percent(total.successRate))</b>"))
      #expect(
        page.contains(
          "\(total.successes)/\(total.valid) · \(HTML.percent(interval.low)) – \(HTML.percent(interval.high))"))
      for name in [
        "visual-servo", "zero", "random", "physics: a pose is not finite", "targetLost", "rehearse verify .",
      ] {
        #expect(page.contains(name), "\(name)")
      }
    }

    @Test("videos are carried inside while they are small, and linked beyond")
    func videos() throws {
      let run = try written().run
      let bytes = Data(try contents(run.path + "/videos/episode_0.mp4")).base64EncodedString()
      let embedded = String(decoding: try contents(run.reportPath), as: UTF8.self)
      #expect(embedded.contains("data:video/mp4;base64,\(bytes)"))
      try run.writeReport(model(video: "videos/episode_0.mp4"), embeddedVideoLimit: 10)
      let linked = String(decoding: try contents(run.reportPath), as: UTF8.self)
      #expect(linked.contains(#"src="videos/episode_0.mp4""#) && !linked.contains("base64"))
    }

    @Test("a run without any episode still gives a page")
    func empty() throws {
      let run = try sampleRun(in: temporary)
      let nothing = ReportModel(
        manifest: sampleManifest(), records: [], summary: RunSummary(records: [], policy: "p", protocolID: "i"),
        baselines: [], featured: [], reproduceCommand: "", verifyCommand: "")
      try run.writeReport(nothing)
      #expect(String(decoding: try contents(run.reportPath), as: UTF8.self).contains("nothing valid"))
    }

    @Test(
      "axis steps are 1, 2 or 5 times a power of ten",
      arguments: [(1.0, 4, 0.2), (7, 4, 1), (0.03, 4, 0.005), (100, 4, 20)])
    func steps(_ span: Double, _ count: Int, _ step: Double) {
      #expect(abs(PlotScale.step(span: span, count: count) - step) < 1e-12)
    }

    @Test("maps are to scale and the right way up")
    func map() {
      let view = TopView(
        paths: [PathSeries(name: "base", points: [SIMD2(0, 0), SIMD2(1, 0), SIMD2(1, 1)], kind: .base)], markers: [])
      let svg = TopViewPlot(view).svg
      let points = svg.split(separator: "<polyline points=\"")[1].split(separator: "\"")[0].split(separator: " ")
        .map { $0.split(separator: ",").compactMap { Double($0) } }
      #expect(abs((points[1][0] - points[0][0]) - (points[1][1] - points[2][1])) < 0.2, "\(points)")
      #expect(points[1][0] > points[0][0] && points[2][1] < points[1][1])
    }
  }
}
