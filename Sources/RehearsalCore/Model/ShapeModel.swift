/// A solid's geometry, centred on its own frame; axes of cylinders, cones and capsules are +z.
public enum Geometry: Hashable, Sendable {
  /// Full edge lengths.
  case box(size: Vector3)
  case sphere(radius: Double)
  /// `length` along z, centred.
  case cylinder(radius: Double, length: Double)
  /// Apex at +length/2, base at -length/2.
  case cone(radius: Double, length: Double)
  /// `length` of the cylindrical part.
  case capsule(radius: Double, length: Double)
  /// The half-space below z = 0; drawn as a square of `drawnSize` edge length.
  case plane(drawnSize: Double)
  /// A triangle mesh of the scene; collides as its convex hull.
  case mesh(MeshID, scale: Vector3)
}

/// A piece of a body: where it is, what it looks like, and whether it is drawn, collides, or both.
public struct ShapeModel: Hashable, Sendable {
  public var geometry: Geometry
  public var bodyFromShape: Pose
  public var material: MaterialID
  public var isVisible: Bool
  public var collides: Bool

  public init(
    geometry: Geometry, bodyFromShape: Pose = .identity, material: MaterialID, isVisible: Bool = true,
    collides: Bool = true
  ) {
    self.geometry = geometry
    self.bodyFromShape = bodyFromShape
    self.material = material
    self.isVisible = isVisible
    self.collides = collides
  }
}

/// An indexed triangle mesh, metres; three vertex indices a triangle, counter-clockwise seen from outside.
public struct TriangleMesh: Hashable, Sendable {
  public var vertices: [SIMD3<Float>]
  /// One a vertex, or empty: then flat shading by face.
  public var normals: [SIMD3<Float>]
  /// One a vertex, or empty.
  public var textureCoordinates: [SIMD2<Float>]
  public var triangles: [UInt32]

  public init(
    vertices: [SIMD3<Float>], normals: [SIMD3<Float>] = [], textureCoordinates: [SIMD2<Float>] = [],
    triangles: [UInt32]
  ) {
    self.vertices = vertices
    self.normals = normals
    self.textureCoordinates = textureCoordinates
    self.triangles = triangles
  }
}
