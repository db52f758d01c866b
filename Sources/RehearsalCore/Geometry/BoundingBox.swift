/// An axis-aligned box; empty until something is added.
public struct BoundingBox: Hashable, Sendable {
  public var minimum = Vector3(repeating: .infinity)
  public var maximum = Vector3(repeating: -.infinity)

  public init() {}

  public init(minimum: Vector3, maximum: Vector3) {
    self.minimum = minimum
    self.maximum = maximum
  }

  public var isEmpty: Bool { minimum.x > maximum.x }
  public var center: Vector3 { (minimum + maximum) / 2 }
  public var size: Vector3 { maximum - minimum }

  public mutating func add(_ point: Vector3) {
    minimum = pointwiseMin(minimum, point)
    maximum = pointwiseMax(maximum, point)
  }

  public func contains(_ point: Vector3) -> Bool {
    point.x >= minimum.x && point.y >= minimum.y && point.z >= minimum.z && point.x <= maximum.x
      && point.y <= maximum.y && point.z <= maximum.z
  }

  public var corners: [Vector3] {
    (0..<8).map { corner in
      Vector3(
        corner & 1 == 0 ? minimum.x : maximum.x, corner & 2 == 0 ? minimum.y : maximum.y,
        corner & 4 == 0 ? minimum.z : maximum.z)
    }
  }
}
