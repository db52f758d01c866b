internal import Foundation
internal import RehearsalCore

/// Tells the named colours apart in pictures, whatever the strength of the light: by hue and purity of linear RGB.
///
/// Hue and purity do not change when a surface is lit more or less; white light added by highlights changes only
/// the purity.
struct ColorClassifier {
  /// Linear value of each of the 256 sRGB levels.
  private static let linear = (0..<256).map { Color.linear(fromSRGB: Double($0) / 255) }

  private struct Prototype {
    var name: NamedColor
    var hue: Double
    var purity: Double
    var value: Double
  }

  /// Chromatic colours only; the rest have no hue to go by.
  private static let prototypes: [Prototype] = NamedColor.allCases.compactMap { name in
    let (hue, purity, value) = measure(name.color.red, name.color.green, name.color.blue)
    return purity > 0.5 ? Prototype(name: name, hue: hue, purity: purity, value: value) : nil
  }

  let color: NamedColor

  /// Whether colours can be told by hue: not white, gray or black.
  static func isChromatic(_ color: NamedColor) -> Bool { prototypes.contains { $0.name == color } }

  /// Whether a pixel, in sRGB, is of this colour.
  func matches(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Bool {
    let (hue, purity, value) = Self.measure(
      Self.linear[Int(red)], Self.linear[Int(green)], Self.linear[Int(blue)])
    guard value > 0.008 else { return false }
    if !Self.isChromatic(color) { return matchesGray(purity, value) }
    guard purity > 0.45 else { return false }
    var best: (distance: Double, name: NamedColor)?
    for prototype in Self.prototypes {
      let distance =
        abs(remainder(hue - prototype.hue, 360)) + 60 * abs(purity - prototype.purity)
        + 6 * abs(log(value / prototype.value))
      if distance < best?.distance ?? .infinity { best = (distance, prototype.name) }
    }
    return best?.name == color && best!.distance < 40
  }

  /// Which pixels of `image` match, row by row.
  func mask(of image: CameraImage) -> [Bool] {
    var mask = Array(repeating: false, count: image.width * image.height)
    for index in mask.indices {
      mask[index] = matches(image.rgb[3 * index], image.rgb[3 * index + 1], image.rgb[3 * index + 2])
    }
    return mask
  }

  private func matchesGray(_ purity: Double, _ value: Double) -> Bool {
    guard purity < 0.25 else { return false }
    switch color {
    case .white: return value > 0.5
    case .black: return value < 0.04
    default: return value >= 0.04 && value <= 0.5
    }
  }

  /// Hue in degrees, purity (1 − smallest / largest channel) and value (largest channel) of linear RGB.
  private static func measure(_ r: Double, _ g: Double, _ b: Double) -> (hue: Double, purity: Double, value: Double) {
    let (high, low) = (max(r, g, b), min(r, g, b))
    let chroma = high - low
    guard chroma > 0 else { return (0, 0, high) }
    let sector = high == r ? (g - b) / chroma : high == g ? (b - r) / chroma + 2 : (r - g) / chroma + 4
    return (sector * 60, chroma / high, high)
  }
}
