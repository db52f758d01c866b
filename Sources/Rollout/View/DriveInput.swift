import RehearsalCore
import Viewing

/// How a person wants the robot to move now, every number in [−1, 1].
struct DriveInput: Hashable, Sendable {
  var forward = 0.0
  /// To the left.
  var yaw = 0.0
  /// Of the end effector, along the axes of the arm's base: away, left, up.
  var translation = Vector3.zero
  /// About the same axes.
  var rotation = Vector3.zero

  init() {}

  /// From the keys that are held down and the gamepad, if there is one; what both ask for adds up.
  init(held keys: Set<Key>, gamepad: GamepadState?) {
    self.init(held: keys)
    if let gamepad { add(gamepad) }
    forward = min(max(forward, -1), 1)
    yaw = min(max(yaw, -1), 1)
    translation = pointwiseMin(pointwiseMax(translation, Vector3(repeating: -1)), Vector3(repeating: 1))
    rotation = pointwiseMin(pointwiseMax(rotation, Vector3(repeating: -1)), Vector3(repeating: 1))
  }

  private init(held keys: Set<Key>) {
    func axis(_ plus: Character, _ minus: Character) -> Double {
      (keys.contains(.character(plus)) ? 1 : 0) - (keys.contains(.character(minus)) ? 1 : 0)
    }
    let share = keys.contains(.control) ? 0.25 : 1
    forward = axis("W", "S") * share
    yaw = axis("A", "D") * share
    let hand = Vector3(axis("I", "K"), axis("J", "L"), axis("U", "O")) * share
    if keys.contains(.shift) {
      // Tipping away turns about the axis to the left, tipping left about the one that points back.
      rotation = Vector3(-hand.y, hand.x, hand.z)
    } else {
      translation = hand
    }
  }

  /// Left stick: base. Right stick: hand, or with the left bumper its turns. Triggers: down and up.
  private mutating func add(_ pad: GamepadState) {
    func eased(_ value: Double) -> Double { abs(value) < 0.12 ? 0 : value * abs(value) }
    forward += eased(pad.leftStick.y)
    yaw -= eased(pad.leftStick.x)
    let hand = Vector3(
      eased(pad.rightStick.y), -eased(pad.rightStick.x), eased(pad.rightTrigger) - eased(pad.leftTrigger))
    if pad.buttons.contains(.leftBumper) {
      rotation += Vector3(-hand.y, hand.x, hand.z)
    } else {
      translation += hand
    }
  }

  /// What a gamepad's buttons do once they go down.
  static func action(for button: GamepadState.Button) -> ViewAction? {
    switch button {
    case .a: .gripper
    case .b: .again
    case .x: .takeOver
    case .y: .nextEpisode
    case .start: .playPause
    case .back: .toggle(.help)
    default: nil
    }
  }
}
