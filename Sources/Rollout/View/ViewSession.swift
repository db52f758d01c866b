import Foundation
import Recording
import RehearsalCore
import Viewing

/// The viewer's loop: what happened, what is to be drawn, what is to be shown. Belongs to the main thread.
final class ViewSession {
  let window: Window
  let subject: any ViewSubject
  let fonts: Fonts
  private let maker: PictureMaker
  private let screenshot: String?
  /// Where the picture is to be written once it is as it will stay.
  var pendingPicture: String?

  var overlays: Set<Overlay>
  var look = Look()
  /// Nil: the free camera; otherwise one of the scene's.
  var namedCamera: Int?
  var freeCamera: OrbitCamera?
  var held: Set<Key> = []
  var drag: Drag?
  var notice: (text: String, until: ContinuousClock.Instant)?
  var isClosing = false
  var shown: DrawnPicture?
  private var budget = PictureBudget()
  private var ordered: OrderKey?
  private var orderedAt = ContinuousClock.now
  private var isDirty = true
  private var pressed: Set<GamepadState.Button> = []

  /// What a picture depends on.
  private struct OrderKey: Equatable {
    var serial: Int
    var tick: Int
    var camera: CameraModel
    var look: Look
    var hasInsets: Bool
    var status: ReplayFrame.Status
    var contacts: Int
    var isFinal: Bool
  }

  init(window: Window, subject: any ViewSubject, overlays: Set<Overlay>, screenshot: String?) throws {
    fonts = try Fonts()
    self.window = window
    self.subject = subject
    self.overlays = overlays
    self.screenshot = screenshot
    pendingPicture = screenshot
    let plan = subject.plan
    maker = PictureMaker { try plan.makeRenderer() }
  }

  /// Runs until the window is closed.
  func run() throws -> RunSummary? {
    var before = ContinuousClock.now
    do {
      while !isClosing {
        for event in try window.wait(seconds: 0.006) { handle(event) }
        steer()
        let elapsed = before.secondsSince
        before = .now
        try subject.advance(seconds: elapsed)
        try takePicture()
        let isAtRest = subject.playback.isAtRest
        order()
        if isDirty { try draw() }
        try savePicture(isAtRest: isAtRest)
      }
    } catch {
      maker.close()
      // What was recorded stays, whatever has happened to the window.
      _ = try? subject.close()
      throw error
    }
    maker.close()
    return try subject.close()
  }

  var size: (width: Int, height: Int) { window.size }

  func touch() { isDirty = true }

  func tell(_ text: String) {
    notice = (text, .now + .seconds(2.5))
    touch()
  }

  // MARK: What is driven

  private func steer() {
    guard let live = subject as? LiveSubject else { return }
    let gamepad = window.gamepad
    live.steer(DriveInput(held: held, gamepad: gamepad))
    let buttons = gamepad?.buttons ?? []
    for button in buttons.subtracting(pressed) {
      if let action = DriveInput.action(for: button) { perform(action) }
    }
    pressed = buttons
  }

  // MARK: Pictures

  private func takePicture() throws {
    do {
      guard let picture = try maker.take() else { return }
      if !picture.order.isFinal {
        budget.note(pixels: picture.image.width * picture.image.height, seconds: picture.seconds)
      }
      try window.setPicture(0, to: picture.image)
      try window.setDepth(of: picture.image)
      for (number, inset) in picture.insets.enumerated() { try window.setPicture(number + 1, to: inset) }
      shown = picture
      touch()
    } catch let error as RehearsalError where screenshot == nil && error.code == .mismatch {
      // A free camera may be flown into something: the picture before stays.
      tell(error.message)
    }
  }

  private func order() {
    let (width, height) = size
    guard maker.isIdle, width > 0, height > 0, let moment = subject.moment else { return }
    let camera = viewCamera(of: moment, width: width, height: height)
    var key = OrderKey(
      serial: moment.serial, tick: moment.tick, camera: camera, look: look, hasInsets: overlays.contains(.cameras),
      status: moment.status, contacts: moment.state.contacts.count + moment.goals.count, isFinal: false)
    var last = ordered
    let wasFinal = last?.isFinal ?? false
    last?.isFinal = false
    if last == key {
      // Once nothing has changed for a while, the picture is drawn again, better.
      guard !wasFinal, orderedAt.secondsSince > 0.12 else { return }
      key.isFinal = true
    }
    do {
      let appearance = try subject.wardrobe.appearance(of: moment, look)
      maker.make(
        PictureOrder(
          moment: moment, look: look, appearance: appearance, camera: camera,
          insets: key.hasInsets ? subject.plan.cameras.map { appearance.cameras[$0] } : [],
          insetQuality: subject.plan.quality, isFinal: key.isFinal, scale: budget.scale(pixels: width * height)))
      (ordered, orderedAt) = (key, .now)
    } catch {
      look = Look()
      tell("\(error)")
    }
  }

  /// The camera that the window looks through.
  func viewCamera(of moment: ViewMoment, width: Int, height: Int) -> CameraModel {
    if let namedCamera {
      var camera = moment.appearance.cameras[namedCamera]
      (camera.width, camera.height) = (width, height)
      return camera
    }
    if freeCamera == nil { freeCamera = firstView(of: moment) }
    return freeCamera!.model(width: width, height: height)
  }

  /// The reviewer's view, turning about what stands before it.
  func firstView(of moment: ViewMoment) -> OrbitCamera {
    let scene = moment.scene
    let bodies = scene.bodyIDs.filter { scene.bodies[$0].isPresent && scene.bodies[$0].label != nil }
    let places = (bodies + [scene.robot.root]).map { moment.state.worldFromBody[$0].position }
    let focus = places.reduce(Vector3.zero, +) / Double(places.count)
    return OrbitCamera(moment.appearance.cameras[subject.plan.reviewerCamera], in: moment.state, focus: focus)
  }

  // MARK: The window

  private func draw() throws {
    isDirty = false
    if let until = notice?.until, until < .now { notice = nil }
    // It goes away by itself.
    if notice != nil { isDirty = true }
    window.title = "rehearse · " + subject.title
    try window.show(drawing())
  }

  /// Writes the picture that was asked for: at once while things move, otherwise once it has been drawn well.
  private func savePicture(isAtRest: Bool) throws {
    guard let path = pendingPicture, let shown else { return }
    let isFinal = shown.order.isFinal && ordered?.isFinal == true && maker.isIdle
    if path == screenshot ? !(isAtRest && isFinal) : isAtRest && !isFinal { return }
    pendingPicture = nil
    notice = nil
    try draw()
    let picture = try window.picture()
    try PNG.write(width: picture.width, height: picture.height, rgb: picture.rgb, to: path)
    print(path)
    if path == screenshot { isClosing = true } else { tell("Saved \(path)") }
  }
}
