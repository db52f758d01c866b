internal import RehearsalCore

extension CanonicalJSON {
  /// Any value of RehearsalCore, by reflection: structs by their stored properties, enumerations by case and payload.
  ///
  /// By reflection, so that a property added later changes the protocol's id without anyone having to think of it.
  init(reflecting value: Any) {
    switch value {
    case let value as Bool: self = .bool(value)
    case let value as Int: self = .number(String(value))
    case let value as UInt32: self = .number(String(value))
    case let value as UInt64: self = .number(String(value))
    case let value as Double: self = .number(value)
    case let value as String: self = .string(value)
    case let value as Vector3: self = .array([value.x, value.y, value.z].map { .number($0) })
    case let value as SIMD2<Double>: self = .array([value.x, value.y].map { .number($0) })
    case let value as TriangleMesh: self = .string(value.contentHash)
    case let value as TextureImage: self = .string(value.contentHash)
    case let value as any DenseIndex: self = .number(String(value.rawValue))
    case let value as ClosedRange<Int>: self = .array([value.lowerBound, value.upperBound].map { .number(String($0)) })
    case let value as ClosedRange<Double>: self = .array([value.lowerBound, value.upperBound].map { .number($0) })
    default: self = Self.composite(value)
    }
  }

  private static func composite(_ value: Any) -> CanonicalJSON {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { CanonicalJSON(reflecting: $0.value) } ?? .null
    case .collection: return .array(mirror.children.map { CanonicalJSON(reflecting: $0.value) })
    case .dictionary:
      return .object(
        Dictionary(
          uniqueKeysWithValues: mirror.children.map { pair in
            let parts = Mirror(reflecting: pair.value).children.map(\.value)
            return ("\(parts[0])", CanonicalJSON(reflecting: parts[1]))
          }))
    case .enum:
      guard let payload = mirror.children.first else { return .string("\(value)") }
      return .object([payload.label ?? "": CanonicalJSON(reflecting: payload.value)])
    case .struct, .tuple:
      return .object(
        Dictionary(
          uniqueKeysWithValues: mirror.children.enumerated().map { index, child in
            (child.label ?? String(index), CanonicalJSON(reflecting: child.value))
          }))
    default: preconditionFailure("\(type(of: value)) is no value of RehearsalCore")
    }
  }
}

extension TriangleMesh {
  fileprivate var contentHash: String {
    var hash = XXHash64()
    vertices.withUnsafeBytes { hash.update($0) }
    normals.withUnsafeBytes { hash.update($0) }
    textureCoordinates.withUnsafeBytes { hash.update($0) }
    triangles.withUnsafeBytes { hash.update($0) }
    return hash.digest.hexadecimal
  }
}

extension TextureImage {
  fileprivate var contentHash: String {
    var hash = XXHash64()
    hash.update(UInt64(width))
    rgb.withUnsafeBytes { hash.update($0) }
    return hash.digest.hexadecimal
  }
}
