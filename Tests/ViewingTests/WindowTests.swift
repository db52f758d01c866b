import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Viewing

@Suite(
  "A window", .serialized,
  .enabled(if: Screen.missing("Xvfb") == nil, "no Xvfb: apt-get install xvfb libgl1-mesa-dri"))
struct WindowTests {
  private static let fonts = "/usr/share/fonts/truetype/dejavu/DejaVuSans"
  private static let green = Ink(20, 200, 60)

  /// Opens a window of 200 × 100 pixels, shows `drawing` in it, and reads its picture back.
  private func shown(_ drawing: Drawing, prepare: (Window) throws -> Void = { _ in }) throws -> CameraImage {
    let screen = try Screen()
    setenv("DISPLAY", screen.display, 1)
    defer { unsetenv("DISPLAY") }
    let window = try Window(
      title: "test", width: 200, height: 100, regularFont: Self.fonts + ".ttf", boldFont: Self.fonts + "-Bold.ttf")
    try prepare(window)
    try window.show(drawing)
    return try window.picture()
  }

  private func pixel(_ image: CameraImage, _ x: Int, _ y: Int) -> [Int] {
    (0..<3).map { Int(image.rgb[(y * image.width + x) * 3 + $0]) }
  }

  private func isNear(_ a: [Int], _ b: [Int], within limit: Int = 2) -> Bool {
    zip(a, b).allSatisfy { abs($0 - $1) <= limit }
  }

  @Test("panels are filled to their corners, which are round; opacity mixes; what was not drawn on is black")
  func panels() throws {
    var drawing = Drawing()
    drawing.panel(PixelRect(x: 10, y: 10, width: 60, height: 40), radius: 12, ink: Self.green)
    drawing.panel(PixelRect(x: 100, y: 10, width: 60, height: 40), ink: Ink(200, 100, 50, opacity: 0.5))
    drawing.outline(PixelRect(x: 10, y: 60, width: 60, height: 30), thickness: 3, ink: Self.green)
    let image = try shown(drawing)
    #expect((image.width, image.height) == (200, 100))
    #expect(pixel(image, 40, 30) == [20, 200, 60] && pixel(image, 10, 30) == [20, 200, 60])
    #expect(pixel(image, 10, 10) == [0, 0, 0] && pixel(image, 9, 30) == [0, 0, 0])
    #expect(isNear(pixel(image, 130, 30), [100, 50, 25]))
    #expect(pixel(image, 11, 75) == [20, 200, 60] && pixel(image, 40, 75) == [0, 0, 0])
    #expect(Window.liveCount == 0, "the window is gone")
  }

  @Test("a picture fills its rectangle, row 0 at the top, column 0 at the left")
  func pictures() throws {
    var drawing = Drawing()
    drawing.picture(3, in: PixelRect(x: 0, y: 0, width: 200, height: 100))
    let image = try shown(drawing) { window in
      let quarters: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
      try window.setPicture(3, to: CameraImage(width: 2, height: 2, rgb: quarters))
    }
    #expect(isNear(pixel(image, 5, 5), [255, 0, 0]) && isNear(pixel(image, 195, 5), [0, 255, 0]))
    #expect(isNear(pixel(image, 5, 95), [0, 0, 255]) && isNear(pixel(image, 195, 95), [255, 255, 255]))
  }

  @Test("a line is faint behind what is nearer, bright before it, and on top of everything without a depth")
  func depth() throws {
    var drawing = Drawing()
    for (y, depth) in [(20.0, 3.0), (50, 1), (80, 0)] {
      drawing.line(
        Drawing.Point(x: 20, y: y, depth: depth), Drawing.Point(x: 180, y: y, depth: depth), width: 4, ink: Self.green)
    }
    let image = try shown(drawing) { window in
      try window.setDepth(of: CameraImage(width: 2, height: 1, depth: [2, 9]))
    }
    #expect(pixel(image, 50, 20)[1] < 80 && pixel(image, 50, 20)[1] > 20, "3 m, behind 2 m")
    #expect(pixel(image, 150, 20)[1] == 200, "3 m, before 9 m")
    #expect(pixel(image, 50, 50)[1] == 200 && pixel(image, 50, 80)[1] == 200)
  }

  @Test("text stands on its baseline, bold wider than regular; letters of other scripts are drawn as well")
  func text() throws {
    var drawing = Drawing()
    drawing.text("HHHH", x: 10, y: 40, size: 20)
    drawing.text("HHHH", x: 10, y: 90, size: 20, weight: .bold)
    drawing.text("⅛× ●", x: 120, y: 40, size: 20)
    let image = try shown(drawing)
    func columns(_ rows: Range<Int>, _ from: Range<Int>) -> [Int] {
      from.filter { x in rows.contains { pixel(image, x, $0)[0] > 128 } }
    }
    // Capitals of DejaVu are 0.73 em high.
    #expect(columns(26..<39, 0..<110).isEmpty == false && columns(42..<60, 0..<110).isEmpty)
    #expect(columns(0..<24, 0..<110).isEmpty)
    #expect(columns(70..<92, 0..<110).count > columns(20..<42, 0..<110).count)
    #expect(columns(15..<45, 118..<200).count > 15)
  }

  @Test("a drawing of a picture that was never given is an error, and so is a window without a display")
  func faults() throws {
    var drawing = Drawing()
    drawing.picture(7, in: PixelRect(x: 0, y: 0, width: 10, height: 10))
    #expect {
      try shown(drawing)
    } throws: {
      ($0 as? RehearsalError)?.message == "cannot draw the window: there is no picture in slot 7"
    }
    unsetenv("DISPLAY")
    #expect {
      try Window(
        title: "test", width: 200, height: 100, regularFont: Self.fonts + ".ttf", boldFont: Self.fonts + "-Bold.ttf")
    } throws: {
      ($0 as? RehearsalError)?.remedy.contains("xvfb-run -a") == true
    }
    #expect(Window.liveCount == 0)
  }

  @Test("keys have names by GLFW's numbers, letters and digits by their characters")
  func keys() {
    #expect(Key(glfwCode: 65) == .character("A") && Key(glfwCode: 49) == .character("1"))
    #expect(Key(glfwCode: 256) == .escape && Key(glfwCode: 301) == .function(12) && Key(glfwCode: 340) == .shift)
    #expect(Key(glfwCode: 9999) == .other)
  }
}
