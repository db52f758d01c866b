internal import Foundation
internal import RehearsalCore

/// The meshes and pictures that URDFs name, read once each.
struct URDFAssets {
  private(set) var meshes: [TriangleMesh] = []
  private(set) var images: [TextureImage] = []
  private(set) var files: [String] = []
  private var meshIndex: [String: Int] = [:]
  private var imageIndex: [String: Int] = [:]

  /// The mesh that the URDF `urdf` calls `name`.
  func mesh(_ name: String, of urdf: String) -> MeshID? {
    meshIndex[AssetPath.resolve(name, from: urdf)].map(MeshID.init)
  }

  func image(_ name: String, of urdf: String) -> Int? { imageIndex[AssetPath.resolve(name, from: urdf)] }

  /// Reads every file that the elements name and returns what could not be read.
  mutating func load(_ elements: [XMLElement], of urdf: String) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for element in elements where element.tag == "mesh" || element.tag == "texture" {
      guard let name = element.attribute("filename"), !name.value.isEmpty else { continue }
      do {
        let path = AssetPath.resolve(name.value, from: urdf)
        if element.tag == "mesh" { try loadMesh(path) } else { try loadImage(path) }
      } catch {
        let message = (error as? RehearsalError)?.message ?? "\(error)"
        diagnostics.append(Diagnostic(file: urdf, line: name.line, column: name.column, message: message))
      }
    }
    return diagnostics
  }

  private mutating func loadMesh(_ path: String) throws {
    guard meshIndex[path] == nil else { return }
    let mesh = try MeshLoader.load(path: path)
    meshIndex[path] = meshes.count
    meshes.append(mesh)
    files.append(path)
  }

  private mutating func loadImage(_ path: String) throws {
    guard imageIndex[path] == nil else { return }
    let image = try ImageLoader.load(path: path)
    imageIndex[path] = images.count
    images.append(image)
    files.append(path)
  }
}
