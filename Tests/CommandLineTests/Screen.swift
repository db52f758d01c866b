import Foundation

/// A display without a screen (Xvfb), and a person's hands at it (xdotool).
final class Screen {
  static let tools = ["Xvfb", "xdotool", "ffmpeg"]
  /// What of the tools is missing; nil: nothing.
  static let missing: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    let absent = tools.filter { tool in
      !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
    }
    return absent.isEmpty ? nil : absent.joined(separator: ", ")
  }()

  private let server: Process
  let display: String

  init() throws {
    server = Process()
    server.executableURL = URL(filePath: "/usr/bin/env")
    server.arguments = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    let pipe = Pipe()
    server.standardOutput = pipe
    server.standardError = FileHandle.nullDevice
    try server.run()
    var text = ""
    while !text.contains("\n") {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { break }
      text += String(decoding: data, as: UTF8.self)
    }
    display = ":" + text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  deinit { server.terminate() }

  /// Runs xdotool to its end; its output.
  @discardableResult
  func act(_ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["timeout", "60", "xdotool"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["DISPLAY": display]) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}

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
