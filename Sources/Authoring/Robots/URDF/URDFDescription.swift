internal import RehearsalCore

/// A URDF as it is written: every link and joint, fixed ones included, before any merging. Indices into its own arrays.
struct URDFDescription {
  var name: String
  var links: [URDFLink]
  var joints: [URDFJoint]
  var materials: [URDFMaterial]
}

struct URDFLink {
  var name: String
  var inertial: Inertial?
  var shapes: [URDFShape] = []

  struct Inertial {
    var mass: Double
    var linkFromInertial: Pose
    /// About the centre of mass, along the axes of `linkFromInertial`.
    var inertia: SymmetricMatrix3
  }
}

struct URDFShape {
  enum Geometry: Hashable {
    case box(size: Vector3)
    case sphere(radius: Double)
    case cylinder(radius: Double, length: Double)
    /// The file as written in the URDF.
    case mesh(file: String, scale: Vector3)
  }

  var geometry: Geometry
  var linkFromShape: Pose
  /// Drawn if true, collides if false.
  var isVisual: Bool
  var material: Int?
}

struct URDFMaterial {
  var name: String
  /// sRGB, 0…1.
  var red, green, blue: Double
  /// Empty if there is none.
  var textureFile: String
}

struct URDFJoint {
  enum Kind: Hashable {
    case fixed
    case moving(JointModel.Kind)
  }

  struct Mimic {
    var joint: Int
    var multiplier: Double
  }

  var name: String
  var kind: Kind
  var parent: Int
  var child: Int
  var parentFromJoint: Pose
  var axis: Vector3
  var lower, upper, effort, velocity: Double
  var damping, friction: Double
  var mimic: Mimic?
}
