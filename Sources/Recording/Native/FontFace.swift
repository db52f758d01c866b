internal import CVideo

/// A font file, ready to draw with. The shim lets one thread at a time use it.
final class FontFace: @unchecked Sendable {
  // The handle never changes, and the shim locks what it refers to.
  private let handle: cvideo_font

  init(path: String) throws {
    var handle = cvideo_font()
    try callNative { cvideo_open_font(path, &handle, $0, $1) }
    self.handle = handle
  }

  deinit { cvideo_free_font(handle) }

  /// Draws onto `rgb` (width · height · 3 bytes) with the baseline starting at (x, y).
  func draw(
    _ text: String, size: Double, x: Double, y: Double, color: [UInt8], opacity: Double, on rgb: inout [UInt8],
    width: Int, height: Int
  ) throws {
    try callNative {
      cvideo_draw_text(handle, &rgb, Int32(width), Int32(height), text, x, y, size, color, opacity, $0, $1)
    }
  }

  /// How wide `text` is, in pixels.
  func width(of text: String, size: Double) throws -> Double {
    var advance = 0.0
    try callNative { cvideo_measure_text(handle, text, size, &advance, $0, $1) }
    return advance
  }
}
