internal import Foundation
public import RehearsalCore

/// A frame of a replay: the reviewer's picture, what the onboard cameras see, and a bar that tells how it is going.
public struct ReplayFrame: Sendable {
  public enum Status: Hashable, Sendable {
    case running
    case success
    /// With its reason, such as `time limit` or `robotLost`.
    case failed(String)
    case invalid
  }

  /// A small picture in a corner.
  public struct Inset: Sendable {
    public var label: String
    public var image: CameraImage
    public init(label: String, image: CameraImage) {
      self.label = label
      self.image = image
    }
  }

  /// As large as the frame.
  public var picture: CameraImage
  public var insets: [Inset]
  public var instruction: String
  public var status: Status
  public var tick: Int
  public var controlHz: Int
  /// Of the command in force, 0…1.
  public var progress: Double
  /// At the top left, such as `quickstart · episode 17 · scripted`; empty for none.
  public var title: String

  public init(
    picture: CameraImage, insets: [Inset], instruction: String, status: Status, tick: Int, controlHz: Int,
    progress: Double, title: String
  ) {
    self.picture = picture
    self.insets = insets
    self.instruction = instruction
    self.status = status
    self.tick = tick
    self.controlHz = controlHz
    self.progress = progress
    self.title = title
  }

  /// The frame's pixels, of the size of `picture`: sRGB, 3 bytes a pixel.
  public func drawn(with fonts: Fonts) throws -> [UInt8] {
    var canvas = Canvas(width: picture.width, height: picture.height, rgb: picture.rgb, fonts: fonts)
    let layout = Layout(width: Double(picture.width), height: Double(picture.height))
    try drawInsets(on: &canvas, layout, fonts)
    if !title.isEmpty { try drawTag(title, x: layout.margin, y: layout.margin, on: &canvas, layout, fonts) }
    try drawBar(on: &canvas, layout, fonts)
    return canvas.rgb
  }

  /// Everything scales with the frame.
  private struct Layout {
    let width: Double
    let height: Double
    /// Pixels of one unit: 1 at a height of 480.
    var unit: Double { max(min(height / 480, width / 560), 0.4) }
    var margin: Double { (12 * unit).rounded() }
    var textSize: Double { 17 * unit }
    var smallSize: Double { 12 * unit }
    var barHeight: Double { (58 * unit).rounded() }
    var barTop: Double { height - barHeight }
    var insetHeight: Double { (min(height * 0.27, width * 0.24)).rounded() }
  }
}

extension ReplayFrame {
  private func drawInsets(on canvas: inout Canvas, _ layout: Layout, _ fonts: Fonts) throws {
    var y = layout.margin
    for inset in insets where !inset.image.rgb.isEmpty {
      let scale = layout.insetHeight / Double(inset.image.height)
      let (width, height) = ((Double(inset.image.width) * scale).rounded(), layout.insetHeight)
      let rect = PixelRect(x: layout.width - layout.margin - width, y: y, width: width, height: height)
      if rect.maxY > layout.barTop - layout.margin { break }
      let radius = 6 * layout.unit
      let border = max((2 * layout.unit).rounded(), 1)
      drawShadow(of: rect, radius: radius, on: &canvas, layout)
      canvas.fill(rect.inset(by: -border), radius: radius + border, ink: Ink(250, 250, 250, opacity: 0.92))
      canvas.draw(ScaledPicture(inset.image, width: Int(width), height: Int(height)), in: rect, radius: radius)
      try drawTag(
        inset.label, x: rect.x + 5 * layout.unit, y: rect.y + 5 * layout.unit, on: &canvas, layout, fonts, scale: 0.86)
      y = rect.maxY + layout.margin
    }
  }

  /// Soft: several faint layers, each a little larger.
  private func drawShadow(of rect: PixelRect, radius: Double, on canvas: inout Canvas, _ layout: Layout) {
    for layer in 1...4 {
      let growth = Double(layer) * 1.8 * layout.unit
      var shadow = rect.inset(by: -growth)
      shadow.y += 2 * layout.unit
      canvas.fill(shadow, radius: radius + growth, ink: Ink(0, 0, 0, opacity: 0.11))
    }
  }

