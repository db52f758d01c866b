/// A key that the viewer knows, by its place on an American keyboard.
public enum Key: Hashable, Sendable {
  /// A letter, capital, or a digit.
  case character(Character)
  case space, comma, period, minus, equal, tab, enter, backspace, escape
  case left, right, up, down, home, end
  case shift, control, alt
  case function(Int)
  /// Any other.
  case other
}

/// What is held down with a key or a button.
public struct KeyModifiers: OptionSet, Hashable, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let shift = KeyModifiers(rawValue: 1)
  public static let control = KeyModifiers(rawValue: 2)
  public static let alt = KeyModifiers(rawValue: 4)
}
