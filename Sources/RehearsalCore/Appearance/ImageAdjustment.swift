/// One draw of the changes made to a picture after rendering, in the order of the properties. Neutral by default.
public struct ImageAdjustment: Hashable, Sendable {
  /// Rotation about the centre; edges repeat.
  public var rotationDegrees: Double = 0
  /// Factors on sRGB values; 1 is neutral.
  public var brightness: Double = 1
  public var contrast: Double = 1
  public var saturation: Double = 1
  /// Shift of the hue in turns, -0.5…0.5.
  public var hueTurns: Double = 0
  public var gamma: Double = 1
  public var isGrayscale: Bool = false
  /// Shadow masks: everything on one side of a line is multiplied by `factor`.
  public var shadows: [ShadowMask] = []
  /// Standard deviation of a Gaussian blur, pixels.
  public var blurPixels: Double = 0
  /// Standard deviation of additive Gaussian noise, of 255.
  public var noise: Double = 0
  public var noiseSeed: UInt64 = 0

  public struct ShadowMask: Hashable, Sendable {
    /// A point of the edge, in fractions of width and height, and the direction of its normal.
    public var x: Double
    public var y: Double
    public var angle: Double
    public var factor: Double
    public init(x: Double, y: Double, angle: Double, factor: Double) {
      self.x = x
      self.y = y
      self.angle = angle
      self.factor = factor
    }
  }

  public init() {}
  public static let neutral = ImageAdjustment()
}
