import Foundation
import RehearsalCore
import Rendering
import Testing

extension RenderingTests {
  @Suite("Image adjustments") struct AdjustmentTests {
    static let size = 11

    func plain(_ r: UInt8, _ g: UInt8, _ b: UInt8) -> CameraImage {
      CameraImage(
        width: Self.size, height: Self.size,
        rgb: Array(repeating: [r, g, b], count: Self.size * Self.size).flatMap(\.self))
    }

    /// Every pixel's bytes all over the picture, rotating through 256 values.
    var varied: CameraImage {
      CameraImage(
        width: Self.size, height: Self.size,
        rgb: (0..<Self.size * Self.size * 3).map { UInt8(truncatingIfNeeded: $0 * 37) },
        depth: (0..<Self.size * Self.size).map(Float.init), segmentation: (0..<Self.size * Self.size).map(UInt16.init))
    }

    func adjusted(_ r: UInt8, _ g: UInt8, _ b: UInt8, _ change: (inout ImageAdjustment) -> Void) -> [UInt8] {
      var adjustment = ImageAdjustment()
      change(&adjustment)
      let result = adjustment.applied(to: plain(r, g, b))
      #expect(Set((0..<Self.size * Self.size).map { result.pixel($0 / Self.size, $0 % Self.size) }).count == 1)
      return result.pixel(0, 0)
    }

    @Test("neutral changes nothing, whatever the seed")
    func neutral() {
      var adjustment = ImageAdjustment.neutral
      adjustment.noiseSeed = 5
      #expect(adjustment.applied(to: varied).rgb == varied.rgb)
    }

    @Test("a change of nothing visible passes every byte through the whole chain")
    func roundTrip() {
      var adjustment = ImageAdjustment()
      adjustment.shadows = [.init(x: 2, y: 0.5, angle: 0, factor: 0.5)]
      #expect(adjustment.applied(to: varied).rgb == varied.rgb)
    }

    @Test("brightness, contrast, saturation, gamma and grayscale follow their formulas")
    func colours() {
      #expect(adjusted(100, 150, 220) { $0.brightness = 1.2 } == [120, 180, 255])
      #expect(adjusted(100, 150, 220) { $0.contrast = 0.5 } == [114, 139, 174])
      let gray = 0.299 * 100 + 0.587 * 150 + 0.114 * 220
      #expect(
        adjusted(100, 150, 220) { $0.saturation = 0.5 } == [100, 150, 220].map { UInt8((($0 + gray) / 2).rounded()) })
      #expect(adjusted(100, 150, 220) { $0.isGrayscale = true } == Array(repeating: UInt8(gray.rounded()), count: 3))
      let curved = [100.0, 150, 220].map { UInt8((255 * pow($0 / 255, 1.7)).rounded()) }
      #expect(adjusted(100, 150, 220) { $0.gamma = 1.7 } == curved)
    }

    @Test("a third of a turn takes red to green, a sixth to yellow, and gray stays")
    func hue() {
      #expect(adjusted(200, 20, 20) { $0.hueTurns = 1 / 3.0 } == [20, 200, 20])
      #expect(adjusted(200, 20, 20) { $0.hueTurns = 1 / 6.0 } == [200, 200, 20])
      #expect(adjusted(200, 20, 20) { $0.hueTurns = -1 / 3.0 } == [20, 20, 200])
      #expect(adjusted(90, 90, 90) { $0.hueTurns = 0.3 } == [90, 90, 90])
    }

    @Test("steps come in the order of the properties: brightness clips before contrast")
    func order() {
      let result = adjusted(200, 100, 50) {
        $0.brightness = 2
        $0.contrast = 0.5
      }
      #expect(result == [191, 164, 114])
    }

    @Test("a quarter turn moves what is right to the top, in all channels")
    func rotation() {
      var adjustment = ImageAdjustment()
      adjustment.rotationDegrees = 90
      let (image, turned) = (varied, adjustment.applied(to: varied))
      for row in 0..<Self.size {
        for column in 0..<Self.size {
          let (sourceRow, sourceColumn) = (column, Self.size - 1 - row)
          #expect(turned.pixel(row, column) == image.pixel(sourceRow, sourceColumn))
          #expect(turned.depth[row * Self.size + column] == Float(sourceRow * Self.size + sourceColumn))
          #expect(turned.segmentation[row * Self.size + column] == UInt16(sourceRow * Self.size + sourceColumn))
        }
      }
    }

    @Test("a shadow mask darkens the side of its normal")
    func shadowMask() {
      var adjustment = ImageAdjustment()
      adjustment.shadows = [.init(x: 0.5, y: 0.5, angle: .pi / 2, factor: 0.5)]
      let result = adjustment.applied(to: plain(200, 100, 50))
      #expect(result.pixel(4, 3) == [200, 100, 50])
      #expect(result.pixel(6, 3) == [100, 50, 25])
    }

    @Test("the blur of a point is a Gaussian that keeps its sum")
    func blur() {
      var image = CameraImage(width: 31, height: 31, rgb: Array(repeating: 0, count: 31 * 31 * 3))
      for row in 14...16 { for column in 14...16 { image.rgb[(row * 31 + column) * 3] = 255 } }
      var adjustment = ImageAdjustment()
      adjustment.blurPixels = 1.5
      let result = adjustment.applied(to: image)
      func red(_ row: Int, _ column: Int) -> Int { Int(result.pixel(row, column)[0]) }
      let sum = (0..<31 * 31).map { red($0 / 31, $0 % 31) }.reduce(0, +)
      #expect(abs(sum - 9 * 255) < 30)
      #expect(red(15, 12) == red(12, 15) && red(15, 12) == red(15, 18) && red(15, 15) > red(15, 13))
      #expect((0..<31 * 31).allSatisfy { result.rgb[$0 * 3 + 1] == 0 })
    }

    @Test("noise has its deviation, no bias, and depends on the seed alone")
    func noise() {
      let image = CameraImage(width: 200, height: 200, rgb: Array(repeating: 128, count: 120_000))
      var adjustment = ImageAdjustment()
      adjustment.noise = 10
      adjustment.noiseSeed = 1 << 40
      let first = adjustment.applied(to: image).rgb
      #expect(first == adjustment.applied(to: image).rgb)
      adjustment.noiseSeed = 1 << 41
      #expect(first != adjustment.applied(to: image).rgb)
      let differences = first.map { Double($0) - 128 }
      let mean = differences.reduce(0, +) / 120_000
      let deviation = (differences.map { $0 * $0 }.reduce(0, +) / 120_000).squareRoot()
      #expect(abs(mean) < 0.15)
      #expect(abs(deviation - 10) < 0.2)
      let neighbours = zip(differences, differences.dropFirst(3)).map(*).reduce(0, +) / 120_000
      #expect(abs(neighbours) < 1.5)
    }
  }
}
