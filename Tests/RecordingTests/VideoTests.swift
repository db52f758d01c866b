import CVideo
import Foundation
import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Video and PNG") struct VideoTests {
    let temporary = TemporaryDirectory()

    /// A colour ramp whose left quarter is pure red.
    func frame(_ index: Int, width: Int, height: Int) -> [UInt8] {
      (0..<(width * height)).flatMap { pixel -> [UInt8] in
        let (x, y) = (pixel % width, pixel / width)
        return x < width / 4
          ? [255, 0, 0] : [UInt8(x * 255 / width), UInt8(y * 255 / height), UInt8(index * 10 % 256)]
      }
    }

    func write(_ name: String, width: Int, height: Int, frames: Int) throws -> [UInt8] {
      let writer = try VideoWriter(path: temporary(name), width: width, height: height, framesPerSecond: 20)
      for index in 0..<frames { try writer.append(frame(index, width: width, height: height)) }
      try writer.finish()
      return try contents(temporary(name))
    }

    @Test(
      "ffprobe finds H.264 of the size padded to even, every frame, and the index first",
      .enabled(if: isInstalled("ffprobe")))
    func probe() throws {
      let bytes = try write("odd.mp4", width: 65, height: 47, frames: 13)
      let fields = "codec_name,width,height,pix_fmt,color_space,nb_frames,avg_frame_rate"
      let probed = try run(
        "ffprobe",
        ["-v", "error", "-show_entries", "stream=\(fields)", "-of", "csv=p=0", temporary("odd.mp4")])
      #expect(probed?.output == "h264,66,48,yuv420p,bt709,20/1,13\n")
      let (index, media) = (bytes.firstRange(of: Array("moov".utf8)), bytes.firstRange(of: Array("mdat".utf8)))
      #expect(index!.lowerBound < media!.lowerBound)
    }

    @Test("colours survive encoding", .enabled(if: isInstalled("ffmpeg")))
    func colours() throws {
      _ = try write("a.mp4", width: 64, height: 48, frames: 3)
      _ = try run(
        "ffmpeg", ["-v", "error", "-i", temporary("a.mp4"), "-f", "rawvideo", "-pix_fmt", "rgb24", temporary("raw")])
      let raw = try contents(temporary("raw"))
      #expect(raw.count == 3 * 64 * 48 * 3)
      let red = raw[(24 * 64 + 4) * 3..<(24 * 64 + 4) * 3 + 3].map(Int.init)
      #expect(red[0] > 240 && red[1] < 15 && red[2] < 15, "\(red)")
    }

    @Test("equal frames give equal bytes")
    func deterministic() throws {
      #expect(
        try write("a.mp4", width: 64, height: 48, frames: 30) == write("b.mp4", width: 64, height: 48, frames: 30))
    }

    @Test("a video that is never finished leaves nothing")
    func abandoned() throws {
      do {
        let writer = try VideoWriter(path: temporary("never.mp4"), width: 64, height: 48, framesPerSecond: 20)
        try writer.append(frame(0, width: 64, height: 48))
      }
      #expect(files(in: temporary.path) == [])
    }

    @Test("a place that cannot be written is named")
    func unwritable() {
      let error = thrown { _ = try VideoWriter(path: "/proc/x.mp4", width: 64, height: 48, framesPerSecond: 20) }
      #expect(error?.code == .unwritable)
      #expect(error?.message.hasPrefix("cannot write the video /proc/x.mp4: opening the file: ") == true)
    }

    @Test("another program decodes a PNG to the same pixels", .enabled(if: isInstalled("ffmpeg")))
    func png() throws {
      let picture = frame(3, width: 33, height: 21)
      try PNG.write(width: 33, height: 21, rgb: picture, to: temporary("sub/a.png"))
      _ = try run(
        "ffmpeg",
        ["-v", "error", "-i", temporary("sub/a.png"), "-f", "rawvideo", "-pix_fmt", "rgb24", temporary("raw")])
      #expect(try contents(temporary("raw")) == picture)
    }

    /// In a process of its own, since other tests hold handles meanwhile.
    @Test("no writer, PNG or font stays alive")
    func leaks() async {
      await #expect(processExitsWith: .success) {
        do {
          _ = try VideoTests().write("a.mp4", width: 16, height: 16, frames: 2)
          _ = try PNG.encode(width: 2, height: 2, rgb: Array(repeating: 9, count: 12))
          _ = try Fonts().width(of: "a", size: 12)
        }
        #expect(cvideo_live_handle_count() == 0)
      }
    }
  }
}
