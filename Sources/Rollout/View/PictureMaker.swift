import Foundation
import RehearsalCore
import Synchronization

/// A picture to be drawn for the window.
struct PictureOrder: Sendable {
  var moment: ViewMoment
  var look: Look
  /// How the episode looks then.
  var appearance: Appearance
  /// As large as the window.
  var camera: CameraModel
  /// What the onboard cameras see is to be drawn as well; the policy's own pictures serve where there are any.
  var insets: [CameraModel]
  var insetQuality: RenderQuality
  /// Slowly and well, not fast.
  var isFinal: Bool
  /// Of the window's size, 0…1; final pictures have all of it.
  var scale: Double
}

/// A picture as ordered.
struct DrawnPicture: Sendable {
  var order: PictureOrder
  var image: CameraImage
  /// In the order of the order's.
  var insets: [CameraImage]
  /// What drawing the large picture took.
  var seconds: Double
}

/// Draws pictures on a thread of its own, one at a time, so that the window never waits for them.
final class PictureMaker: Sendable {
  private struct State {
    var order: PictureOrder?
    var isBusy = false
    var isClosed = false
    var result: Result<DrawnPicture, any Error>?
  }

  private let state = Mutex(State())
  private let ordered = DispatchSemaphore(value: 0)

  /// `makeRenderer` is called on the drawing thread.
  init(_ makeRenderer: @escaping @Sendable () throws -> any Renderer) {
    let thread = Thread { [self] in
      do { try work(with: PictureStudio(makeRenderer())) } catch { state.withLock { $0.result = .failure(error) } }
    }
    thread.stackSize = 16 << 20
    thread.start()
  }

  var isIdle: Bool { state.withLock { !$0.isBusy && $0.order == nil && $0.result == nil } }

  func make(_ order: PictureOrder) {
    state.withLock { $0.order = order }
    ordered.signal()
  }

  /// What has been drawn since it was last asked; throws what went wrong instead.
  func take() throws -> DrawnPicture? {
    try state.withLock { state in
      defer { state.result = nil }
      return try state.result?.get()
    }
  }

  func close() {
    state.withLock { $0.isClosed = true }
    ordered.signal()
  }

  private func work(with studio: PictureStudio) {
    while true {
      ordered.wait()
      let next = state.withLock { state -> PictureOrder? in
        defer { state.order = nil }
        state.isBusy = state.order != nil
        return state.order
      }
      if state.withLock({ $0.isClosed }) { return }
      guard let order = next else { continue }
      let result = Result { try studio.draw(order) }
      state.withLock { state in
        state.result = result
        state.isBusy = false
      }
    }
  }
}

/// A renderer, and what it has loaded. Belongs to the drawing thread.
private final class PictureStudio {
  private let renderer: any Renderer
  private var loaded: (serial: Int, look: Look)?

  init(_ renderer: any Renderer) { self.renderer = renderer }

  func draw(_ order: PictureOrder) throws -> DrawnPicture {
    let (moment, look) = (order.moment, order.look)
    if loaded?.serial != moment.serial || loaded?.look != look {
      loaded = nil
      try renderer.load(moment.scene, appearance: order.appearance)
      loaded = (moment.serial, look)
    }
    var camera = order.camera
    if !order.isFinal {
      camera.width = max(Int(Double(camera.width) * order.scale), 16)
      camera.height = max(Int(Double(camera.height) * order.scale), 16)
    }
    let begin = ContinuousClock.now
    let image = try renderer.render(
      moment.state, camera: camera, channels: [.rgb, .depth], quality: order.isFinal ? .reviewer : .fast)
    let seconds = begin.secondsSince
    let insets =
      look == Look() && moment.seen.count == order.insets.count
      ? moment.seen
      : try order.insets.map {
        try renderer.render(moment.state, camera: $0, channels: .rgb, quality: order.insetQuality)
      }
    return DrawnPicture(order: order, image: image, insets: insets, seconds: seconds)
  }
}

/// Chooses how large pictures are drawn while things move, so that they keep coming.
struct PictureBudget: Sendable {
  static let scales = [1.0, 0.75, 0.5, 0.375]
  /// Seconds that a picture may take.
  static let limit = 0.035

  private var secondsPerPixel: Double?

  init() {}

  /// Takes note that a picture of so many pixels took so long.
  mutating func note(pixels: Int, seconds: Double) {
    let measured = seconds / Double(max(pixels, 1))
    secondsPerPixel = secondsPerPixel.map { $0 * 0.8 + measured * 0.2 } ?? measured
  }

  /// For a window of so many pixels.
  func scale(pixels: Int) -> Double {
    guard let secondsPerPixel else { return 0.5 }
    return Self.scales.first { Double(pixels) * $0 * $0 * secondsPerPixel <= Self.limit } ?? Self.scales.last!
  }
}
