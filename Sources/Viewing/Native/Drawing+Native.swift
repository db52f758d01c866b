internal import CWindow
import RehearsalCore

/// A drawing as the shim takes it.
struct NativeDrawing {
  private(set) var items: [cwindow_item] = []
  private(set) var texts: [CChar] = []

  init(_ drawing: Drawing) {
    items.reserveCapacity(drawing.items.count)
    for item in drawing.items { append(item) }
  }

  private mutating func append(_ item: Drawing.Item) {
    var native = cwindow_item()
    switch item {
    case .panel(let rect, let radius, let softness, let ink):
      native.kind = CWINDOW_PANEL
      native.place(rect, radius)
      native.softness = Float(softness)
      native.take(ink)
    case .outline(let rect, let radius, let thickness, let ink):
      native.kind = CWINDOW_PANEL
      native.place(rect, radius)
      native.thickness = Float(thickness)
      native.take(ink)
    case .line(let a, let b, let width, let ink):
      native.kind = CWINDOW_LINE
      (native.x0, native.y0, native.x1, native.y1) = (Float(a.x), Float(a.y), Float(b.x), Float(b.y))
      (native.depth0, native.depth1) = (Float(a.depth), Float(b.depth))
      native.radius = Float(width)
      native.take(ink)
    case .text(let text, let x, let y, let size, let weight, let ink):
      native.kind = CWINDOW_TEXT
      (native.x0, native.y0, native.radius) = (Float(x), Float(y), Float(size))
      native.slot = weight == .bold ? 1 : 0
      native.text = Int32(texts.count)
      texts += text.utf8.map(CChar.init(bitPattern:))
      native.length = Int32(texts.count) - native.text
      native.take(ink)
    case .picture(let number, let rect, let radius):
      native.kind = CWINDOW_PICTURE
      native.place(rect, radius)
      native.slot = Int32(number)
      native.take(.white)
    }
    items.append(native)
  }
}

extension cwindow_item {
  fileprivate mutating func place(_ rect: PixelRect, _ radius: Double) {
    (x0, y0, x1, y1) = (Float(rect.x), Float(rect.y), Float(rect.maxX), Float(rect.maxY))
    self.radius = Float(radius)
  }

  fileprivate mutating func take(_ ink: Ink) {
    color = (ink.red, ink.green, ink.blue, UInt8((min(max(ink.opacity, 0), 1) * 255).rounded()))
  }
}
