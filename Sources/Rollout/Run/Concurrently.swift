import Foundation
import Synchronization

/// Calls `body` for every item on `workers` OS threads; rethrows the first error after the calls under way have ended.
/// `progress` is called on the caller's thread.
func concurrently<Item: Sendable>(
  _ items: [Item], workers: Int, _ body: @escaping @Sendable (Item) throws -> Void, progress: (_ done: Int) -> Void
) throws {
  let threads = min(workers, items.count)
  let board = SharedBoard(items, threads: threads)
  let ended = DispatchSemaphore(value: 0)
  for _ in 0..<threads {
    let thread = Thread {
      while let item = board.state.withLock({ $0.error == nil ? $0.waiting.popFirst() : nil }) {
        do {
          try body(item)
          board.state.withLock { $0.done += 1 }
        } catch {
          board.state.withLock { $0.error = $0.error ?? error }
        }
      }
      board.state.withLock { $0.active -= 1 }
      ended.signal()
    }
    thread.stackSize = 16 << 20
    thread.start()
  }
  while board.state.withLock({ $0.active > 0 }) {
    _ = ended.wait(timeout: .now() + 0.1)
    progress(board.state.withLock { $0.done })
  }
  if let error = board.state.withLock({ $0.error }) { throw error }
}

/// What the threads share.
private final class SharedBoard<Item: Sendable>: Sendable {
  struct State {
    var waiting: ArraySlice<Item>
    var done = 0
    var active: Int
    var error: (any Error)?
  }
  let state: Mutex<State>

  init(_ items: [Item], threads: Int) { state = Mutex(State(waiting: items[...], active: threads)) }
}
