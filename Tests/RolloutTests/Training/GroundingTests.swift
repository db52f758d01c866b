import Foundation
import Recording
import TestSupport
import Testing

@testable import Rollout

@Suite("Where demonstrations say that things are") struct GroundingTests {
  @Test("target and support, relative to the hand; pictures of each stride-th step, of the cameras asked for")
  func slots() throws {
    let folder = try TrainingFolder()
    var request = RunRequest(
      experiment: shippedExperiment("tabletop"), workers: 1,
      output: folder.file("demos"),
      provenance: .init(commandLine: ["test"], createdAt: "2026-01-01T00:00:00Z", gitCommit: nil))
    request.overrides = ["imageSize=16", "schedule={single: [place_on]}", "randomization=none"]
    request.episodes = 1
    request.policy = "scripted"
    request.kind = .demonstrations(images: true)
    #expect(try ExperimentRun(request).execute().total.successes == 1)

    let directory = try RunDirectory.open(at: folder.file("demos"))
    let demonstration = try #require(try DemonstrationReader(directory, stride: 3).read().first)
    let looks = (demonstration.steps + 2) / 3
    #expect(demonstration.pictures.map(\.count) == [768 * looks, 768 * looks])
    let grounding = try #require(demonstration.grounding)
    #expect(grounding.slots == 2 && grounding.filled == 2)
    // A block of 45 mm on a block, at the end.
    let last = Array(grounding.offsets.suffix(6))
    #expect(abs(last[2] - last[5] - 0.045) < 0.003, "\(last)")
    #expect(hypot(last[0] - last[3], last[1] - last[4]) < 0.03, "\(last)")

    let wrist = try #require(try DemonstrationReader(directory, stride: 3, cameras: ["wrist"]).read().first)
    #expect(wrist.pictures == [demonstration.pictures[1]])
    #expect(wrist.grounding?.pixels == [grounding.pixels[1]])
    #expect(wrist.actions == demonstration.actions)
  }
}
