internal import RehearsalCore

/// Looks up the names of a `robot.yaml` in its articulation, and gives joints their actuators and homes.
struct RobotBinder {
  private var articulation: ArticulationFragment
  private let description: RobotDescription

  init(articulation: ArticulationFragment, description: RobotDescription) {
    self.articulation = articulation
    self.description = description
  }

  /// The robot; faults go to the log of the names that have them.
  consuming func fragment() -> RobotFragment {
    let drive = description.drive.map { bind($0) }
    let arm = description.arm.flatMap { bind($0) }
    let gripper = description.gripper.map { bind($0) }
    description.surfaces.forEach { apply($0) }
    description.finishes.forEach { apply($0) }
    let cameras = description.cameras.compactMap { bind($0) }
    articulation.placeBodies()
    let robot = RobotModel(
      name: description.name, articulation: 0, root: BodyID(0), drive: drive, arm: arm, gripper: gripper)
    return RobotFragment(articulation: articulation, robot: robot, cameras: cameras)
  }

  // MARK: - Names

  private func joint(_ name: RobotDescription.Name) -> JointID? {
    if let id = articulation.joint(named: name.text) { return id }
    let hint = suggestion(for: name.text, among: articulation.joints.map(\.name))
    name.place.error("there is no moving joint \"\(name.text)\"\(hint)")
    return nil
  }

  private func frame(_ name: RobotDescription.Name) -> FrameModel? {
    if let frame = articulation.frame(named: name.text) { return frame }
    let hint = suggestion(for: name.text, among: articulation.frames.map(\.name))
    name.place.error("there is no link \"\(name.text)\"\(hint)")
    return nil
  }

  // MARK: - Parts

  private mutating func bind(_ drive: DriveDescription) -> RobotModel.Drive {
    RobotModel.Drive(
      leftWheels: drive.leftWheels.compactMap { wheel($0, maxEffort: drive.maxEffort) },
      rightWheels: drive.rightWheels.compactMap { wheel($0, maxEffort: drive.maxEffort) },
      wheelRadius: drive.wheelRadius, wheelSeparation: drive.wheelSeparation,
      maxLinearSpeed: drive.maxLinearSpeed, maxAngularSpeed: drive.maxAngularSpeed,
      maxLinearAcceleration: drive.maxLinearAcceleration, maxAngularAcceleration: drive.maxAngularAcceleration,
      frontReach: drive.frontReach)
  }

  private mutating func wheel(_ name: RobotDescription.Name, maxEffort: Double) -> JointID? {
    guard let id = joint(name) else { return nil }
    if articulation.joints[id].kind != .continuous { name.place.error("a wheel must be a continuous joint") }
    articulation.joints[id].actuator = .velocity(maxEffort: maxEffort)
    return id
  }

  private mutating func bind(_ arm: ArmDescription) -> RobotModel.Arm? {
    let joints = arm.joints.compactMap { joint($0) }
    let base = frame(arm.base)
    let hand = frame(arm.endEffector.link)
    guard joints.count == arm.joints.count, arm.home.positions.count == joints.count, let base, let hand else {
      return nil
    }
    for (index, id) in joints.enumerated() {
      setHome(arm.home.positions[index], of: id, place: arm.home.place)
      articulation.joints[id].actuator = .position(
        stiffness: arm.stiffness, maxEffort: articulation.jointEfforts[id.rawValue])
    }
    return RobotModel.Arm(
      joints: joints, base: base,
      endEffector: FrameModel(
        name: hand.name, body: hand.body, bodyFromFrame: hand.bodyFromFrame * arm.endEffector.linkFromFrame),
      maxLinearSpeed: arm.maxLinearSpeed, maxAngularSpeed: arm.maxAngularSpeed,
      workspaceMinimum: arm.workspaceMinimum, workspaceMaximum: arm.workspaceMaximum)
  }

  private mutating func bind(_ gripper: GripperDescription) -> RobotModel.Gripper {
    let joints = gripper.joints.compactMap { joint($0) }
    for (index, id) in joints.enumerated() {
      var home = gripper.open.position
      if index > 0, let mimic = articulation.joints[id].mimic, mimic.joint == joints[0] {
        home *= mimic.multiplier
      } else if index > 0 {
        gripper.joints[index].place.error("must mimic \"\(gripper.joints[0].text)\" in the URDF")
      }
      setHome(home, of: id, place: gripper.open.place)
      articulation.joints[id].actuator = .position(stiffness: gripper.stiffness, maxEffort: gripper.maxEffort)
    }
    if let first = joints.first { checkLimits(gripper.closed.position, of: first, place: gripper.closed.place) }
    return RobotModel.Gripper(
      joints: joints, open: gripper.open.position, closed: gripper.closed.position, hold: gripper.hold)
  }

  private mutating func setHome(_ position: Double, of id: JointID, place: YAMLReader?) {
    checkLimits(position, of: id, place: place)
    articulation.joints[id].home = position
  }

  private func checkLimits(_ position: Double, of id: JointID, place: YAMLReader?) {
    let joint = articulation.joints[id]
    guard let limits = joint.limits, !limits.contains(position) else { return }
    let range = "\(limits.lowerBound.written)…\(limits.upperBound.written)"
    place?.error("\(position.written) is outside the limits \(range) of joint \"\(joint.name)\"")
  }

  private mutating func apply(_ surface: RobotDescription.Surface) {
    for link in surface.links {
      if let frame = frame(link) { articulation.bodies[frame.body].surface = surface.properties }
    }
  }

  private mutating func apply(_ finish: RobotDescription.Finish) {
    let names = articulation.materials.map(\.name)
    guard let index = names.firstIndex(of: finish.material.text) else {
      let hint = suggestion(for: finish.material.text, among: names)
      return finish.material.place.error("the URDF has no material \"\(finish.material.text)\"\(hint)")
    }
    articulation.materials[index].roughness = finish.roughness
    articulation.materials[index].specular = finish.specular
  }

  private func bind(_ camera: RobotDescription.Camera) -> CameraModel? {
    guard let frame = frame(camera.link) else { return nil }
    var model = camera.model
    model.body = frame.body
    model.parentFromCamera = frame.bodyFromFrame * model.parentFromCamera
    return model
  }
}
