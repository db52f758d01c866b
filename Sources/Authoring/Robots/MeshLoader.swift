public import RehearsalCore

/// Reads triangle meshes: STL, OBJ, DAE and what else assimp knows.
public enum MeshLoader {
  /// Every triangle of the file as one mesh, in the file's own axes; edges sharper than 40° stay sharp.
  ///
  /// Metres, or the unit that the file declares turned into metres. Throws `RehearsalError` if there is no such file or
  /// it holds no readable triangle.
  public static func load(path: String) throws -> TriangleMesh {
    try requireFile(path, kind: "mesh")
    do {
      return try readMesh(path)
    } catch {
      throw RehearsalError(
        .malformed, "cannot read the mesh \(path): \(error.message)", remedy: "export it again as STL, OBJ or DAE")
    }
  }
}

/// Reads pictures: PNG, JPEG, BMP, TGA and what else stb_image knows.
public enum ImageLoader {
  /// The picture as sRGB without transparency. Throws `RehearsalError` if there is no such file or it is no picture.
  public static func load(path: String) throws -> TextureImage {
    try requireFile(path, kind: "picture")
    do {
      return try readImage(path)
    } catch {
      throw RehearsalError(
        .malformed, "cannot read the picture \(path): \(error.message)", remedy: "save it again as PNG or JPEG")
    }
  }
}
