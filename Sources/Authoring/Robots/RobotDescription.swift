internal import RehearsalCore

/// A `robot.yaml` as written: names of links and joints with the places where they stand, not yet looked up.
struct RobotDescription {
  /// A name in the file, and where it stands.
  struct Name {
    var text: String
    var place: YAMLReader
  }

  struct Part {
    var urdf: String
    /// The link that it is bolted to; nil for the first part.
    var attachTo: String?
    var parentFromPart: Pose

    func assemblyPart(relativeTo folder: String) -> URDFAssembly.Part {
      URDFAssembly.Part(
        file: AssetPath.join(folder, urdf), parentLink: attachTo, parentFromPart: parentFromPart)
    }
  }

  struct Camera {
    var link: Name
    /// Its body is filled in later.
    var model: CameraModel
  }

  struct Surface {
    var links: [Name]
    var properties: SurfaceProperties
  }

  struct Finish {
    var material: Name
    var roughness: Double
    var specular: Double
  }

  var name: String
  var rootIsFixed: Bool
  var selfCollides: Bool
  var parts: [Part]
  var drive: DriveDescription?
  var arm: ArmDescription?
  var gripper: GripperDescription?
  var surfaces: [Surface]
  var finishes: [Finish]
  var cameras: [Camera]

  private enum Root: String, CaseIterable { case fixed, floating }

  init(_ map: YAMLMapping) {
    name = map.string("name")
    let root: Root = map.choice("root")
    rootIsFixed = root == .fixed
    selfCollides = map.boolean("selfCollides", default: false)
    parts = [Part(urdf: map.string("urdf"), attachTo: nil, parentFromPart: .identity)]
    parts += map.list("parts").compactMap { place in
      place.mapping { Part(urdf: $0.string("urdf"), attachTo: $0.string("attachTo"), parentFromPart: $0.pose()) }
    }
    drive = map.child("drive")?.mapping { DriveDescription($0) }
    arm = map.child("arm")?.mapping { ArmDescription($0) }
    gripper = map.child("gripper")?.mapping { GripperDescription($0) }
    surfaces = map.list("surfaces").compactMap { $0.mapping(Surface.init) }
    finishes = map.child("materials")?.mapping { $0.entries.compactMap(Finish.init) } ?? []
    cameras = map.list("cameras").compactMap { $0.mapping(Camera.init) }
    for (index, camera) in cameras.enumerated()
    where cameras[..<index].contains(where: { $0.model.name == camera.model.name }) {
      map.list("cameras")[index].error("another camera is named \"\(camera.model.name)\" too")
    }
  }
}

struct DriveDescription {
  var leftWheels, rightWheels: [RobotDescription.Name]
  var wheelRadius, wheelSeparation: Double
  var maxLinearSpeed, maxAngularSpeed: Double
  var maxLinearAcceleration, maxAngularAcceleration: Double
  var frontReach: Double
  /// Of each wheel's motor, N·m.
  var maxEffort: Double

  init(_ map: YAMLMapping) {
    leftWheels = map.names("leftWheels")
    rightWheels = map.names("rightWheels")
    wheelRadius = map.number("wheelRadius", .positive)
    wheelSeparation = map.number("wheelSeparation", .positive)
    maxLinearSpeed = map.number("maxLinearSpeed", .positive)
    maxAngularSpeed = map.number("maxAngularSpeed", .positive)
    maxLinearAcceleration = map.number("maxLinearAcceleration", .positive)
    maxAngularAcceleration = map.number("maxAngularAcceleration", .positive)
    frontReach = map.number("frontReach", .positive)
    maxEffort = map.number("maxEffort", .positive)
  }
}

struct ArmDescription {
  var joints: [RobotDescription.Name]
  var base: RobotDescription.Name
  var endEffector: (link: RobotDescription.Name, linkFromFrame: Pose)
  var maxLinearSpeed, maxAngularSpeed: Double
  var workspaceMinimum, workspaceMaximum: Vector3
  var stiffness: Double
  var home: (positions: [Double], place: YAMLReader?)

  init(_ map: YAMLMapping) {
    joints = map.names("joints")
    base = map.name("base")
    endEffector =
      map.required("endEffector")?.mapping { ($0.name("link"), $0.pose()) }
      ?? (RobotDescription.Name(text: "", place: map.reader), .identity)
    maxLinearSpeed = map.number("maxLinearSpeed", .positive)
    maxAngularSpeed = map.number("maxAngularSpeed", .positive)
    let workspace = map.required("workspace")
    (workspaceMinimum, workspaceMaximum) =
      workspace?.mapping { ($0.vector("minimum"), $0.vector("maximum")) } ?? (.zero, Vector3(1, 1, 1))
    if let workspace, any(workspaceMinimum .>= workspaceMaximum) {
      workspace.error("each component of minimum must be below that of maximum")
    }
    stiffness = map.number("stiffness", NumberRange(minimum: 0, maximum: 1, excludesMinimum: true))
    home = (map.numbers("home", count: joints.count), map.child("home"))
  }
}

struct GripperDescription {
  var joints: [RobotDescription.Name]
  var open, closed: (position: Double, place: YAMLReader?)
  var maxEffort: Double
  var stiffness: Double
  var hold: RobotModel.Gripper.Hold

  init(_ map: YAMLMapping) {
    hold = map.choice("hold", default: .keep)
    joints = map.names("joints")
    open = (map.number("open"), map.child("open"))
    closed = (map.number("closed"), map.child("closed"))
    maxEffort = map.number("maxEffort", .positive)
    stiffness = map.number("stiffness", NumberRange(minimum: 0, maximum: 1, excludesMinimum: true))
  }
}

extension RobotDescription.Surface {
  fileprivate init(_ map: YAMLMapping) {
    links = map.names("links")
    properties = SurfaceProperties(
      friction: map.number("friction", .notNegative),
      rollingFriction: map.number("rollingFriction", .notNegative, default: 0),
      spinningFriction: map.number("spinningFriction", .notNegative, default: 0),
      restitution: map.number("restitution", .fraction, default: 0))
  }
}

extension RobotDescription.Finish {
  fileprivate init?(_ name: String, _ place: YAMLReader) {
    let read = place.mapping {
      ($0.number("roughness", .fraction, default: 0.6), $0.number("specular", .fraction, default: 0.3))
    }
    guard let read else { return nil }
    material = RobotDescription.Name(text: name, place: place)
    (roughness, specular) = read
  }
}

extension RobotDescription.Camera {
  fileprivate init(_ map: YAMLMapping) {
    link = map.name("link")
    model = CameraModel(
      name: map.string("name"), parentFromCamera: map.pose(),
      fovDegrees: map.number("fovDegrees", .between(1, 170)), width: map.integer("width", 1...8192),
      height: map.integer("height", 1...8192), near: map.number("near", .positive, default: 0.01),
      far: map.number("far", .positive, default: 50))
    if model.near >= model.far { map.error("near", "must be less than far") }
  }
}

extension YAMLMapping {
  fileprivate func name(_ key: String) -> RobotDescription.Name {
    RobotDescription.Name(text: string(key), place: child(key) ?? reader)
  }

  /// A required list of at least one name.
  fileprivate func names(_ key: String) -> [RobotDescription.Name] {
    guard let place = required(key) else { return [] }
    let names = place.elements.compactMap { element in
      element.text.map { RobotDescription.Name(text: $0, place: element) }
    }
    if names.isEmpty && place.isSequence { place.error("expected at least one name") }
    return names
  }
}
