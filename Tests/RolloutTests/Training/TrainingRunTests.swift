import Authoring
import Foundation
import Learning
import Recording
import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

/// A folder that is gone when the test is over.
final class TrainingFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/rehearsal-training-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }
}

@Suite("Training in the arena") struct TrainingRunTests {
  private let folder: TrainingFolder

  init() throws { folder = try TrainingFolder() }

  private static let experiment = shippedExperiment("arena_drive")
  private static let provenance = RunRequest.Provenance(
    commandLine: ["test"], createdAt: "2026-01-01T00:00:00Z", gitCommit: nil)
  private static let commands = "schedule={single: [turn_left, move_forward]}"

  private func overrides(imageSize: Int = 32) -> [String] {
    ["imageSize=\(imageSize)", Self.commands, "phrasings=train", "randomization=none"]
  }

  /// A run without videos and baselines.
  private func run(
    _ policy: String, to name: String, episodes: Int, seed: UInt64, images: Bool, imageSize: Int = 32
  ) throws -> RunSummary {
    var request = RunRequest(
      experiment: Self.experiment, workers: 2, output: folder.file(name), provenance: Self.provenance)
    request.overrides = overrides(imageSize: imageSize)
    request.episodes = episodes
    request.seed = seed
    request.policy = policy
    request.kind = .demonstrations(images: images)
    return try ExperimentRun(request).execute()
  }

  /// Learns from `source`; after the last epoch `episodes` tell how good it is.
  private func plan(_ source: String, epochs: Int, episodes: Int) -> TrainingPlan {
    var plan = TrainingPlan(
      name: "tiny", demonstrations: [.init(.run, path: folder.file(source))], experiment: Self.experiment,
      epochs: epochs)
    plan.batchSize = 32
    plan.threads = 1
    plan.augmentedShare = 0
    var evaluation = TrainingPlan.Evaluation()
    evaluation.everyEpochs = 1000
    evaluation.episodes = episodes
    evaluation.workers = 2
    evaluation.overrides = overrides()
    plan.evaluation = evaluation
    return plan
  }

  private func rounds(after epochs: [Int]) -> TrainingPlan.Rollouts {
    var rollouts = TrainingPlan.Rollouts(epochs: epochs)
    rollouts.episodes = 2
    rollouts.overrides = ["phrasings=all", "imageSize=32", Self.commands]
    return rollouts
  }

  /// What training by `plan` into a folder reports, and the path of the best policy.
  private func train(_ plan: TrainingPlan, into out: String = "out") throws -> (lines: [String], policy: String) {
    var lines: [String] = []
    let request = TrainingRequest(plan, output: folder.file(out), provenance: Self.provenance)
    let policy = try TrainingRun.execute(request) { lines.append($0) }
    return (lines, policy)
  }

  /// The action loss of every epoch.
  private func losses(_ lines: [String]) -> [Double] {
    lines.compactMap { $0.firstMatch(of: /^epoch \d+: action loss ([0-9.]+)/).flatMap { Double($0.1) } }
  }

  @Test("twenty-four recorded episodes of each of two commands teach to carry them out, which doing nothing does not")
  func learning() throws {
    let recorded = try run("scripted", to: "demos", episodes: 48, seed: 1, images: true)
    #expect(recorded.total.successes >= 40)

    let plan = plan("demos", epochs: 12, episodes: 8)
    let seed = try #require(plan.evaluation?.seed)
    let (lines, policy) = try train(plan)
    let losses = losses(lines)
    #expect(losses.count == 12)
    let (first, last) = (try #require(losses.first), try #require(losses.last))
    #expect(last < first / 3, "\(losses)")
    let wanted = try DemonstrationReader(.open(at: folder.file("demos"))).read().flatMap(\.actions).map(Double.init)
    let idle = wanted.reduce(0) { $0 + $1 * $1 } / Double(wanted.count)
    #expect(last < idle / 3, "doing nothing has a loss of \(idle): \(losses)")
    #expect(policy == folder.file("out/policy.safetensors"))
    for name in ["latest.safetensors", "state.safetensors", "report.html"] {
      #expect(FileManager.default.fileExists(atPath: folder.file("out/" + name)), "\(name)")
    }

    let learned = try run("vla:" + policy, to: "learned", episodes: 8, seed: seed, images: false)
    let zero = try run("zero", to: "zero", episodes: 8, seed: seed, images: false)
    #expect(zero.total.successes == 0)
    #expect(learned.total.successes >= 6, "\(lines)")
    let rate = String(format: "in the loop: %.1f %%", (learned.total.successRate ?? 0) * 100)
    #expect(lines.contains { $0.hasSuffix(rate) }, "the same episodes end alike: \(lines)")
  }

  @Test("a training that was interrupted continues, and one that is complete takes no more steps")
  func continuation() throws {
    _ = try run("scripted", to: "demos", episodes: 6, seed: 1, images: true)
    let first = try train(plan("demos", epochs: 1, episodes: 2)).lines
    #expect(!first.contains { $0.hasPrefix("continuing") } && losses(first).count == 1)
    let second = try train(plan("demos", epochs: 2, episodes: 2)).lines
    #expect(second.contains { $0.hasPrefix("continuing after epoch 1, step ") } && losses(second).count == 1)
    var again = plan("demos", epochs: 2, episodes: 2)
    again.startFrom = folder.file("out/latest.safetensors")
    let third = try train(again)
    #expect(third.lines.count == 1 && third.lines[0].hasPrefix("complete after epoch 2, step "), "\(third.lines)")
    #expect(third.policy == folder.file("out/policy.safetensors"))
    var other = again
    other.model.width = 16
    let refused = try #require(throws: RehearsalError.self) { try train(other) }
    #expect(refused.message.hasSuffix("is not the state of this training"))

    again.epochs = 0
    let unchanged = try train(again, into: "unchanged")
    #expect(losses(unchanged.lines).isEmpty)
    #expect(
      try Data(contentsOf: URL(filePath: unchanged.policy))
        == Data(contentsOf: URL(filePath: folder.file("out/latest.safetensors"))))
    again.epochs = 1
    again.rollouts = rounds(after: [0])
    let onwards = try train(again, into: "onwards").lines
    let start = "starting from \(folder.file("out/latest.safetensors")): taken over are "
    let order = [start, "rollouts 1: ", folder.file("onwards/rollouts/round_1: "), "training on ", "epoch 1: "]
    let found = order.map { prefix in onwards.firstIndex { $0.hasPrefix(prefix) } ?? -1 }
    #expect(!found.contains(-1) && found == found.sorted(), "\(onwards)")
    #expect(losses(onwards).count == 1)
    again.epochs = 2
    let further = try train(again, into: "onwards").lines
    #expect(!further.contains { $0.hasPrefix("starting from") || $0.hasPrefix("rollouts") }, "the state wins")
    #expect(losses(further).count == 1)
  }

