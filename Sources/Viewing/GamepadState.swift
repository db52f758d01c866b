/// A gamepad's sticks and buttons, laid out as on an Xbox controller.
public struct GamepadState: Hashable, Sendable {
  /// −1…1 to the right and, unlike the hardware, upward.
  public var leftStick = SIMD2(0.0, 0.0)
  public var rightStick = SIMD2(0.0, 0.0)
  /// 0…1.
  public var leftTrigger = 0.0
  public var rightTrigger = 0.0
  public var buttons: Set<Button> = []

  public enum Button: Int, Hashable, Sendable, CaseIterable {
    case a, b, x, y, leftBumper, rightBumper, back, start, guide, leftThumb, rightThumb, up, right, down, left
  }

  public init() {}
}
