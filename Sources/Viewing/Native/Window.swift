internal import CWindow
public import RehearsalCore

/// A window on the screen, drawn with OpenGL 3.3. Belongs to the thread that opened it.
public final class Window {
  private let handle: cwindow_window
  private var events = [cwindow_event](repeating: cwindow_event(), count: 256)

  /// Opens a window whose picture has `width` × `height` pixels, give or take the screen's scale.
  ///
  /// The fonts are files. Throws with a remedy if there is no display, or none with OpenGL 3.3.
  public init(title: String, width: Int, height: Int, regularFont: String, boldFont: String) throws {
    var handle = cwindow_window()
    try Self.check("open a window") {
      cwindow_open(title, Int32(width), Int32(height), regularFont, boldFont, &handle, $0, $1)
    }
    self.handle = handle
  }

  deinit { cwindow_close(handle) }

  /// Windows alive in the process.
  static var liveCount: Int { Int(cwindow_live_handle_count()) }

  public var title: String = "" {
    didSet { if title != oldValue { cwindow_set_title(handle, title) } }
  }

  /// Of the picture, pixels; 0 × 0 while it is an icon.
  public var size: (width: Int, height: Int) {
    var (width, height): (Int32, Int32) = (0, 0)
    cwindow_size(handle, &width, &height)
    return (Int(width), Int(height))
  }

  /// What has happened, after waiting at most `seconds` for anything.
  public func wait(seconds: Double) throws -> [WindowEvent] {
    var count: Int32 = 0
    try Self.check("ask the window what happened") {
      cwindow_wait(handle, seconds, &events, Int32(events.count), &count, $0, $1)
    }
    return events.prefix(Int(count)).compactMap(WindowEvent.init)
  }

  /// The first gamepad that is plugged in and known; nil: none.
  public var gamepad: GamepadState? {
    var native = cwindow_gamepad()
    return cwindow_read_gamepad(handle, &native) ? GamepadState(native) : nil
  }

  /// Keeps a picture for drawings that name its number.
  public func setPicture(_ number: Int, to image: CameraImage) throws {
    try Self.check("show a picture") {
      cwindow_set_picture(handle, Int32(number), image.rgb, Int32(image.width), Int32(image.height), $0, $1)
    }
  }

  /// Keeps how far away is what the whole window shows, from the picture's depths; none: lines never fade.
  public func setDepth(of image: CameraImage?) throws {
    let image = image.flatMap { $0.depth.isEmpty ? nil : $0 }
    try Self.check("show a picture") {
      cwindow_set_depth(handle, image?.depth ?? [], Int32(image?.width ?? 0), Int32(image?.height ?? 0), $0, $1)
    }
  }

  /// Shows the drawing.
  public func show(_ drawing: Drawing) throws {
    let native = NativeDrawing(drawing)
    try Self.check("draw the window") {
      cwindow_draw(
        handle, native.items, Int32(native.items.count), native.texts, Int32(native.texts.count), $0, $1)
    }
  }

  /// The picture that was shown last; throws if the window's size has changed since.
  public func picture() throws -> CameraImage {
    let (width, height) = size
    var image = CameraImage(width: width, height: height, rgb: [UInt8](repeating: 0, count: width * height * 3))
    try Self.check("read the window's picture") {
      cwindow_read(handle, &image.rgb, Int32(width), Int32(height), $0, $1)
    }
    return image
  }

  private static func check(
    _ what: String, _ call: (UnsafeMutablePointer<CChar>?, Int) -> Int32
  ) throws {
    var message = [CChar](repeating: 0, count: 512)
    let status = message.withUnsafeMutableBufferPointer { call($0.baseAddress, $0.count) }
    if status == 0 { return }
    let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    throw RehearsalError(.nativeFailure, "cannot \(what): \(text)", remedy: remedy(for: status))
  }

  private static func remedy(for status: Int32) -> String {
    switch status {
    case CWINDOW_NO_DISPLAY:
      "run it where there is a display, or without one: `xvfb-run -a rehearse view …` (package xvfb), or let "
        + "`rehearse replay` draw a film"
    case CWINDOW_NO_OPENGL:
      "install the display's driver, or let Mesa draw: apt-get install libgl1-mesa-dri, then "
        + "`LIBGL_ALWAYS_SOFTWARE=1 rehearse view …`; `rehearse replay` needs no OpenGL"
    case CWINDOW_LOST:
      "episodes that were finished are kept: open the window again, with --resume where it records, once the driver is "
        + "well"
    default: "open the window again; `rehearse replay` draws films without one"
    }
  }
}
