internal import CVideo

var videoLibraryVersion: String { String(cString: cvideo_version()) }

/// The shim's MP4 writer.
final class VideoEncoder {
  private let handle: cvideo_writer

  init(path: String, width: Int, height: Int, framesPerSecond: Int, crf: Int) throws {
    var handle = cvideo_writer()
    try callNative {
      cvideo_open(path, Int32(width), Int32(height), Int32(framesPerSecond), Int32(crf), &handle, $0, $1)
    }
    self.handle = handle
  }

  deinit { cvideo_free(handle) }

  func append(_ rgb: [UInt8]) throws { try callNative { cvideo_append(handle, rgb, $0, $1) } }

  func finish() throws { try callNative { cvideo_finish(handle, $0, $1) } }
}

/// A PNG file's bytes.
func encodedPNG(_ rgb: [UInt8], width: Int, height: Int) throws -> [UInt8] {
  var png = cvideo_png()
  try callNative { cvideo_encode_png(rgb, Int32(width), Int32(height), &png, $0, $1) }
  defer { cvideo_free_png(png) }
  return Array(UnsafeBufferPointer(start: cvideo_png_bytes(png), count: cvideo_png_size(png)))
}