  /// A label on a dark, translucent ground; (x, y) is its upper left corner.
  private func drawTag(
    _ text: String, x: Double, y: Double, on canvas: inout Canvas, _ layout: Layout, _ fonts: Fonts, scale: Double = 1
  ) throws {
    let size = layout.smallSize * scale
    let label = fonts.fitted(text, into: layout.width * 0.6, size: size)
    let width = fonts.width(of: label, size: size) + size * 1.1
    let rect = PixelRect(x: x, y: y, width: width, height: size * 1.75)
    canvas.fill(rect, radius: size * 0.5, ink: Ink(16, 20, 28, opacity: 0.62))
    try canvas.draw(label, x: x + size * 0.55, y: y + size * 1.23, size: size, ink: Ink(240, 243, 248))
  }

  private func drawBar(on canvas: inout Canvas, _ layout: Layout, _ fonts: Fonts) throws {
    canvas.shade(below: layout.barTop, fade: 6 * layout.unit, ink: Ink(14, 17, 24, opacity: 0.8))
    let (left, right) = (layout.margin * 1.25, layout.width - layout.margin * 1.25)
    let baseline = layout.barTop + layout.barHeight * 0.45
    let badge = try drawStatus(right: right, baseline: baseline, on: &canvas, layout, fonts)
    let time = String(format: "%.1f s · step %d", Double(tick) / Double(max(controlHz, 1)), tick)
    let clock = fonts.width(of: time, size: layout.smallSize)
    // Room for times to come, or the words would move while the clock runs.
    let latest = fonts.width(of: "00.0 s · step 000", size: layout.smallSize)
    let room = badge - left - max(clock, latest) - 2.4 * layout.margin
    let words = fonts.block(instruction, into: room, size: layout.textSize, weight: .bold)
    for (index, line) in words.lines.enumerated() {
      let y = words.baseline(of: index, around: baseline)
      try canvas.draw(line, x: left, y: y, size: words.size, weight: .bold)
    }
    try canvas.draw(
      time, x: badge - clock - layout.margin, y: baseline, size: layout.smallSize, ink: Ink(186, 194, 208))
    let track = PixelRect(
      x: left, y: layout.barTop + layout.barHeight * 0.68, width: right - left, height: max(5 * layout.unit, 3))
    canvas.fill(track, radius: track.height / 2, ink: Ink(255, 255, 255, opacity: 0.2))
    var done = track
    done.width = max(track.width * min(max(progress, 0), 1), track.height)
    if progress > 0 { canvas.fill(done, radius: done.height / 2, ink: status.ink) }
  }

  /// Draws the badge so that it ends at `right`; returns where it begins.
  private func drawStatus(
    right: Double, baseline: Double, on canvas: inout Canvas, _ layout: Layout, _ fonts: Fonts
  ) throws -> Double {
    let size = layout.smallSize
    let text = fonts.fitted(status.text, into: layout.width * 0.34, size: size, weight: .bold)
    let width = fonts.width(of: text, size: size, weight: .bold) + size * 1.5
    let rect = PixelRect(x: right - width, y: baseline - size * 1.38, width: width, height: size * 1.95)
    canvas.fill(rect, radius: rect.height / 2, ink: status.ink)
    try canvas.draw(
      text, x: rect.x + size * 0.75, y: baseline - size * 0.04, size: size, weight: .bold, ink: status.textInk)
    return rect.x
  }
}

extension ReplayFrame.Status {
  /// Such as `RUNNING` or `FAILED · time limit`.
  public var text: String {
    switch self {
    case .running: "RUNNING"
    case .success: "SUCCESS"
    case .failed(let reason): reason.isEmpty ? "FAILED" : "FAILED · \(reason)"
    case .invalid: "INVALID"
    }
  }

  /// Of its badge.
  public var ink: Ink {
    switch self {
    case .running: Ink(92, 157, 245)
    case .success: Ink(70, 190, 112)
    case .failed: Ink(232, 92, 80)
    case .invalid: Ink(168, 174, 186)
    }
  }

  /// Of the text on the badge.
  public var textInk: Ink { Ink(12, 16, 22) }
}
