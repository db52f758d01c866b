import Foundation
import Recording
import RehearsalCore

/// How two renderers' pictures of one thing compare, away from edges.
struct Agreement {
  /// Of the pixels whose neighbours, up to two away, show the same body: how many there are, how many show the same body
  /// in the other picture, and how many of those are neither within 1 mm nor within 0.2 % as deep.
  private(set) var compared = 0
  private(set) var agreeing = 0
  private(set) var misplaced = 0
  /// The mean difference of their colours, in steps of 255.
  private(set) var colorDifference = 0.0

  init(_ expected: CameraImage, _ actual: CameraImage) {
    var sum = 0
    for row in 0..<expected.height {
      for column in 0..<expected.width where expected.isInside(row, column) {
        let pixel = row * expected.width + column
        compared += 1
        guard expected.segmentation[pixel] == actual.segmentation[pixel] else { continue }
        agreeing += 1
        let (a, b) = (expected.depth[pixel], actual.depth[pixel])
        if a != b, !(abs(a - b) <= max(0.001, 0.002 * a)) { misplaced += 1 }
        for channel in 0..<3 {
          sum += abs(Int(expected.rgb[pixel * 3 + channel]) - Int(actual.rgb[pixel * 3 + channel]))
        }
      }
    }
    if agreeing > 0 { colorDifference = Double(sum) / Double(agreeing * 3) }
  }

  var segmentationAgrees: Bool { compared > 0 && Double(agreeing) >= 0.99 * Double(compared) }

  /// Writes both pictures, and eight times their difference, side by side; returns the file's path.
  static func write(_ expected: CameraImage, _ actual: CameraImage, name: String) throws -> String {
    let row = expected.width * 3
    var rgb: [UInt8] = []
    for y in 0..<expected.height {
      let (a, b) = (expected.rgb[(y * row)...].prefix(row), actual.rgb[(y * row)...].prefix(row))
      rgb += a + b + zip(a, b).map { UInt8(min(8 * abs(Int($0) - Int($1)), 255)) }
    }
    let path = FileManager.default.temporaryDirectory.appending(path: "rehearsal-\(name).png").path
    try PNG.write(width: expected.width * 3, height: expected.height, rgb: rgb, to: path)
    return path
  }
}

extension CameraImage {
  /// Whether all pixels up to two away show the same body.
  fileprivate func isInside(_ row: Int, _ column: Int) -> Bool {
    let here = segmentation[row * width + column]
    for y in max(row - 2, 0)...min(row + 2, height - 1) {
      for x in max(column - 2, 0)...min(column + 2, width - 1) where segmentation[y * width + x] != here {
        return false
      }
    }
    return true
  }
}

extension Stage {
  /// What `renderer` draws of it.
  func picture(
    by renderer: any Renderer, from camera: CameraModel, channels: ImageChannels = .rgb, quality: RenderQuality = .fast
  ) throws -> CameraImage {
    try renderer.load(scene, appearance: appearance)
    return try renderer.render(state, camera: camera, channels: channels, quality: quality)
  }
}
