internal import CWindow

extension WindowEvent {
  init?(_ event: cwindow_event) {
    let modifiers = KeyModifiers(rawValue: Int(event.modifiers) & 7)
    switch event.kind {
    case CWINDOW_KEY:
      let key = Key(glfwCode: Int(event.code))
      self = event.motion == 0 ? .keyUp(key, modifiers) : .keyDown(key, modifiers, repeats: event.motion == 2)
    case CWINDOW_BUTTON:
      let button = [0: Button.left, 1: .right, 2: .middle][event.code] ?? .other
      self =
        event.motion == 0
        ? .buttonUp(button, x: event.x, y: event.y) : .buttonDown(button, modifiers, x: event.x, y: event.y)
    case CWINDOW_MOVE: self = .moved(x: event.x, y: event.y)
    case CWINDOW_SCROLL: self = .scrolled(event.y)
    case CWINDOW_CLOSE: self = .closed
    case CWINDOW_FOCUS_LOST: self = .focusLost
    case CWINDOW_DAMAGE: self = .damaged
    default: return nil
    }
  }
}

extension Key {
  /// Of the key that GLFW gives this number; letters and digits have their ASCII codes.
  init(glfwCode code: Int) {
    switch code {
    case 48...57, 65...90: self = .character(Character(Unicode.Scalar(UInt8(code))))
    case 32: self = .space
    case 44: self = .comma
    case 45: self = .minus
    case 46: self = .period
    case 61: self = .equal
    case 256: self = .escape
    case 257, 335: self = .enter
    case 258: self = .tab
    case 259: self = .backspace
    case 262: self = .right
    case 263: self = .left
    case 264: self = .down
    case 265: self = .up
    case 268: self = .home
    case 269: self = .end
    case 290...314: self = .function(code - 289)
    case 340, 344: self = .shift
    case 341, 345: self = .control
    case 342, 346: self = .alt
    default: self = .other
    }
  }
}

extension GamepadState {
  init(_ native: cwindow_gamepad) {
    let axes = native.axes
    leftStick = SIMD2(Double(axes.0), -Double(axes.1))
    rightStick = SIMD2(Double(axes.2), -Double(axes.3))
    leftTrigger = (Double(axes.4) + 1) / 2
    rightTrigger = (Double(axes.5) + 1) / 2
    buttons = withUnsafeBytes(of: native.buttons) { bytes in
      Set(Button.allCases.filter { bytes[$0.rawValue] != 0 })
    }
  }
}
