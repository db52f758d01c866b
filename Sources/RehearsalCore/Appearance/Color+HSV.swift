internal import Foundation

extension Color {
  /// The linear value of an sRGB-encoded channel (IEC 61966-2-1).
  public static func linear(fromSRGB value: Double) -> Double {
    value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  /// The sRGB-encoded value of a linear channel (IEC 61966-2-1).
  public static func sRGB(fromLinear value: Double) -> Double {
    value <= 0.0031308 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055
  }

  /// From sRGB channels in 0…1.
  public init(sRGB red: Double, _ green: Double, _ blue: Double) {
    self.init(Color.linear(fromSRGB: red), Color.linear(fromSRGB: green), Color.linear(fromSRGB: blue))
  }

  /// From hue in degrees, saturation and value in 0…1, of the sRGB-encoded colour.
  public init(hueDegrees: Double, saturation: Double, value: Double) {
    let hue = hueDegrees - 360 * (hueDegrees / 360).rounded(.down)
    func channel(_ offset: Double) -> Double {
      let k = (offset + hue / 60).truncatingRemainder(dividingBy: 6)
      return value - value * saturation * max(0, min(k, 4 - k, 1))
    }
    self.init(sRGB: channel(5), channel(3), channel(1))
  }

  /// Hue in degrees, saturation and value in 0…1, of the sRGB-encoded colour.
  public var hsv: (hueDegrees: Double, saturation: Double, value: Double) {
    let (r, g, b) = (Color.sRGB(fromLinear: red), Color.sRGB(fromLinear: green), Color.sRGB(fromLinear: blue))
    let value = max(r, g, b)
    let chroma = value - min(r, g, b)
    guard chroma > 0 else { return (0, 0, value) }
    let sector: Double
    if value == r {
      sector = (g - b) / chroma
    } else if value == g {
      sector = (b - r) / chroma + 2
    } else {
      sector = (r - g) / chroma + 4
    }
    return (sector < 0 ? sector * 60 + 360 : sector * 60, chroma / value, value)
  }
}
