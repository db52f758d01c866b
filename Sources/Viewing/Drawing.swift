public import RehearsalCore

/// A list of things to draw in a window, in order, over black. Lengths are pixels, y downward.
public struct Drawing: Hashable, Sendable {
  public enum Weight: Hashable, Sendable { case regular, bold }

  /// A place in the picture, and how far what is there is away.
  public struct Point: Hashable, Sendable {
    public var x, y: Double
    /// Metres along the view; 0: on top of everything.
    public var depth: Double

    public init(x: Double, y: Double, depth: Double = 0) {
      self.x = x
      self.y = y
      self.depth = depth
    }
  }

  public enum Item: Hashable, Sendable {
    /// A filled rectangle with rounded corners; its edge fades over `softness` pixels.
    case panel(PixelRect, radius: Double, softness: Double, Ink)
    /// The outline of one, inside of its edge.
    case outline(PixelRect, radius: Double, thickness: Double, Ink)
    /// With round ends; faint where it lies behind what the window shows.
    case line(Point, Point, width: Double, Ink)
    /// With its baseline starting at (x, y); `size` is the em.
    case text(String, x: Double, y: Double, size: Double, Weight, Ink)
    /// The window's picture of that number.
    case picture(Int, PixelRect, radius: Double)
  }

  public private(set) var items: [Item] = []

  public init() {}

  public mutating func panel(_ rect: PixelRect, radius: Double = 0, softness: Double = 0, ink: Ink) {
    items.append(.panel(rect, radius: radius, softness: softness, ink))
  }

  public mutating func outline(_ rect: PixelRect, radius: Double = 0, thickness: Double, ink: Ink) {
    items.append(.outline(rect, radius: radius, thickness: thickness, ink))
  }

  public mutating func line(_ a: Point, _ b: Point, width: Double, ink: Ink) {
    items.append(.line(a, b, width: width, ink))
  }

  public mutating func text(
    _ text: String, x: Double, y: Double, size: Double, weight: Weight = .regular, ink: Ink = .white
  ) {
    items.append(.text(text, x: x, y: y, size: size, weight, ink))
  }

  public mutating func picture(_ number: Int, in rect: PixelRect, radius: Double = 0) {
    items.append(.picture(number, rect, radius: radius))
  }
}
