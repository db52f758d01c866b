internal import RehearsalCore

/// Pictures as PNG files.
public enum PNG {
  /// The bytes of a PNG file of `rgb`: width · height · 3 bytes of sRGB, row 0 at the top. Equal pictures, equal bytes.
  public static func encode(width: Int, height: Int, rgb: [UInt8]) throws -> [UInt8] {
    precondition(
      width > 0 && height > 0 && rgb.count == width * height * 3, "\(rgb.count) bytes for \(width)×\(height)")
    do { return try encodedPNG(rgb, width: width, height: height) } catch let failure as NativeFailure {
      throw RehearsalError(
        .nativeFailure, "cannot encode a PNG of \(width)×\(height): \(failure.message)",
        remedy: "run `rehearse doctor`; the libav libraries may be damaged")
    }
  }

  /// Writes the picture to `path`, completely or not at all; missing folders are made.
  public static func write(width: Int, height: Int, rgb: [UInt8], to path: String) throws {
    try DiskFile.makeDirectory(DiskFile.directory(of: path))
    try DiskFile.write(encode(width: width, height: height, rgb: rgb), to: path)
  }
}
