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

  /// Writes a picture of bytes as the network sees it, changed: shifted (its border repeats), partly covered, and in other
  /// colours. Both are rows of pixels of three.
  func write(_ source: UnsafeRawBufferPointer, to target: UnsafeMutableBufferPointer<Float>, _ size: PictureSize) {
    let paint = Paint(mixture: mixture, offset: offset)
    for row in 0..<size.height {
      let from = min(max(row - move.y, 0), size.height - 1) * size.width
      for column in 0..<size.width {
        let pixel = (from + min(max(column - move.x, 0), size.width - 1)) * 3
        let color = paint(Float(source[pixel]), Float(source[pixel + 1]), Float(source[pixel + 2]))
        let place = (row * size.width + column) * 3
        (target[place], target[place + 1], target[place + 2]) = (color.x, color.y, color.z)
      }
    }
    if let cover { fill(cover, paint(Float(cover.grey), Float(cover.grey), Float(cover.grey)), target, size) }
  }

  private func fill(
    _ cover: (x: Float, y: Float, half: Float, grey: UInt8), _ color: SIMD4<Float>,
    _ target: UnsafeMutableBufferPointer<Float>, _ size: PictureSize
  ) {
    func span(_ center: Float, _ pixels: Int) -> Range<Int> {
      let low = max(Int((center - cover.half) * Float(pixels)), 0)
      return low..<max(min(Int((center + cover.half) * Float(pixels)), pixels), low)
    }
    for row in span(cover.y, size.height) {
      for column in span(cover.x, size.width) {
        for channel in 0..<3 { target[(row * size.width + column) * 3 + channel] = color[channel] }
      }
    }
  }

  /// Bytes to colours centred on 0, then mixed; an affine map.
  private struct Paint {
    private let (red, green, blue, offset): (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>)

    init(mixture: [Float], offset: [Float]) {
      func column(_ index: Int) -> SIMD4<Float> { SIMD4(mixture[index], mixture[3 + index], mixture[6 + index], 0) }
      let scale = Float(PictureChange.scale)
      (red, green, blue) = (column(0) * scale, column(1) * scale, column(2) * scale)
      let shift = SIMD4(offset[0], offset[1], offset[2], 0) * Float(PictureChange.span)
      self.offset = (column(0) + column(1) + column(2)) * Float(PictureChange.black) + shift
    }

    func callAsFunction(_ r: Float, _ g: Float, _ b: Float) -> SIMD4<Float> {
      red * r + green * g + blue * b + offset
    }
  }

  /// Colours as the network sees them are 4 apart, from −2 to 2.
  private static let (span, black) = (4.0, -2.0)
  private static let scale = span / 255

  /// Bytes as floats 0…255 to colours −2…2, as the network sees them, in training and in the loop.
  static func centred(_ pictures: Tensor) -> Tensor { (pictures * scale) + black }
}
