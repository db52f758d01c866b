internal import CGL
import Foundation
internal import RehearsalCore
internal import Synchronization

/// Pictures that a renderer waits for: one state, seen by some cameras.
final class GLOrder: Sendable {
  let scene: GLScene
  /// x y z qx qy qz qw of each body.
  let poses: [Double]
  let views: [cgl_view]
  let quality: RenderQuality
  let pictures = Promise<[CameraImage]>()

  init(scene: GLScene, poses: [Double], views: [cgl_view], quality: RenderQuality) {
    self.scene = scene
    self.poses = poses
    self.views = views
    self.quality = quality
  }

  /// Samples of its largest view.
  var samples: Int { views.map { Int($0.width) * Int($0.height) }.max()! * quality.samplesPerPixel }
}

/// What waits for the service's thread.
final class GLQueue: Sendable {
  enum Item: Sendable {
    case task(@Sendable (GLContext) -> Void)
    case order(GLOrder)
  }

  private struct State {
    var waiting: [Item] = []
    var isClosed = false
    var isLost = false
  }

  private let state = Mutex(State())
  private let changed = DispatchSemaphore(value: 0)

  func add(_ item: Item) {
    state.withLock { $0.waiting.append(item) }
    changed.signal()
  }

  /// What is added from now on is no longer waited for.
  func close() {
    state.withLock { $0.isClosed = true }
    changed.signal()
  }

  var isLost: Bool { state.withLock { $0.isLost } }
  func lose() { state.withLock { $0.isLost = true } }

  /// All that waits, in order; waits for something if `mayWait`. Nil when it is closed and empty.
  func take(mayWait: Bool) -> [Item]? {
    while true {
      let (items, isClosed) = state.withLock { state in
        defer { state.waiting = [] }
        return (state.waiting, state.isClosed)
      }
      if !items.isEmpty || !mayWait { return items }
      if isClosed { return nil }
      changed.wait()
    }
  }
}
