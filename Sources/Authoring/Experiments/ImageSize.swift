/// Sides of the policy's pictures, in pixels: of all cameras, or by name.
struct ImageSize {
  var forAll: [Int]?
  var byCamera: [(camera: YAMLReader, name: String, sides: [Int])] = []

  /// `224`, `[width, height]`, or one of these for each of some cameras: `{wrist: 96, static: [128, 96]}`.
  init(_ reader: YAMLReader?) {
    guard let reader else { return }
    if reader.isMapping {
      byCamera = reader.mapping { map in map.entries.map { ($0.value, $0.name, Self.sides($0.value)) } } ?? []
    } else {
      forAll = Self.sides(reader)
    }
  }

  subscript(camera: String) -> [Int]? { byCamera.first { $0.name == camera }?.sides ?? forAll }

  private static func sides(_ reader: YAMLReader) -> [Int] {
    if reader.isScalar {
      let side = reader.integer(16...4096)
      return [side, side]
    }
    let sides = reader.elements.map { $0.integer(16...4096) }
    if sides.count == 2 { return sides }
    if reader.isSequence { reader.error("expected a whole number or [width, height]") }
    return [16, 16]
  }
}
