import Foundation
import Recording
import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite("Training on a list of samples") struct SampleTrainingTests {
  private let folder: TrainingFolder

  init() throws { folder = try TrainingFolder() }

  /// One grey picture and what to do about it.
  private func sample(_ index: Int, size: Int = 224, action: String) throws -> String {
    let rgb = Array(repeating: UInt8(60 + 90 * index), count: size * size * 3)
    try PNG.write(width: size, height: size, rgb: rgb, to: folder.file("\(index).png"))
    return #"{"image_path": "\#(index).png", "language_instruction": "go \#(index)", "action": \#(action)}"#
  }

  /// Trains one epoch on `samples`; every camera of the experiment has its own size, 224 × 224.
  private func train(_ samples: [String]) throws -> (lines: [String], policy: String) {
    let list = folder.file("list.json")
    try Data("[\(samples.joined(separator: ", "))]".utf8).write(to: URL(filePath: list))
    var plan = TrainingPlan(
      name: "samples", demonstrations: [.init(.samples, path: list)],
      experiment: shippedExperiment("arena_drive"), epochs: 1)
    plan.batchSize = 2
    plan.threads = 1
    plan.validationShare = 0
    let request = TrainingRequest(
      plan, output: folder.file("out"),
      provenance: .init(commandLine: ["test"], createdAt: "2026-01-01T00:00:00Z", gitCommit: nil))
    var lines: [String] = []
    let policy = try TrainingRun.execute(request) { lines.append($0) }
    return (lines, policy)
  }

  @Test("two pictures with words and actions train a policy")
  func training() throws {
    let (lines, policy) = try train([sample(0, action: "[0.5, -1]"), sample(1, action: "[0, 2]")])
    #expect(lines.contains { $0.contains("2 demonstrations, 2 steps") }, "\(lines)")
    #expect(policy == folder.file("out/latest.safetensors"), "nothing was asked in the loop")
    _ = try PolicyLibrary.make(name: "vla:" + policy)
  }

  @Test("an empty list, pictures of another size and actions of another space are refused")
  func misfits() throws {
    let empty = try #require(throws: RehearsalError.self) { try train([]) }
    #expect(empty.message.contains("there are no samples"), "\(empty.message)")
    let small = try sample(0, size: 64, action: "[0.5, -1]")
    let size = try #require(throws: RehearsalError.self) { try train([small]) }
    #expect(size.message.contains("0.png is 64×64 instead of 224×224"), "\(size.message)")
    let long = try sample(0, action: "[0.5, -1, 0]")
    let actions = try #require(throws: RehearsalError.self) { try train([long]) }
    #expect(actions.message.contains("actions of 3 numbers instead of 2"), "\(actions.message)")
  }
}
