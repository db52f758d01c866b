/// A source of light.
public struct Light: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Parallel light that travels along `direction`; `color` is its irradiance.
    case directional(direction: Vector3)
    /// `color` is its irradiance at a distance of 1 m, falling with the square of the distance.
    case point(position: Vector3)
    /// A point light within a cone about `direction`; full inside `innerAngle`, none outside `outerAngle` (half angles).
    case spot(position: Vector3, direction: Vector3, innerAngle: Double, outerAngle: Double)
  }

  public var kind: Kind
  public var color: Color
  public var castsShadow: Bool
  /// Half angle in radians (directional) or radius in metres (point, spot) of the source; 0 gives hard shadows.
  public var softness: Double

  public init(kind: Kind, color: Color, castsShadow: Bool = true, softness: Double = 0) {
    self.kind = kind
    self.color = color
    self.castsShadow = castsShadow
    self.softness = softness
  }

  /// The colour of a black body at `kelvin` (1000…15000), scaled so that its largest channel is 1.
  ///
  /// Linear sRGB from Krystek's chromaticity approximation (Color Research & Application 10, 1985).
  public static func blackBody(kelvin: Double) -> Color {
    let t = min(max(kelvin, 1000), 15000)
    let u = (0.860117757 + 1.54118254e-4 * t + 1.28641212e-7 * t * t) / (1 + 8.42420235e-4 * t + 7.08145163e-7 * t * t)
    let v = (0.317398726 + 4.22806245e-5 * t + 4.20481691e-8 * t * t) / (1 - 2.89741816e-5 * t + 1.61456053e-7 * t * t)
    let x = 3 * u / (2 * u - 8 * v + 4)
    let y = 2 * v / (2 * u - 8 * v + 4)
    let (bigX, bigZ) = (x / y, (1 - x - y) / y)
    let red = 3.2406 * bigX - 1.5372 - 0.4986 * bigZ
    let green = -0.9689 * bigX + 1.8758 + 0.0415 * bigZ
    let blue = 0.0557 * bigX - 0.2040 + 1.0570 * bigZ
    let peak = max(red, green, blue)
    return Color(max(red, 0) / peak, max(green, 0) / peak, max(blue, 0) / peak)
  }
}
