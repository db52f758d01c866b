internal import CGL
import Foundation
internal import RehearsalCore
internal import Synchronization

/// Draws with one OpenGL context for every renderer of the process, on a thread of its own.
///
/// Workers that each had a context would make a GPU switch between them and wait for every picture. Here all that waits
/// is drawn at once into one target; and while its pictures are on their way back, the next lot is drawn.
final class GLService: Sendable {
  let device: String
  private let queue: GLQueue
  private let known = Mutex<[WeakAssets]>([])

  private struct WeakAssets { weak var value: GLAssets? }
  private struct WeakService { weak var value: GLService? }
  private static let services = Mutex<[Int: WeakService]>([:])

  /// The service of a GPU, or of the first device that works; made where there is none, or where it has lost its context.
  static func shared(gpu: Int?) throws -> GLService {
    try services.withLock { services in
      if let service = services[gpu ?? -1]?.value, !service.isLost { return service }
      let service = try GLService(gpu: gpu)
      services[gpu ?? -1] = WeakService(value: service)
      return service
    }
  }

  private init(gpu: Int?) throws {
    let queue = GLQueue()
    let opened = Promise<String>()
    let thread = Thread {
      do {
        let context = try GLContext(gpu: gpu)
        opened.fulfil(.success(context.device))
        GLDesk(context: context, queue: queue).serve()
      } catch {
        opened.fulfil(.failure((error as? GLFailure)?.error ?? error))
      }
    }
    // Drivers compile shaders on the stack of the thread that draws.
    thread.stackSize = 16 << 20
    thread.start()
    device = try opened.wait()
    self.queue = queue
  }

  deinit { queue.close() }

  /// Whether the driver gave the context up; nothing will be drawn any more.
  var isLost: Bool { queue.isLost }

  /// The pictures of `order`, once they are there.
  func draw(_ order: GLOrder) throws -> [CameraImage] {
    queue.add(.order(order))
    return try order.pictures.wait()
  }

  /// Calls `body` on the service's thread and waits for it.
  func perform<Value: Sendable>(_ body: @escaping @Sendable (GLContext) throws -> Value) throws -> Value {
    let promise = Promise<Value>()
    later { context in
      do {
        promise.fulfil(.success(try body(context)))
      } catch {
        promise.fulfil(.failure((error as? GLFailure)?.error ?? error))
      }
    }
    return try promise.wait()
  }

  /// Calls `body` on the service's thread, sooner or later.
  func later(_ body: @escaping @Sendable (GLContext) -> Void) { queue.add(.task(body)) }

  /// The assets of `scene`, uploaded unless another renderer has them there already.
  func assets(of scene: SceneModel) throws -> GLAssets {
    try known.withLock { known in
      known.removeAll { $0.value == nil }
      // Equal arrays share their storage from worker to worker, which makes this comparison cheap.
      let found = known.lazy.compactMap(\.value).first { $0.meshes == scene.meshes && $0.images == scene.images }
      if let found { return found }
      let assets = try GLAssets(of: scene, on: self)
      known.append(WeakAssets(value: assets))
      return assets
    }
  }
}

/// A value that one thread waits for and another brings, once.
final class Promise<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let isThere = DispatchSemaphore(value: 0)

  func fulfil(_ result: Result<Value, any Error>) {
    self.result.withLock { $0 = result }
    isThere.signal()
  }

  func wait() throws -> Value {
    isThere.wait()
    return try result.withLock { $0! }.get()
  }
}
