internal import Foundation
internal import RehearsalCore

/// How one sample's pictures are changed: shifted by a few pixels, partly covered, and in their colours.
struct PictureChange {
  /// Pixels to the right and down.
  private var move = (x: 0, y: 0)
  /// Covered by a grey box: centre and half size as shares of the picture.
  private var cover: (x: Float, y: Float, half: Float, grey: UInt8)?
  /// On colours of 0…1, centred on one half: rows are the new red, green, blue.
  private var mixture: [Float] = [1, 0, 0, 0, 1, 0, 0, 0, 1]
  private var offset: [Float] = [0, 0, 0]

  /// None.
  init() {}

  init(using random: inout SeedStream) {
    move = (random.index(below: 5) - 2, random.index(below: 5) - 2)
    if random.unit() < 0.3 {
      cover = (
        Float(random.unit()), Float(random.unit()), Float(random.uniform(0.03, 0.1)), UInt8(random.index(below: 256))
      )
    }
    let contrast = Float(random.uniform(0.75, 1.3))
    let saturation = Float(random.uniform(0.7, 1.3))
    let turn = random.uniform(-0.12, 0.12)
    let brightness = Float(random.uniform(-0.12, 0.12))
    mixture = Self.hueAndSaturation(turn: turn, saturation: saturation).map { $0 * contrast }
    offset = (0..<3).map { _ in brightness + Float(random.uniform(-0.03, 0.03)) }
  }

  /// Turns colours about the grey axis and moves them towards or away from it.
  private static func hueAndSaturation(turn: Double, saturation: Float) -> [Float] {
    let (c, s) = (Float(cos(turn)) * saturation, Float(sin(turn)) * saturation / Float(3).squareRoot())
    let (same, next, last) = ((1 - c) / 3 + c, (1 - c) / 3 - s, (1 - c) / 3 + s)
    return [same, next, last, last, same, next, next, last, same]
  }

  /// How far places move, in units where the picture spans −1…1.
  func shift(in size: PictureSize) -> SIMD2<Float> {
    SIMD2(2 * Float(move.x) / Float(size.width), 2 * Float(move.y) / Float(size.height))
  }

  /// Copies a picture, shifted (its border repeats) and covered.
  func copy(_ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer, _ size: PictureSize) {
    if move == (0, 0) {
      target.copyMemory(from: source)
    } else {
      let stride = size.width * 3
      for row in 0..<size.height {
        let from = min(max(row - move.y, 0), size.height - 1) * stride
        for column in 0..<size.width {
          let pixel = from + min(max(column - move.x, 0), size.width - 1) * 3
          let place = row * stride + column * 3
          target[place] = source[pixel]
          target[place + 1] = source[pixel + 1]
          target[place + 2] = source[pixel + 2]
        }
      }
    }
    if let cover { fill(cover, target, size) }
  }

  private func fill(
    _ cover: (x: Float, y: Float, half: Float, grey: UInt8), _ target: UnsafeMutableRawBufferPointer,
    _ size: PictureSize
  ) {
    func span(_ center: Float, _ pixels: Int) -> Range<Int> {
      let low = max(Int((center - cover.half) * Float(pixels)), 0)
      return low..<max(min(Int((center + cover.half) * Float(pixels)), pixels), low)
    }
    for row in span(cover.y, size.height) {
      for column in span(cover.x, size.width) {
        for channel in 0..<3 { target[(row * size.width + column) * 3 + channel] = cover.grey }
      }
    }
  }

  /// Bytes as floats 0…255 to colours −2…2, as the network sees them, in training and in the loop.
  static func centred(_ pictures: Tensor) -> Tensor { (pictures * (4 / 255.0)) + -2 }

  /// Bytes as floats, B × pixels × 3, to colours centred on 0 (−2…2), changed in hue, saturation, contrast, brightness.
  static func recolored(_ pictures: Tensor, _ changes: [PictureChange]) -> Tensor {
    let centred = centred(pictures)
    guard changes.contains(where: { $0.offset != [0, 0, 0] }) else { return centred }
    let mixtures = Tensor(
      changes.flatMap { change in
        (0..<9).map { change.mixture[($0 % 3) * 3 + $0 / 3] }
      }, shape: [changes.count, 3, 3])
    let offsets = Tensor(changes.flatMap { $0.offset.map { $0 * 4 } }, shape: [changes.count, 1, 3])
    return centred.matmul(mixtures) + offsets
  }
}
