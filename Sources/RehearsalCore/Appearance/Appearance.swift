/// Everything a picture depends on besides the scene and its state. Physics never sees it.
///
/// The exposure is fixed: ambient light and irradiance of 1 in all show a white matte surface as white. A main light of
/// 0.6…0.9, a second of half that, and ambient light of 0.25…0.35 look natural; spots and lamps at h metres need h²
/// times as much.
public struct Appearance: Hashable, Sendable {
  public var lights: [Light]
  /// Light that reaches every surface from everywhere.
  public var ambient: Color
  public var background: Background
  /// By `MaterialID`; as many as the scene has.
  public var materials: [Material]
  /// By `CameraID`; as many as the scene has.
  public var cameras: [CameraModel]

  public init(
    lights: [Light], ambient: Color, background: Background, materials: [Material], cameras: [CameraModel]
  ) {
    self.lights = lights
    self.ambient = ambient
    self.background = background
    self.materials = materials
    self.cameras = cameras
  }
}

/// What rays see that hit nothing.
public struct Background: Hashable, Sendable {
  /// Straight up, at the horizon, and straight down; blended between. Equal colours make a plain background.
  public var zenith: Color
  public var horizon: Color
  public var nadir: Color

  public init(zenith: Color, horizon: Color, nadir: Color) {
    self.zenith = zenith
    self.horizon = horizon
    self.nadir = nadir
  }
}

/// How much work a picture is given.
public struct RenderQuality: Hashable, Sendable {
  /// Rays a pixel, a square number: 1, 4, 9 or 16.
  public var samplesPerPixel: Int
  /// Shadow rays a light and sample, where the light is soft.
  public var shadowSamples: Int

  public init(samplesPerPixel: Int = 1, shadowSamples: Int = 1) {
    self.samplesPerPixel = samplesPerPixel
    self.shadowSamples = shadowSamples
  }

  /// For policies: one ray a pixel, hard shadows.
  public static let fast = RenderQuality()
  /// For people: antialiased, soft shadows.
  public static let reviewer = RenderQuality(samplesPerPixel: 4, shadowSamples: 4)
}
