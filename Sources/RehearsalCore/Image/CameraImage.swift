/// What a camera saw: row 0 at the top, column 0 at the left.
public struct CameraImage: Sendable {
  public var width: Int
  public var height: Int
  /// sRGB, width · height · 3 bytes; empty if not asked for.
  public var rgb: [UInt8]
  /// Distance along the camera's optical axis in metres, infinity where nothing is hit; empty if not asked for.
  public var depth: [Float]
  /// `BodyID.rawValue + 1`, 0 for the background; empty if not asked for.
  public var segmentation: [UInt16]

  public init(width: Int, height: Int, rgb: [UInt8] = [], depth: [Float] = [], segmentation: [UInt16] = []) {
    self.width = width
    self.height = height
    self.rgb = rgb
    self.depth = depth
    self.segmentation = segmentation
  }
}

/// Which images a camera makes.
public struct ImageChannels: OptionSet, Hashable, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let rgb = ImageChannels(rawValue: 1)
  public static let depth = ImageChannels(rawValue: 2)
  public static let segmentation = ImageChannels(rawValue: 4)
}
