/// A colour that instructions can name.
public enum NamedColor: String, CaseIterable, Sendable {
  case red, green, blue, yellow, orange, purple, cyan, pink, white, black, gray, brown

  /// Its nominal linear RGB.
  public var color: Color {
    switch self {
    case .red: Color(0.72, 0.02, 0.02)
    case .green: Color(0.03, 0.42, 0.05)
    case .blue: Color(0.02, 0.08, 0.68)
    case .yellow: Color(0.86, 0.66, 0.01)
    case .orange: Color(0.86, 0.20, 0.01)
    case .purple: Color(0.26, 0.03, 0.50)
    case .cyan: Color(0.02, 0.55, 0.62)
    case .pink: Color(0.86, 0.22, 0.46)
    case .white: Color(0.85, 0.85, 0.85)
    case .black: Color(0.02, 0.02, 0.02)
    case .gray: Color(0.25, 0.25, 0.25)
    case .brown: Color(0.23, 0.10, 0.04)
    }
  }
}
