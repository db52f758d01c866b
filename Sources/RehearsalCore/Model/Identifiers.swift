/// A typed, dense index: 0 ..< count of its kind within one `SceneModel`.
public protocol DenseIndex: RawRepresentable, Hashable, Sendable where RawValue == Int {
  init(rawValue: Int)
}

extension DenseIndex {
  public init(_ rawValue: Int) { self.init(rawValue: rawValue) }
}

/// A rigid body: a robot or fixture link, a free object, or static scenery. Also the value of segmentation pixels, plus 1.
public struct BodyID: DenseIndex {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
}

/// A joint with one degree of freedom.
public struct JointID: DenseIndex {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
}

public struct CameraID: DenseIndex {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
}

public struct MaterialID: DenseIndex {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
}

public struct MeshID: DenseIndex {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
}

extension Array {
  public subscript<ID: DenseIndex>(id: ID) -> Element {
    _read { yield self[id.rawValue] }
    _modify { yield &self[id.rawValue] }
  }
}
