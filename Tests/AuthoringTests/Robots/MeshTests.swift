import Foundation
import RehearsalCore
import Testing

@testable import Authoring

@Suite("Mesh and picture files") struct MeshTests {
  /// A cube's corners and its faces, counter-clockwise seen from outside.
  static let corners = (0..<8).map { Vector3($0 & 1 == 0 ? -1 : 1, $0 & 2 == 0 ? -2 : 2, $0 & 4 == 0 ? 0 : 3) }
  static let quads = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]]
  static var triangles: [[Int]] { quads.flatMap { [[$0[0], $0[1], $0[2]], [$0[0], $0[2], $0[3]]] } }

  static func text(_ ending: String) -> String {
    switch ending {
    case "stl": stl
    case "obj": obj
    default: dae
    }
  }

  private static var stl: String {
    let facets = triangles.map { face in
      let lines = face.map { "vertex \(corners[$0].x) \(corners[$0].y) \(corners[$0].z)\n" }.joined()
      return "facet normal 0 0 0\nouter loop\n\(lines)endloop\nendfacet\n"
    }
    return "solid cube\n\(facets.joined())endsolid cube\n"
  }

  private static var obj: String {
    corners.map { "v \($0.x) \($0.y) \($0.z)\n" }.joined()
      + quads.map { "f " + $0.map { "\($0 + 1)" }.joined(separator: " ") + "\n" }.joined()
  }

  /// In centimetres, z up: readers must give metres and leave the axes alone.
  private static var dae: String {
    let positions = corners.map { "\($0.x * 100) \($0.y * 100) \($0.z * 100)" }.joined(separator: " ")
    let indices = triangles.joined().map(String.init).joined(separator: " ")
    return """
      <?xml version="1.0"?>
      <COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1">
        <asset><unit name="centimeter" meter="0.01"/><up_axis>Z_UP</up_axis></asset>
        <library_geometries><geometry id="g"><mesh>
          <source id="p"><float_array id="pa" count="24">\(positions)</float_array><technique_common>
            <accessor source="#pa" count="8" stride="3"><param name="X" type="float"/><param name="Y" type="float"/>
            <param name="Z" type="float"/></accessor></technique_common></source>
          <vertices id="v"><input semantic="POSITION" source="#p"/></vertices>
          <triangles count="12"><input semantic="VERTEX" source="#v" offset="0"/><p>\(indices)</p></triangles>
        </mesh></geometry></library_geometries>
        <library_visual_scenes><visual_scene id="s"><node id="n"><instance_geometry url="#g"/></node></visual_scene>
        </library_visual_scenes>
        <scene><instance_visual_scene url="#s"/></scene>
      </COLLADA>
      """
  }

  /// A bitmap of 2×2 pixels; BMP stores rows from the bottom, blue first.
  static func writePicture(in folder: ScratchFolder) throws -> String {
    var header = Data("BM".utf8)
    for field in [70, 0, 54, 40, 2, 2, 1 | 24 << 16, 0, 16, 0, 0, 0, 0] as [UInt32] {
      withUnsafeBytes(of: field.littleEndian) { header.append(contentsOf: $0) }
    }
    let rows: [UInt8] = [0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 4, 0, 0]
    let path = folder.path + "/p.bmp"
    try (header + rows).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test(
    "a cube keeps its bounds, volume and outward faces", arguments: ["stl", "obj", "dae"])
  func cube(ending: String) throws {
    let folder = try ScratchFolder()
    let mesh = try MeshLoader.load(path: folder.write(Self.text(ending), to: "c." + ending))
    #expect(mesh.triangles.count == 36)
    let vertices = mesh.vertices.map { Vector3(Double($0.x), Double($0.y), Double($0.z)) }
    for axis in 0..<3 {
      #expect(abs(vertices.map { $0[axis] }.min()! - [-1, -2, 0][axis]) < 1e-5)
      #expect(abs(vertices.map { $0[axis] }.max()! - [1, 2, 3][axis]) < 1e-5)
    }
    var volume = 0.0
    for face in stride(from: 0, to: 36, by: 3) {
      let (a, b, c) = (
        vertices[Int(mesh.triangles[face])], vertices[Int(mesh.triangles[face + 1])],
        vertices[Int(mesh.triangles[face + 2])]
      )
      volume += a.dot(b.cross(c)) / 6
    }
    // Positive only if the faces look outward.
    #expect(abs(volume - 24) < 1e-4)
  }

  @Test(
    "a cube's edges stay sharp: each corner has three normals along the axes",
    arguments: ["stl", "obj"])
  func creases(ending: String) throws {
    let folder = try ScratchFolder()
    let mesh = try MeshLoader.load(path: folder.write(Self.text(ending), to: "c." + ending))
    #expect(mesh.vertices.count == 24)
    #expect(mesh.normals.allSatisfy { abs(max(abs($0.x), abs($0.y), abs($0.z)) - 1) < 1e-5 })
  }

  @Test("a picture's rows begin at the top")
  func picture() throws {
    let folder = try ScratchFolder()
    let image = try ImageLoader.load(path: Self.writePicture(in: folder))
    #expect(image.width == 2 && image.height == 2)
    #expect(image.rgb == [3, 0, 0, 4, 0, 0, 1, 0, 0, 2, 0, 0])
  }

  @Test("files that are no meshes or pictures are refused", arguments: ["x.stl", "x.obj", "x.dae", "x.png"])
  func garbage(name: String) throws {
    let folder = try ScratchFolder()
    let path = try folder.write("v 1\nsolid\u{1}\u{2}<COLLADA>", to: name)
    let error = #expect(throws: RehearsalError.self) {
      if name.hasSuffix("png") { _ = try ImageLoader.load(path: path) } else { _ = try MeshLoader.load(path: path) }
    }
    #expect(error?.code == .malformed)
    #expect(throws: RehearsalError.self) { try MeshLoader.load(path: folder.path + "/none.stl") }
    #expect(throws: RehearsalError.self) { try ImageLoader.load(path: folder.path) }
  }
}