  @Test("what a policy does in a round of rollouts is learned from; held-out phrasings are never said in one")
  func rollouts() throws {
    _ = try run("scripted", to: "demos", episodes: 6, seed: 1, images: true)
    var plan = plan("demos", epochs: 2, episodes: 2)
    plan.rollouts = rounds(after: [1])
    let lines = try train(plan).lines
    #expect(lines.contains { $0.hasPrefix("\(folder.file("out/rollouts/round_1")): 2 demonstrations") }, "\(lines)")
    let round = try RunDirectory.open(at: folder.file("out/rollouts/round_1"))
    #expect(try round.manifest().overrides.last == "phrasings=train")
  }

  @Test("demonstrations with pictures of another size, or without any, are refused")
  func misfits() throws {
    _ = try run("scripted", to: "large", episodes: 2, seed: 1, images: true, imageSize: 48)
    let size = try #require(throws: RehearsalError.self) { try train(plan("large", epochs: 1, episodes: 2)) }
    #expect(size.message.contains("cameras front 48×48 instead of front 32×32"), "\(size.message)")
    #expect(size.message.contains(folder.file("large")) && size.code == .mismatch)

    _ = try run("scripted", to: "blind", episodes: 2, seed: 1, images: false)
    let blind = try #require(throws: RehearsalError.self) { try train(plan("blind", epochs: 1, episodes: 2)) }
    #expect(blind.message.contains("holds no pictures of front"), "\(blind.message)")
  }

  @Test("a trajectory file that is not its run's, and a run that holds another's, are refused by name")
  func strays() throws {
    for (name, seed) in [("first", UInt64(1)), ("second", 2)] {
      _ = try run("scripted", to: name, episodes: 3, seed: seed, images: true)
    }
    let files = FileManager.default
    let (own, stray) = (folder.file("first/trajectories.hdf5"), folder.file("first/subset.hdf5"))
    try files.copyItem(atPath: folder.file("second/trajectories.hdf5"), toPath: stray)
    var subset = plan("first", epochs: 1, episodes: 2)
    subset.demonstrations = [.init(.trajectories, path: stray)]
    let named = try #require(throws: RehearsalError.self) { try train(subset) }
    #expect(named.message == "\(stray) is not the trajectory file of its run" && named.remedy.contains(own))

    try files.removeItem(atPath: own)
    try files.moveItem(atPath: stray, toPath: own)
    let mixed = try #require(throws: RehearsalError.self) { try train(plan("first", epochs: 1, episodes: 2)) }
    #expect(mixed.code == .malformed && mixed.message.contains("is not what its run's journal"), "\(mixed.message)")
  }

  @Test("another robot of the same senses is another robot")
  func robots() throws {
    let mine = PolicyInterface(try ExperimentLoader.load(path: Self.experiment, overrides: []).plan)
    var other = mine
    other.robot = "rover"
    #expect(mine.difference(from: mine) == nil)
    #expect(other.difference(from: mine) == "robot rover instead of \(mine.robot)")
  }

  @Test("demonstrations of failures teach nothing")
  func failures() throws {
    _ = try run("zero", to: "idle", episodes: 2, seed: 1, images: true)
    let error = try #require(throws: RehearsalError.self) { try train(plan("idle", epochs: 1, episodes: 2)) }
    #expect(error.message.contains("nothing to learn from"), "\(error.message)")
  }
}
