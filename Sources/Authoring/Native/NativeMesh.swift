internal import CMesh
internal import RehearsalCore

/// The triangles of a mesh file, through assimp.
func readMesh(_ path: String) throws(NativeError) -> TriangleMesh { try MeshHandle(path).mesh }

/// The pixels of a picture file, through stb_image.
func readImage(_ path: String) throws(NativeError) -> TextureImage { try ImageHandle(path).image }

private final class MeshHandle {
  private let handle: cmesh_mesh

  init(_ path: String) throws(NativeError) {
    var handle = cmesh_mesh()
    try nativeCall { cmesh_mesh_read(path, &handle, $0, $1) }
    self.handle = handle
  }

  deinit { cmesh_mesh_free(handle) }

  var mesh: TriangleMesh {
    let count = cmesh_mesh_vertex_count(handle)
    let isTextured = cmesh_mesh_has_texture_coordinates(handle)
    var vertices = [Float](repeating: 0, count: count * 3)
    var normals = vertices
    var coordinates = [Float](repeating: 0, count: isTextured ? count * 2 : 0)
    var triangles = [UInt32](repeating: 0, count: cmesh_mesh_triangle_count(handle) * 3)
    coordinates.withUnsafeMutableBufferPointer {
      cmesh_mesh_copy(handle, &vertices, &normals, isTextured ? $0.baseAddress : nil, &triangles)
    }
    return TriangleMesh(
      vertices: triples(vertices), normals: triples(normals),
      textureCoordinates: (0..<(coordinates.count / 2)).map { SIMD2(coordinates[$0 * 2], coordinates[$0 * 2 + 1]) },
      triangles: triangles)
  }

  private func triples(_ values: [Float]) -> [SIMD3<Float>] {
    (0..<(values.count / 3)).map { SIMD3(values[$0 * 3], values[$0 * 3 + 1], values[$0 * 3 + 2]) }
  }
}

private final class ImageHandle {
  private let handle: cmesh_image

  init(_ path: String) throws(NativeError) {
    var handle = cmesh_image()
    try nativeCall { cmesh_image_read(path, &handle, $0, $1) }
    self.handle = handle
  }

  deinit { cmesh_image_free(handle) }

  var image: TextureImage {
    let (width, height) = (Int(cmesh_image_width(handle)), Int(cmesh_image_height(handle)))
    var rgb = [UInt8](repeating: 0, count: width * height * 3)
    cmesh_image_copy(handle, &rgb)
    return TextureImage(width: width, height: height, rgb: rgb)
  }
}
