import RehearsalCore

/// The vertices from which convex hulls of meshes are made.
struct HullStore {
  let meshes: [TriangleMesh]

  /// xyz triples of a mesh's distinct vertices, scaled; empty for other geometries.
  func points(of geometry: Geometry) -> [Float] {
    guard case .mesh(let id, let scale) = geometry else { return [] }
    let factor = SIMD3<Float>(scale)
    return meshes[id].vertices.flatMap { vertex in
      let p = vertex * factor
      return [p.x, p.y, p.z]
    }
  }
}
