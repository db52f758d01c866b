import CWindow
import Testing

@testable import Viewing

@Suite("A gamepad") struct GamepadTests {
  @Test("axes and buttons are taken in GLFW's order: sticks up and triggers pulled are positive")
  func order() {
    var native = cwindow_gamepad()
    native.axes = (0.25, -0.5, -1, 1, 1, -1)
    native.buttons.1 = 1  // B
    native.buttons.4 = 1  // left bumper
    native.buttons.7 = 1  // Start
    let pad = GamepadState(native)
    #expect(pad.leftStick == SIMD2(0.25, 0.5) && pad.rightStick == SIMD2(-1, -1))
    #expect(pad.leftTrigger == 1 && pad.rightTrigger == 0)
    #expect(pad.buttons == [.b, .leftBumper, .start])
  }
}
