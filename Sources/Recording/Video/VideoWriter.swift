internal import Foundation
internal import RehearsalCore

/// Writes an H.264 MP4 file that plays while it loads. Equal frames give equal bytes.
///
/// The file appears when `finish` returns; before that, or if `finish` is never called, nothing is left at its path.
public final class VideoWriter {
  public let path: String
  public let width: Int
  public let height: Int
  private let partial: String
  private var encoder: VideoEncoder?

  /// - Parameters:
  ///   - crf: x264's constant rate factor: 0 lossless … 51; 20 looks as good as the frames.
  public init(path: String, width: Int, height: Int, framesPerSecond: Int, crf: Int = 20) throws {
    precondition(width > 0 && height > 0 && framesPerSecond > 0, "a video of \(width)×\(height) at \(framesPerSecond)")
    self.path = path
    self.width = width
    self.height = height
    partial = path + DiskFile.partialSuffix
    try DiskFile.makeDirectory(DiskFile.directory(of: path))
    do {
      encoder = try VideoEncoder(
        path: partial, width: width, height: height, framesPerSecond: framesPerSecond, crf: crf)
    } catch let failure as NativeFailure { throw Self.error(path, failure) }
  }

  deinit { if encoder != nil { unlink(partial) } }

  /// Appends a frame of width · height · 3 bytes of sRGB, row 0 at the top.
  public func append(_ rgb: [UInt8]) throws {
    precondition(rgb.count == width * height * 3, "\(rgb.count) bytes for a frame of \(width)×\(height)")
    guard let encoder else { preconditionFailure("\(path) is finished") }
    do { try encoder.append(rgb) } catch let failure as NativeFailure { throw Self.error(path, failure) }
  }

  /// Completes the file.
  public func finish() throws {
    guard let encoder else { preconditionFailure("\(path) is finished") }
    do { try encoder.finish() } catch let failure as NativeFailure { throw Self.error(path, failure) }
    self.encoder = nil
    try DiskFile.adopt(partial, as: path)
  }

  private static func error(_ path: String, _ failure: NativeFailure) -> RehearsalError {
    let isFull = ["No space left", "File too large"].contains { failure.message.contains($0) }
    return RehearsalError(
      isFull ? .diskFull : .unwritable, "cannot write the video \(path): \(failure.message)",
      remedy: isFull ? "free some space there and make the video again" : "check the directory and its permissions")
  }
}
