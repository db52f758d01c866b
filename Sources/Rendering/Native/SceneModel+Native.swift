internal import CEmbree
internal import RehearsalCore

extension SceneModel {
  /// The shapes to draw: visible, of present bodies.
  var nativeShapes: [cembree_shape] {
    var result: [cembree_shape] = []
    for (body, model) in bodies.enumerated() where model.isPresent {
      for shape in model.shapes where shape.isVisible { result.append(cembree_shape(shape, body: body)) }
    }
    return result
  }
}

extension cembree_shape {
  init(_ shape: ShapeModel, body: Int) {
    self.init()
    self.body = Int32(body)
    material = Int32(shape.material.rawValue)
    body_from_shape = shape.bodyFromShape.tuple
    switch shape.geometry {
    case .box(let size):
      kind = Int32(CEMBREE_BOX)
      self.size = size.tuple
    case .sphere(let radius):
      kind = Int32(CEMBREE_SPHERE)
      size = (radius, 0, 0)
    case .cylinder(let radius, let length):
      kind = Int32(CEMBREE_CYLINDER)
      size = (radius, length, 0)
    case .cone(let radius, let length):
      kind = Int32(CEMBREE_CONE)
      size = (radius, length, 0)
    case .capsule(let radius, let length):
      kind = Int32(CEMBREE_CAPSULE)
      size = (radius, length, 0)
    case .plane(let drawnSize):
      kind = Int32(CEMBREE_PLANE)
      size = (drawnSize, 0, 0)
    case .mesh(let id, let scale):
      kind = Int32(CEMBREE_MESH)
      mesh = Int32(id.rawValue)
      size = scale.tuple
    }
  }
}

extension NativeTracer {
  /// Replaces every mesh and image.
  func setAssets(of scene: SceneModel) throws {
    try native { cembree_tracer_clear_assets(handle, $0, $1) }
    for mesh in scene.meshes { try add(mesh) }
    for image in scene.images {
      try native { error, capacity in
        image.rgb.withUnsafeBufferPointer {
          cembree_tracer_add_image(
            handle, Int32(image.width), Int32(image.height), $0.baseAddress, error, capacity)
        }
      }
    }
  }

  private func add(_ mesh: TriangleMesh) throws {
    try native { error, capacity in
      withFloats(mesh.vertices) { vertices in
        withFloats(mesh.normals) { normals in
          withFloats(mesh.textureCoordinates) { coordinates in
            mesh.triangles.withUnsafeBufferPointer { triangles in
              cembree_tracer_add_mesh(
                handle, vertices, mesh.vertices.count, normals, coordinates, triangles.baseAddress, triangles.count,
                error, capacity)
            }
          }
        }
      }
    }
  }
}

/// The vectors' storage as numbers (a SIMD3 takes four places), or nil if there are none.
func withFloats<V: SIMD, R>(_ vectors: [V], _ body: (UnsafePointer<Float>?) -> R) -> R
where V.Scalar == Float {
  vectors.withUnsafeBytes { body($0.isEmpty ? nil : $0.bindMemory(to: Float.self).baseAddress) }
}
