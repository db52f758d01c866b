import Foundation
import RehearsalCore
import Synchronization

/// Runs episodes on OS threads of its own. Results depend neither on the number of workers nor on their timing.
public struct WorkerPool: Sendable {
  public let workers: Int
  /// A policy that has not answered for so many wall seconds has hung: its episode fails and its thread is given up.
  public let policyTimeout: Double

  public init(workers: Int, policyTimeout: Double = 120) {
    precondition(workers > 0, "\(workers) workers")
    self.workers = workers
    self.policyTimeout = policyTimeout
  }

  /// Runs every episode of `indices`; calls `deliver` once for each, on the worker's thread, in any order.
  ///
  /// `makeRunner` is called on each worker's thread. The first error that it or `deliver` throws, or that says that the
  /// machine fails every episode (which is then not delivered), stops the run once the episodes under way have ended, and
  /// is rethrown. `progress` is called on the caller's thread about ten times a second.
  public func run(
    _ indices: [Int], makeRunner: @escaping @Sendable (PolicyWatch) throws -> EpisodeRunner,
    deliver: @escaping @Sendable (FinishedEpisode) throws -> Void, progress: (_ done: Int) -> Void = { _ in }
  ) throws {
    let board = Board(indices: indices)
    for _ in 0..<min(workers, max(indices.count, 1)) { board.start(makeRunner, deliver) }
    while !board.isFinished(after: 0.1) {
      progress(board.done)
      for index in board.giveUpHung(after: policyTimeout) {
        try deliver(.ended(index, .failure(.policyHung(afterSeconds: policyTimeout))))
        board.start(makeRunner, deliver)
      }
    }
    progress(board.done)
    if let error = board.error { throw error }
  }
}

/// What the workers share: which episode is next, who runs what, and what went wrong.
private final class Board: Sendable {
  private struct State {
    var waiting: ArraySlice<Int>
    /// By worker: the episode it runs.
    var running: [Int: Int] = [:]
    var watches: [Int: PolicyWatch] = [:]
    var nextWorker = 0
    var activeWorkers = 0
    var done = 0
    var error: (any Error)?
  }

  private let state: Mutex<State>
  private let changed = DispatchSemaphore(value: 0)

  init(indices: [Int]) { state = Mutex(State(waiting: indices[...])) }

  var done: Int { state.withLock { $0.done } }
  var error: (any Error)? { state.withLock { $0.error } }

  /// Waits at most `seconds` for the last worker to leave.
  func isFinished(after seconds: Double) -> Bool {
    if state.withLock({ $0.activeWorkers == 0 }) { return true }
    _ = changed.wait(timeout: .now() + seconds)
    return state.withLock { $0.activeWorkers == 0 }
  }

  func start(
    _ makeRunner: @escaping @Sendable (PolicyWatch) throws -> EpisodeRunner,
    _ deliver: @escaping @Sendable (FinishedEpisode) throws -> Void
  ) {
    let watch = PolicyWatch()
    let worker = state.withLock { state in
      state.activeWorkers += 1
      state.nextWorker += 1
      state.watches[state.nextWorker] = watch
      return state.nextWorker
    }
    let thread = Thread { [self] in
      do {
        let runner = try makeRunner(watch)
        while let index = take(worker) {
          let episode = runner.run(index)
          guard isStillRunning(worker) else { return }
          if let fault = runner.machineFault { throw fault }
          try deliver(episode)
          finish(worker)
        }
      } catch {
        fail(error)
      }
      leave(worker)
    }
    thread.stackSize = 16 << 20
    thread.start()
  }

  /// Workers whose policy has been silent too long; they count as gone.
  func giveUpHung(after seconds: Double) -> [Int] {
    state.withLock { state in
      var hung: [Int] = []
      for worker in state.running.keys.sorted() where (state.watches[worker]?.secondsInCall ?? 0) > seconds {
        hung.append(state.running.removeValue(forKey: worker)!)
        state.watches[worker] = nil
        state.activeWorkers -= 1
        state.done += 1
      }
      return hung
    }
  }

  private func take(_ worker: Int) -> Int? {
    state.withLock { state in
      guard state.error == nil, let index = state.waiting.popFirst() else { return nil }
      state.running[worker] = index
      return index
    }
  }

  private func isStillRunning(_ worker: Int) -> Bool { state.withLock { $0.running[worker] != nil } }

  private func finish(_ worker: Int) {
    state.withLock { state in
      state.running[worker] = nil
      state.done += 1
    }
  }

  private func fail(_ error: any Error) { state.withLock { $0.error = $0.error ?? error } }

  private func leave(_ worker: Int) {
    state.withLock { state in
      state.watches[worker] = nil
      state.activeWorkers -= 1
    }
    changed.signal()
  }
}
