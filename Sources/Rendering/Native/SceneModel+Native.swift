internal import CScene
internal import RehearsalCore

extension SceneModel {
  /// The shapes to draw: visible, of present bodies.
  var nativeShapes: [cscene_shape] {
    var result: [cscene_shape] = []
    for (body, model) in bodies.enumerated() where model.isPresent {
      for shape in model.shapes where shape.isVisible { result.append(cscene_shape(shape, body: body)) }
    }
    return result
  }
}

extension cscene_shape {
  init(_ shape: ShapeModel, body: Int) {
    self.init()
    self.body = Int32(body)
    material = Int32(shape.material.rawValue)
    body_from_shape = shape.bodyFromShape.tuple
    switch shape.geometry {
    case .box(let size):
      kind = Int32(CSCENE_BOX)
      self.size = size.tuple
    case .sphere(let radius):
      kind = Int32(CSCENE_SPHERE)
      size = (radius, 0, 0)
    case .cylinder(let radius, let length):
      kind = Int32(CSCENE_CYLINDER)
      size = (radius, length, 0)
    case .cone(let radius, let length):
      kind = Int32(CSCENE_CONE)
      size = (radius, length, 0)
    case .capsule(let radius, let length):
      kind = Int32(CSCENE_CAPSULE)
      size = (radius, length, 0)
    case .plane(let drawnSize):
      kind = Int32(CSCENE_PLANE)
      size = (drawnSize, 0, 0)
    case .mesh(let id, let scale):
      kind = Int32(CSCENE_MESH)
      mesh = Int32(id.rawValue)
      size = scale.tuple
    }
  }
}

/// The vectors' storage as numbers (a SIMD3 takes four places), or nil if there are none.
func withFloats<V: SIMD, R>(_ vectors: [V], _ body: (UnsafePointer<Float>?) -> R) -> R
where V.Scalar == Float {
  vectors.withUnsafeBytes { body($0.isEmpty ? nil : $0.bindMemory(to: Float.self).baseAddress) }
}
