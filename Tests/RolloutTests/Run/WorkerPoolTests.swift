import Foundation
import RehearsalCore
import Rollout
import Synchronization
import TestSupport
import Testing

@Suite("Worker pool")
struct WorkerPoolTests {
  private func hashes(workers: Int) throws -> [Int: UInt64] {
    let plan = ExperimentPlan.drive([.goTo(steps: 10)])
    let results = Mutex<[Int: UInt64]>([:])
    try WorkerPool(workers: workers).run(Array(0..<8)) { watch in
      EpisodeRunner(
        plan: plan, policy: ClosurePolicy { _ in ActionChunk([1, 0.1]) }, renderer: nil, recording: .none,
        watch: watch)
    } deliver: { episode in
      results.withLock { $0[episode.record.index] = episode.record.stateHash }
    }
    return results.withLock { $0 }
  }

  @Test("gives the same hashes with one, two and five workers")
  func workers() throws {
    let one = try hashes(workers: 1)
    #expect(one.count == 8)
    #expect(try hashes(workers: 2) == one)
    #expect(try hashes(workers: 5) == one)
  }

  @Test("a policy that hangs fails its episode, and the others go on")
  func hang() throws {
    let plan = ExperimentPlan.drive([.forward(steps: 3)])
    let release = DispatchSemaphore(value: 0)
    let outcomes = Mutex<[Int: EpisodeOutcome]>([:])
    let hung = Mutex(false)
    try WorkerPool(workers: 1, policyTimeout: 0.3).run([0, 1, 2]) { watch in
      EpisodeRunner(
        plan: plan,
        policy: ClosurePolicy { _ in
          let isFirst = hung.withLock { hung in
            defer { hung = true }
            return !hung
          }
          if isFirst { release.wait() }
          return ActionChunk([0, 0])
        }, renderer: nil, recording: .none, watch: watch)
    } deliver: { episode in
      outcomes.withLock { $0[episode.record.index] = episode.record.outcome }
    }
    release.signal()
    #expect(
      outcomes.withLock { $0 } == [0: .failure(.policyHung(afterSeconds: 0.3)), 1: .timeLimit, 2: .timeLimit])
  }

  /// Draws two pictures; then its device is gone.
  private final class LosingRenderer: Renderer {
    static let name = "losing"
    private var pictures = 0

    func load(_ scene: SceneModel, appearance: Appearance) throws {}

    func render(
      _ state: SceneState, camera: CameraModel, channels: ImageChannels, quality: RenderQuality
    ) throws -> CameraImage {
      pictures += 1
      guard pictures <= 2 else { throw RehearsalError(.deviceLost, "the driver is gone", remedy: "--resume") }
      let count = camera.width * camera.height
      return CameraImage(width: camera.width, height: camera.height, rgb: Array(repeating: 90, count: 3 * count))
    }
  }

  @Test("a device that is lost stops the run; the episode under way is not counted, and can be run later")
  func deviceLost() {
    let plan = ExperimentPlan.drive([.forward(steps: 1)])
    let delivered = Mutex<[EpisodeOutcome]>([])
    let error = #expect(throws: RehearsalError.self) {
      try WorkerPool(workers: 1).run([0, 1, 2, 3]) { watch in
        EpisodeRunner(
          plan: plan, policy: ClosurePolicy { _ in ActionChunk([0, 0]) }, renderer: LosingRenderer(),
          recording: .none, watch: watch)
      } deliver: { episode in
        delivered.withLock { $0.append(episode.record.outcome) }
      }
    }
    #expect(error?.message == "the driver is gone")
    #expect(delivered.withLock { $0 } == [.timeLimit, .timeLimit])
  }

  @Test("an error while delivering stops the run and is thrown")
  func deliveryFails() {
    struct DiskFull: Error {}
    let plan = ExperimentPlan.drive([.forward(steps: 3)])
    #expect(throws: DiskFull.self) {
      try WorkerPool(workers: 2).run(Array(0..<50)) { watch in
        EpisodeRunner(
          plan: plan, policy: ClosurePolicy { _ in ActionChunk([0, 0]) }, renderer: nil, recording: .none,
          watch: watch)
      } deliver: { _ in
        throw DiskFull()
      }
    }
  }
}
