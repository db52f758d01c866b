/// A colour to draw with: sRGB and opacity.
public struct Ink: Hashable, Sendable {
  public var red, green, blue: UInt8
  /// 0…1.
  public var opacity: Double

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  public static let white = Ink(255, 255, 255)

  public func opacity(_ opacity: Double) -> Ink { Ink(red, green, blue, opacity: opacity) }
}
