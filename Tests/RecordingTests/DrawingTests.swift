import CVideo
import Foundation
import RehearsalCore
import Testing

@testable import Recording

extension RecordingTests {
  @Suite("Drawing") struct DrawingTests {
    let fonts = try! Fonts()

    func canvas(_ width: Int, _ height: Int, gray: UInt8 = 100) -> Canvas {
      Canvas(width: width, height: height, rgb: Array(repeating: gray, count: width * height * 3), fonts: fonts)
    }

    func pixel(_ canvas: Canvas, _ x: Int, _ y: Int) -> [UInt8] {
      Array(canvas.rgb[((y * canvas.width + x) * 3)..<((y * canvas.width + x) * 3 + 3)])
    }

    /// A smooth scene-like picture: sky over ground, a red square right of the middle.
    func picture(_ width: Int, _ height: Int) -> CameraImage {
      let rgb = (0..<(width * height)).flatMap { index -> [UInt8] in
        let (x, y) = (Double(index % width) / Double(width), Double(index / width) / Double(height))
        if abs(x - 0.62) < 0.07 && abs(y - 0.55) < 0.1 { return [188, 34, 30] }
        return y < 0.42
          ? [UInt8(150 + 60 * y), UInt8(180 + 60 * y), 225]
          : [UInt8(168 - 50 * y), UInt8(150 - 40 * y), UInt8(132 - 30 * y)]
      }
      return CameraImage(width: width, height: height, rgb: rgb)
    }

    @Test("fills cover exactly their rectangle, corners are round, opacity blends")
    func fill() {
      var canvas = canvas(20, 20)
      canvas.fill(PixelRect(x: 5, y: 5, width: 10, height: 10), radius: 4, ink: Ink(200, 0, 100, opacity: 0.5))
      #expect(pixel(canvas, 10, 10) == [150, 50, 100])
      #expect(pixel(canvas, 5, 10) == [150, 50, 100])
      #expect(pixel(canvas, 4, 10) == [100, 100, 100])
      #expect(pixel(canvas, 15, 10) == [100, 100, 100])
      #expect(pixel(canvas, 5, 5) == [100, 100, 100])
      let edge = pixel(canvas, 6, 6)
      #expect(edge[0] > 100 && edge[0] <= 150)
    }

    @Test("what lies outside of the picture is dropped")
    func clipping() throws {
      var canvas = canvas(16, 16)
      canvas.fill(PixelRect(x: -50, y: -50, width: 200, height: 200), ink: Ink(1, 2, 3))
      #expect(canvas.rgb == Array(repeating: [1, 2, 3], count: 256).flatMap { $0 })
      canvas.fill(PixelRect(x: 40, y: 3, width: 5, height: 5), ink: .white)
      canvas.fill(PixelRect(x: 3, y: -9, width: 5, height: 5), ink: .white)
      try canvas.draw("far away", x: -300, y: 900, size: 40)
      #expect(canvas.rgb == Array(repeating: [1, 2, 3], count: 256).flatMap { $0 })
      try canvas.draw("WWWW", x: -6, y: 12, size: 30)
      #expect(canvas.rgb != Array(repeating: [1, 2, 3], count: 256).flatMap { $0 })
    }

    @Test("text stays within its measured width, above and below its baseline as letters do")
    func text() throws {
      var canvas = canvas(200, 60, gray: 0)
      let text = "Häx – fetch"
      try canvas.draw(text, x: 10, y: 40, size: 24)
      let inked = (0..<(200 * 60)).filter { canvas.rgb[$0 * 3] > 60 }
      let columns = inked.map { $0 % 200 }
      #expect(columns.min()! >= 10 && columns.max()! <= 10 + Int(fonts.width(of: text, size: 24).rounded(.up)))
      let rows = inked.map { $0 / 200 }
      #expect((39...40).contains(rows.max()!), "no descender here, but round letters overshoot")
      #expect(rows.min()! > 40 - 24 && rows.min()! < 40 - 15)
    }

    @Test("a line that is too long ends in an ellipsis and fits")
    func ellipsis() {
      let text = "put the red block that you see on the left into the white bowl"
      let fitted = fonts.fitted(text, into: 200, size: 16)
      #expect(fitted.hasSuffix("…") && text.hasPrefix(fitted.dropLast()))
      #expect(fonts.width(of: fitted, size: 16) <= 200)
      #expect(fonts.fitted("stop", into: 200, size: 16) == "stop")
    }

