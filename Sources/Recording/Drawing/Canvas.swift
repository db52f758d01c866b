public import RehearsalCore

/// A picture that can be drawn on, antialiased. What lies outside of it is dropped.
public struct Canvas: Sendable {
  public let width: Int
  public let height: Int
  /// width · height · 3 bytes of sRGB, row 0 at the top.
  public private(set) var rgb: [UInt8]
  private let fonts: Fonts

  public init(width: Int, height: Int, rgb: [UInt8], fonts: Fonts) {
    precondition(rgb.count == width * height * 3, "\(rgb.count) bytes for \(width)×\(height)")
    self.width = width
    self.height = height
    self.rgb = rgb
    self.fonts = fonts
  }

  /// Draws `text` with its baseline starting at (x, y); `size` is the height of the em in pixels.
  public mutating func draw(
    _ text: String, x: Double, y: Double, size: Double, weight: Fonts.Weight = .regular, ink: Ink = .white
  ) throws {
    do {
      try fonts.face(weight).draw(
        text, size: size, x: x, y: y, color: [ink.red, ink.green, ink.blue], opacity: ink.opacity, on: &rgb,
        width: width, height: height)
    } catch let failure as NativeFailure { throw failure.drawing(text) }
  }

  /// Fills a rectangle whose corners are rounded by `radius`.
  public mutating func fill(_ rect: PixelRect, radius: Double = 0, ink: Ink) {
    blend(within: rect) { x, y in (ink, Self.coverage(x, y, rect, radius)) }
  }

  /// Draws the outline of such a rectangle, `thickness` wide and inside of it.
  public mutating func stroke(_ rect: PixelRect, radius: Double = 0, thickness: Double, ink: Ink) {
    let inner = rect.inset(by: thickness)
    let innerRadius = max(radius - thickness, 0)
    blend(within: rect) { x, y in
      (ink, Self.coverage(x, y, rect, radius) - Self.coverage(x, y, inner, innerRadius))
    }
  }

  /// Fills the part of the picture below `top` with `ink`, fading in over `fade` pixels above it.
  public mutating func shade(below top: Double, fade: Double, ink: Ink) {
    let rect = PixelRect(x: 0, y: top - fade, width: Double(width), height: Double(height) - top + fade)
    blend(within: rect) { _, y in (ink, min(max((y - (top - fade)) / max(fade, 1), 0), 1)) }
  }

  /// Draws another picture, scaled to fill `rect`, its corners rounded by `radius`.
  public mutating func draw(_ picture: ScaledPicture, in rect: PixelRect, radius: Double = 0) {
    let (originX, originY) = (Int(rect.x.rounded()), Int(rect.y.rounded()))
    let snapped = PixelRect(
      x: Double(originX), y: Double(originY), width: Double(picture.width), height: Double(picture.height))
    blend(within: snapped) { x, y in
      (picture.ink(Int(x) - originX, Int(y) - originY), Self.coverage(x, y, snapped, radius))
    }
  }

  /// How much of the pixel around (x, y) a rounded rectangle covers, 0…1, by its distance to the edge.
  private static func coverage(_ x: Double, _ y: Double, _ rect: PixelRect, _ radius: Double) -> Double {
    let radius = min(radius, rect.width / 2, rect.height / 2)
    let dx = abs(x - (rect.x + rect.width / 2)) - (rect.width / 2 - radius)
    let dy = abs(y - (rect.y + rect.height / 2)) - (rect.height / 2 - radius)
    if max(dx, dy) + 1 < radius && min(dx, dy) <= 0 { return 1 }
    let outside = (max(dx, 0) * max(dx, 0) + max(dy, 0) * max(dy, 0)).squareRoot()
    let distance = outside + min(max(dx, dy), 0) - radius
    return min(max(0.5 - distance, 0), 1)
  }

  /// `weight` of 65536 parts of `new`, the rest of `old`.
  @inline(__always) private static func mix(_ old: UInt8, _ new: UInt8, _ weight: Int32) -> UInt8 {
    UInt8((Int32(old) * (65536 - weight) + Int32(new) * weight + 32768) >> 16)
  }

  /// The pixels that an interval touches, of `count`.
  private static func pixels(from low: Double, to high: Double, below count: Int) -> Range<Int> {
    let first = min(max(Int(low.rounded(.down)), 0), count)
    return first..<max(min(Int(high.rounded(.up)), count), first)
  }

  /// Blends each pixel's ink by its coverage; both are asked for at pixel centres.
  @inline(__always) private mutating func blend(
    within rect: PixelRect, _ paint: (_ x: Double, _ y: Double) -> (Ink, Double)
  ) {
    let columns = Self.pixels(from: rect.x, to: rect.maxX, below: width)
    let rows = Self.pixels(from: rect.y, to: rect.maxY, below: height)
    rgb.withUnsafeMutableBufferPointer { pixels in
      for row in rows {
        for column in columns {
          let (ink, coverage) = paint(Double(column) + 0.5, Double(row) + 0.5)
          let alpha = coverage * ink.opacity
          if alpha <= 0 { continue }
          let first = (row * self.width + column) * 3
          let weight = Int32((alpha * 65536).rounded())
          pixels[first] = Self.mix(pixels[first], ink.red, weight)
          pixels[first + 1] = Self.mix(pixels[first + 1], ink.green, weight)
          pixels[first + 2] = Self.mix(pixels[first + 2], ink.blue, weight)
        }
      }
    }
  }
}

extension NativeFailure {
  func drawing(_ text: String) -> any Error {
    RehearsalError(
      .nativeFailure, "cannot draw the text \"\(text)\": \(message)",
      remedy: "run `rehearse doctor`; the fonts may be damaged")
  }
}
