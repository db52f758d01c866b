public import RehearsalCore

/// Where a fragment's local indices begin in the scene that took it in.
public struct FragmentPlacement: Hashable, Sendable {
  /// Index into `SceneModel.articulations`.
  public var articulation: Int
  public var firstBody: Int
  public var firstJoint: Int
  public var firstMaterial: Int
  public var firstMesh: Int
  public var firstImage: Int

  public func scene(_ body: BodyID) -> BodyID { BodyID(body.rawValue + firstBody) }
  public func scene(_ joint: JointID) -> JointID { JointID(joint.rawValue + firstJoint) }
  public func scene(_ material: MaterialID) -> MaterialID { MaterialID(material.rawValue + firstMaterial) }
  public func scene(_ mesh: MeshID) -> MeshID { MeshID(mesh.rawValue + firstMesh) }

  public func scene(_ frame: FrameModel) -> FrameModel {
    FrameModel(name: frame.name, body: scene(frame.body), bodyFromFrame: frame.bodyFromFrame)
  }

  public func scene(_ camera: CameraModel) -> CameraModel {
    var camera = camera
    camera.body = camera.body.map { scene($0) }
    return camera
  }

  public func scene(_ robot: RobotModel) -> RobotModel {
    var robot = robot
    robot.articulation = articulation
    robot.root = scene(robot.root)
    if var drive = robot.drive {
      drive.leftWheels = drive.leftWheels.map { scene($0) }
      drive.rightWheels = drive.rightWheels.map { scene($0) }
      robot.drive = drive
    }
    if var arm = robot.arm {
      arm.joints = arm.joints.map { scene($0) }
      arm.base = scene(arm.base)
      arm.endEffector = scene(arm.endEffector)
      robot.arm = arm
    }
    if var gripper = robot.gripper {
      gripper.joints = gripper.joints.map { scene($0) }
      robot.gripper = gripper
    }
    return robot
  }
}

extension SceneModel {
  /// Appends an articulation whose root stands at `worldFromRoot`, joints at their homes.
  ///
  /// Bodies and joints become `<name>/<link>` and `<name>/<joint>`, materials `<name>/<material>`.
  @discardableResult public mutating func add(
    _ fragment: ArticulationFragment, worldFromRoot: Pose, named name: String? = nil
  ) -> FragmentPlacement {
    let name = name ?? fragment.name
    let placement = FragmentPlacement(
      articulation: articulations.count, firstBody: bodies.count, firstJoint: joints.count,
      firstMaterial: materials.count, firstMesh: meshes.count, firstImage: images.count)
    articulations.append(
      ArticulationModel(
        name: name, rootIsFixed: fragment.rootIsFixed,
        links: fragment.bodies.indices.map { placement.scene(BodyID($0)) },
        joints: fragment.joints.indices.map { placement.scene(JointID($0)) }, selfCollides: fragment.selfCollides))
    bodies += fragment.bodies.map { $0.placed(by: placement, prefix: name, worldFromRoot: worldFromRoot) }
    joints += fragment.joints.map { $0.placed(by: placement, prefix: name) }
    materials += fragment.materials.map { $0.placed(by: placement, prefix: name) }
    meshes += fragment.meshes
    images += fragment.images
    return placement
  }

  /// Appends a robot and its cameras, and makes it the scene's robot.
  @discardableResult public mutating func add(_ fragment: RobotFragment, worldFromRoot: Pose) -> FragmentPlacement {
    let placement = add(fragment.articulation, worldFromRoot: worldFromRoot)
    robot = placement.scene(fragment.robot)
    cameras += fragment.cameras.map { placement.scene($0) }
    return placement
  }
}

extension BodyModel {
  fileprivate func placed(by placement: FragmentPlacement, prefix: String, worldFromRoot: Pose) -> BodyModel {
    var body = self
    body.name = "\(prefix)/\(name)"
    body.worldFromBody = worldFromRoot * worldFromBody
    for index in body.shapes.indices {
      body.shapes[index].material = placement.scene(body.shapes[index].material)
      if case .mesh(let mesh, let scale) = body.shapes[index].geometry {
        body.shapes[index].geometry = .mesh(placement.scene(mesh), scale: scale)
      }
    }
    return body
  }
}

extension JointModel {
  fileprivate func placed(by placement: FragmentPlacement, prefix: String) -> JointModel {
    var joint = self
    joint.name = "\(prefix)/\(name)"
    joint.parent = placement.scene(parent)
    joint.child = placement.scene(child)
    joint.mimic = mimic.map { Mimic(joint: placement.scene($0.joint), multiplier: $0.multiplier) }
    return joint
  }
}

extension Material {
  fileprivate func placed(by placement: FragmentPlacement, prefix: String) -> Material {
    var material = self
    material.name = "\(prefix)/\(name)"
    material.texture?.image += placement.firstImage
    return material
  }
}
