import Foundation
import Testing

@Suite("rehearse run, verify, replay")
struct RunTests {
  @Test("a run writes its manifest, journal, summary and report, and verifies to the bit with one worker and two")
  func runAndVerify() throws {
    let folder = try TemporaryFolder()
    let run = try Command(
      ["run"] + quickRun + ["--episodes", "4", "--seed", "3", "--out", folder.file("run"), "--json"])
    #expect(run.status == 0, "\(run.errors)")
    for name in ["run.json", "episodes.jsonl", "summary.json", "report.html", "trajectories.hdf5"] {
      #expect(FileManager.default.fileExists(atPath: folder.file("run/" + name)), "\(name)")
    }
    let summary = try folder.object("run/summary.json")
    for key in [
      "episodes", "valid", "invalid", "successes", "success_rate", "ci95", "tasks", "stateHash", "protocolId",
    ] {
      #expect(summary[key] != nil, "\(key)")
    }
    #expect(summary["episodes"] as? Int == 4)
    #expect(run.output.contains(summary["stateHash"] as? String ?? "none"), "--json prints the summary")

    let verified = try Command(["verify", folder.file("run"), "--workers", "2"])
    #expect(verified.status == 0)
    #expect(verified.output == "4 of 4 episodes are identical to the bit\n")

    let alone = try Command(
      ["run"] + quickRun + ["--episodes", "4", "--seed", "3", "--workers", "1", "--out", folder.file("alone")])
    #expect(alone.status == 0)
    #expect(try folder.object("alone/summary.json")["stateHash"] as? String == summary["stateHash"] as? String)
  }

  @Test("verify finds an action that was changed after the fact")
  func tampered() throws {
    let folder = try TemporaryFolder()
    _ = try Command(["run"] + quickRun + ["--episodes", "2", "--out", folder.file("run")])
    let journal = try folder.text("run/episodes.jsonl")
    let hash = try #require(journal.firstMatch(of: /"stateHash":"([0-9a-f]{16})"/)?.1)
    try journal.replacing(hash, with: String(hash.reversed())).write(
      toFile: folder.file("run/episodes.jsonl"), atomically: true, encoding: .utf8)
    let verified = try Command(["verify", folder.file("run")])
    #expect(verified.status == 70)
    #expect(verified.output.contains("differs"))
    #expect(verified.output.contains("1 of 2 episodes are identical to the bit"))
  }

  @Test("killed with SIGKILL in the middle, a run keeps whole episodes and resumes to the same summary")
  func killedAndResumed() throws {
    let folder = try TemporaryFolder()
    let arguments = ["run"] + quickRun + ["--episodes", "12", "--workers", "2"]
    let whole = try Command(arguments + ["--out", folder.file("whole")])
    #expect(whole.status == 0, "\(whole.errors)")

    let killed = try Command.started(arguments + ["--out", folder.file("killed")])
    let journal = folder.file("killed/episodes.jsonl")
    while killed.isRunning, lineCount(journal) < 3 { usleep(2000) }
    kill(killed.processIdentifier, SIGKILL)
    killed.waitUntilExit()
    #expect(killed.terminationReason == .uncaughtSignal, "it was over before it could be killed")
    let kept = lineCount(journal)

    let resumed = try Command(arguments + ["--out", folder.file("killed"), "--resume"])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(kept >= 3 && lineCount(journal) == 12)
    #expect(
      try summaryWithoutTimes(folder.object("killed/summary.json"))
        == summaryWithoutTimes(folder.object("whole/summary.json")))
    #expect(try Command(["verify", folder.file("killed")]).status == 0)
  }

  /// Wall times are measured, and never the same twice.
  private func summaryWithoutTimes(_ summary: [String: Any]) throws -> Data {
    let stable = summary.filter { $0.key != "health" }
    #expect(stable.count == summary.count - 1)
    return try JSONSerialization.data(withJSONObject: stable, options: .sortedKeys)
  }

  private func lineCount(_ path: String) -> Int {
    (try? String(contentsOfFile: path, encoding: .utf8))?.count { $0 == "\n" } ?? 0
  }

  @Test("replay draws frames of the size asked for, from a free camera, and a video")
  func replay() throws {
    let folder = try TemporaryFolder()
    _ = try Command(["run"] + quickRun + ["--set", "steps=6", "--episodes", "1", "--out", folder.file("run")])
    let frames = try Command([
      "replay", folder.file("run"), "--episode", "0", "--size", "96x64", "--eye=-2,0,1.5", "--target", "0,0,0",
      "--randomize", "full", "--appearance-seed", "5", "--out", folder.file("frames"),
    ])
    #expect(frames.status == 0, "\(frames.errors)")
    let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.file("frames")).sorted()
    #expect(pictures.count == 7)
    let png = try Data(contentsOf: URL(filePath: folder.file("frames/" + pictures[0])))
    #expect(Array(png[16..<24]) == [0, 0, 0, 96, 0, 0, 0, 64], "width and height of the PNG header")

    let video = try Command([
      "replay", folder.file("run"), "--episode", "0", "--size", "96x64", "--out", folder.file("episode.mp4"),
    ])
    #expect(video.status == 0, "\(video.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.file("episode.mp4")))
  }

  @Test("demos writes training data that can be resumed and verified")
  func demos() throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "demos", "Experiments/arena_goto/experiment.yaml", "--set", "imageSize=32", "--randomize", "full", "--out",
      folder.file("demos"),
    ]
    let first = try Command(arguments + ["--episodes", "2"])
    #expect(first.status == 0, "\(first.errors)")
    #expect(try Command(["verify", folder.file("demos")]).status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.file("demos/baselines")))
  }
}
