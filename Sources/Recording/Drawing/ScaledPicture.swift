public import RehearsalCore

/// A picture at another size: averaged where it shrinks, interpolated where it grows.
public struct ScaledPicture: Sendable {
  public let width: Int
  public let height: Int
  public let rgb: [UInt8]

  public init(_ image: CameraImage, width: Int, height: Int) {
    precondition(width > 0 && height > 0 && !image.rgb.isEmpty, "a picture of \(width)×\(height)")
    self.width = width
    self.height = height
    if (image.width, image.height) == (width, height) {
      rgb = image.rgb
    } else {
      let across = Self.scaled(image.rgb.map(Float.init), lines: image.height, from: image.width, to: width, stride: 3)
      let down = Self.scaled(across, lines: 1, from: image.height, to: height, stride: width * 3)
      rgb = down.map { UInt8(min(max($0.rounded(), 0), 255)) }
    }
  }

  func ink(_ x: Int, _ y: Int) -> Ink {
    let first = (min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)) * 3
    return Ink(rgb[first], rgb[first + 1], rgb[first + 2])
  }

  /// Resamples each of `lines` lines of `old` cells (each `stride` numbers) to `new` cells by overlapping triangles.
  private static func scaled(_ values: [Float], lines: Int, from old: Int, to new: Int, stride: Int) -> [Float] {
    let weights = (0..<new).map { Self.weights(of: $0, from: old, to: new) }
    var result = [Float](repeating: 0, count: lines * new * stride)
    for line in 0..<lines {
      for (cell, (first, factors)) in weights.enumerated() {
        let target = (line * new + cell) * stride
        for (offset, factor) in factors.enumerated() {
          let source = (line * old + first + offset) * stride
          for number in 0..<stride { result[target + number] += factor * values[source + number] }
        }
      }
    }
    return result
  }

  /// The first old cell that new cell `index` depends on, and the factors from there on; they sum to 1.
  private static func weights(of index: Int, from old: Int, to new: Int) -> (first: Int, factors: [Float]) {
    let ratio = Double(old) / Double(new)
    let center = (Double(index) + 0.5) * ratio - 0.5
    let reach = max(ratio, 1)
    let first = max(0, Int((center - reach).rounded(.up)))
    let last = min(old - 1, Int((center + reach).rounded(.down)))
    let factors = (first...max(first, last)).map { max(1 - abs(Double($0) - center) / reach, 1e-9) }
    let sum = factors.reduce(0, +)
    return (first, factors.map { Float($0 / sum) })
  }
}