    @Test("scaling keeps plain pictures plain, the mean, and the orientation")
    func scaling() {
      let plain = CameraImage(width: 7, height: 5, rgb: Array(repeating: 77, count: 105))
      for (width, height) in [(3, 2), (14, 10), (7, 5), (1, 1), (20, 3)] {
        #expect(ScaledPicture(plain, width: width, height: height).rgb.allSatisfy { $0 == 77 })
      }
      let picture = picture(64, 48)
      let small = ScaledPicture(picture, width: 16, height: 12).rgb
      func mean(_ rgb: [UInt8]) -> Double { Double(rgb.reduce(0) { $0 + Int($1) }) / Double(rgb.count) }
      #expect(abs(mean(small) - mean(picture.rgb)) < 1)
      let center = ((Int(0.55 * 12) * 16) + 9) * 3
      #expect(small[center] > 150 && small[center + 1] < 80, "the red square stays right of the middle")
    }

    @Test("long text is broken between words into two lines, and cut only where those do not hold it")
    func brokenLines() throws {
      let text = "rest the red block inside the cyan bowl"
      func width(_ text: String) -> Double { fonts.width(of: text, size: 12) }
      #expect(fonts.lines(text, into: width(text) + 1, size: 12) == [text])
      let two = fonts.lines(text, into: width("rest the red block inside") + 1, size: 12)
      #expect(two == ["rest the red block inside", "the cyan bowl"])
      let cut = fonts.lines(text, into: width("rest the") + 1, size: 12)
      #expect(cut.count == 2 && cut[0] == "rest the" && cut[1].hasSuffix("…"))
      #expect(fonts.lines("unbreakable", into: 20, size: 12).allSatisfy { $0.hasSuffix("…") })
    }

    @Test("missing fonts are an error with the command that installs them")
    func missingFonts() {
      let error = thrown { _ = try Fonts(folders: ["/nowhere"]) }
      #expect(error?.message == "the font DejaVuSans.ttf is in none of /nowhere")
      #expect(error?.remedy == "sudo apt-get install fonts-dejavu-core")
    }

    @Test(
      "a replay frame has its size, keeps the picture's middle, and shows the status in colour",
      arguments: [(640, 480), (1280, 720), (224, 224), (97, 61)])
    func replayFrame(_ width: Int, _ height: Int) throws {
      var frame = ReplayFrame(
        picture: picture(width, height),
        insets: [
          .init(label: "front", image: picture(224, 224)), .init(label: "wrist", image: picture(224, 168)),
        ], instruction: "put the red block into the white bowl on the left side of the table", status: .running,
        tick: 147, controlHz: 20, progress: 0.62, title: "studio · episode 17 · scripted")
      let running = try frame.drawn(with: fonts)
      #expect(running.count == width * height * 3)
      let middle = (height * 2 / 5 * width + width * 2 / 5) * 3
      #expect(running[middle..<(middle + 3)] == frame.picture.rgb[middle..<(middle + 3)])
      try dump(running, width, height, "running")
      frame.status = .success
      frame.progress = 1
      let success = try frame.drawn(with: fonts)
      try dump(success, width, height, "success")
      #expect(green(in: success) > 10 * max(green(in: running), 1))
      frame.status = .failed("time limit")
      try dump(try frame.drawn(with: fonts), width, height, "failed")
    }

    /// How many pixels have the colour of success.
    private func green(in rgb: [UInt8]) -> Int {
      stride(from: 0, to: rgb.count, by: 3).count { rgb[$0] == 70 && rgb[$0 + 1] == 190 && rgb[$0 + 2] == 112 }
    }

    /// For looking at: writes PNG files into the directory that REHEARSAL_PICTURES names.
    private func dump(_ rgb: [UInt8], _ width: Int, _ height: Int, _ name: String) throws {
      guard let folder = ProcessInfo.processInfo.environment["REHEARSAL_PICTURES"] else { return }
      try PNG.write(width: width, height: height, rgb: rgb, to: "\(folder)/\(name)-\(width)x\(height).png")
    }
  }
}
