/// Linear (not gamma-encoded) red, green and blue; 0…1 for surfaces, any non-negative value for light.
public struct Color: Hashable, Sendable {
  public var red, green, blue: Double

  public init(_ red: Double, _ green: Double, _ blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  public static let white = Color(1, 1, 1)
  public static let black = Color(0, 0, 0)

  public static func * (color: Color, factor: Double) -> Color {
    Color(color.red * factor, color.green * factor, color.blue * factor)
  }
}

/// How a surface looks.
public struct Material: Hashable, Sendable {
  public var name: String
  public var color: Color
  /// 0 mirror-smooth … 1 matte.
  public var roughness: Double
  /// Strength of the highlight, 0…1.
  public var specular: Double
  public var texture: Texture?

  public init(name: String, color: Color, roughness: Double = 0.6, specular: Double = 0.3, texture: Texture? = nil) {
    self.name = name
    self.color = color
    self.roughness = roughness
    self.specular = specular
    self.texture = texture
  }
}

/// A pattern over a surface, in the shape's own coordinates, so that it moves with the shape.
public struct Texture: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable { case checker, noise, wood, stripes, image }

  public var kind: Kind
  /// The pattern's other colour; unused by images, which multiply the material's colour.
  public var secondColor: Color
  /// Metres: edge of a checker, period of stripes and rings, feature size of noise, width of one image repeat.
  public var scale: Double
  /// Chooses among the patterns of noise and wood.
  public var seed: UInt32
  /// Index into `SceneModel.images`; for images only.
  public var image: Int

  public init(kind: Kind, secondColor: Color = .black, scale: Double, seed: UInt32 = 0, image: Int = 0) {
    self.kind = kind
    self.secondColor = secondColor
    self.scale = scale
    self.seed = seed
    self.image = image
  }
}

/// A picture that textures refer to: sRGB, 8 bits a channel, row 0 at the top.
public struct TextureImage: Hashable, Sendable {
  public var width: Int
  public var height: Int
  /// width · height · 3 bytes.
  public var rgb: [UInt8]

  public init(width: Int, height: Int, rgb: [UInt8]) {
    precondition(rgb.count == width * height * 3, "\(rgb.count) bytes for \(width)×\(height)")
    self.width = width
    self.height = height
    self.rgb = rgb
  }
}
