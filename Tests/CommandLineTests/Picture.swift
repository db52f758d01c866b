import Foundation

/// A picture read back by ffmpeg.
struct Picture: Equatable {
  var width: Int
  var height: Int
  var rgb: [UInt8]

  init(_ path: String, width: Int, height: Int) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    rgb = Array(pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    (self.width, self.height) = (width, height)
    guard rgb.count == width * height * 3 else { throw CocoaError(.fileReadCorruptFile) }
  }

  /// The share of pixels within a part of both pictures, in shares of their size, that differ visibly.
  func difference(
    from other: Picture, x: ClosedRange<Double> = 0...1, y: ClosedRange<Double> = 0...1
  ) -> Double {
    let columns = Int(x.lowerBound * Double(width))..<Int(x.upperBound * Double(width))
    let rows = Int(y.lowerBound * Double(height))..<Int(y.upperBound * Double(height))
    var count = 0
    for row in rows {
      for column in columns {
        let first = (row * width + column) * 3
        if (0..<3).contains(where: { abs(Int(rgb[first + $0]) - Int(other.rgb[first + $0])) > 24 }) { count += 1 }
      }
    }
    return Double(count) / Double(max(rows.count * columns.count, 1))
  }
}
