internal import CURDF
internal import RehearsalCore

/// The robot that urdfdom reads from `text`.
func urdfDescription(of text: String) throws(NativeError) -> URDFDescription {
  try URDFModelHandle(text).description
}

private final class URDFModelHandle {
  private let handle: curdf_model

  init(_ text: String) throws(NativeError) {
    var handle = curdf_model()
    try nativeCall { curdf_model_parse(text, &handle, $0, $1) }
    self.handle = handle
  }

  deinit { curdf_model_free(handle) }

  var description: URDFDescription {
    var description = URDFDescription(
      name: String(cString: curdf_model_name(handle)), links: rows(curdf_model_links).map(URDFLink.init),
      joints: rows(curdf_model_joints).map(URDFJoint.init),
      materials: rows(curdf_model_materials).map(URDFMaterial.init))
    for row in rows(curdf_model_shapes) { description.links[Int(row.link)].shapes.append(URDFShape(row)) }
    return description
  }

  private func rows<Row>(
    _ read: (curdf_model, UnsafeMutablePointer<Int>?) -> UnsafePointer<Row>?
  ) -> UnsafeBufferPointer<Row> {
    var count = 0
    let start = read(handle, &count)
    return UnsafeBufferPointer(start: start, count: count)
  }
}

extension Vector3 {
  fileprivate init(_ v: (Double, Double, Double)) { self.init(v.0, v.1, v.2) }
}

extension Pose {
  fileprivate init(_ pose: curdf_pose) {
    let q = pose.orientation
    self.init(
      position: Vector3(pose.position), orientation: Quaternion(x: q.0, y: q.1, z: q.2, w: q.3).normalized)
  }
}

extension URDFLink {
  fileprivate init(_ row: curdf_link) {
    let i = row.inertia
    self.init(
      name: String(cString: row.name),
      inertial: row.has_inertial
        ? Inertial(
          mass: row.mass, linkFromInertial: Pose(row.inertial_origin),
          inertia: SymmetricMatrix3(xx: i.0, yy: i.1, zz: i.2, xy: i.3, xz: i.4, yz: i.5))
        : nil)
  }
}

extension URDFShape {
  fileprivate init(_ row: curdf_shape) {
    let size = Vector3(row.size)
    let geometry: Geometry =
      switch Int(row.kind) {
      case CURDF_SPHERE: .sphere(radius: size.x)
      case CURDF_CYLINDER: .cylinder(radius: size.x, length: size.y)
      case CURDF_MESH: .mesh(file: String(cString: row.mesh), scale: size)
      default: .box(size: size)
      }
    self.init(
      geometry: geometry, linkFromShape: Pose(row.origin), isVisual: row.is_visual,
      material: row.material < 0 ? nil : Int(row.material))
  }
}

extension URDFMaterial {
  fileprivate init(_ row: curdf_material) {
    self.init(
      name: String(cString: row.name), red: row.rgba.0, green: row.rgba.1, blue: row.rgba.2,
      textureFile: String(cString: row.texture))
  }
}

extension URDFJoint {
  fileprivate init(_ row: curdf_joint) {
    let kind: Kind =
      switch Int(row.kind) {
      case CURDF_REVOLUTE: .moving(.revolute)
      case CURDF_CONTINUOUS: .moving(.continuous)
      case CURDF_PRISMATIC: .moving(.prismatic)
      default: .fixed
      }
    self.init(
      name: String(cString: row.name), kind: kind, parent: Int(row.parent), child: Int(row.child),
      parentFromJoint: Pose(row.origin), axis: Vector3(row.axis), lower: row.lower, upper: row.upper,
      effort: row.effort, velocity: row.velocity, damping: row.damping, friction: row.friction,
      mimic: row.mimic < 0 ? nil : Mimic(joint: Int(row.mimic), multiplier: row.mimic_multiplier))
  }
}
