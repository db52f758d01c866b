internal import CEmbree
internal import RehearsalCore

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
