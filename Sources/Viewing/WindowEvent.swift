/// What a person did to a window. Places are pixels of its picture, y downward.
public enum WindowEvent: Hashable, Sendable {
  public enum Button: Hashable, Sendable { case left, right, middle, other }

  /// `repeats`: held down, it goes down again.
  case keyDown(Key, KeyModifiers, repeats: Bool)
  case keyUp(Key, KeyModifiers)
  case buttonDown(Button, KeyModifiers, x: Double, y: Double)
  case buttonUp(Button, x: Double, y: Double)
  case moved(x: Double, y: Double)
  /// Notches of the wheel; positive away from the person.
  case scrolled(Double)
  case closed
  /// What was held down is no longer known.
  case focusLost
  /// Its size changed, or what covered it went away.
  case damaged
}
