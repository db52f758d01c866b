internal import CBullet
import RehearsalCore

/// Fills a native world with a scene.
struct WorldBuilder {
  let scene: SceneModel
  let start: InitialState
  let hulls: HullStore

  init(scene: SceneModel, start: InitialState) {
    self.scene = scene
    self.start = start
    hulls = HullStore(meshes: scene.meshes)
  }

  /// Adds everything that is present; returns what moves.
  func build(in world: WorldHandle) throws -> [MovingBody] {
    var moving: [MovingBody] = []
    for id in scene.bodyIDs where scene.bodies[id].isPresent {
      let body = scene.bodies[id]
      switch body.motion {
      case .fixed:
        let native = NativeBody(body, row: id, inertialFromBody: .identity, hulls: hulls)
        try world.addFixed(native, at: start.worldFromBody[id], name: body.name)
      case .free:
        let frame = MovingBody(id: id, mass: body.mass)
        let native = NativeBody(body, row: id, inertialFromBody: frame.inertialFromBody, hulls: hulls)
        try world.addFree(native, at: start.worldFromBody[id] * frame.bodyFromInertial, name: body.name)
        moving.append(frame)
      case .link: continue
      }
    }
    for articulation in scene.articulations where scene.bodies[articulation.links[0]].isPresent {
      moving += try add(articulation, to: world)
    }
    return moving
  }

  private func add(_ articulation: ArticulationModel, to world: WorldHandle) throws -> [MovingBody] {
    let frames = articulation.links.map { MovingBody(id: $0, mass: scene.bodies[$0].mass) }
    let links = zip(frames, [nil] + articulation.joints.map { scene.joints[$0] }).map { frame, joint in
      NativeBody(
        onTread(scene.bodies[frame.id], of: joint), row: frame.id, inertialFromBody: frame.inertialFromBody,
        hulls: hulls)
    }
    let joints = articulation.joints.map { joint(at: $0, of: articulation, frames: frames) }
    let root = start.worldFromBody[articulation.links[0]] * frames[0].bodyFromInertial
    try world.addArticulation(articulation, links: links, joints: joints, root: root)
    return frames
  }

  /// A driven wheel touches with the middle quarter of its width, as a crowned tyre does.
  ///
  /// Over its whole width a turning robot would pivot about one edge or the other of each wheel, whichever bears more,
  /// and not as far apart as its wheels are.
  private func onTread(_ body: BodyModel, of joint: JointModel?) -> BodyModel {
    guard let joint, joint.kind == .continuous, case .velocity = joint.actuator else { return body }
    var wheel = body
    for i in wheel.shapes.indices {
      guard case .cylinder(let radius, let length) = wheel.shapes[i].geometry else { continue }
      let axle = wheel.shapes[i].bodyFromShape.orientation * Vector3.unitZ
      guard abs(axle.dot(joint.axis)) > 0.999 else { continue }
      wheel.shapes[i].geometry = .cylinder(radius: radius, length: length / 4)
    }
    return wheel
  }

  private func joint(at id: JointID, of articulation: ArticulationModel, frames: [MovingBody]) -> cbullet_joint {
    let model = scene.joints[id]
    let parent = index(of: model.parent, in: articulation)
    let child = index(of: model.child, in: articulation)
    var joint = cbullet_joint()
    joint.joint = Int32(id.rawValue)
    joint.kind = Int32(model.kind == .prismatic ? CBULLET_PRISMATIC : CBULLET_REVOLUTE)
    joint.parent = Int32(parent)
    (frames[parent].inertialFromBody * model.parentFromJoint).store(in: &joint.parent_from_joint)
    frames[child].bodyFromInertial.store(in: &joint.joint_from_child)
    joint.axis = (model.axis.x, model.axis.y, model.axis.z)
    if let limits = model.limits {
      joint.has_limits = true
      joint.lower = limits.lowerBound
      joint.upper = limits.upperBound
    }
    joint.damping = model.damping
    joint.friction = model.friction
    joint.max_velocity = model.maxVelocity
    switch model.actuator {
    case .passive: joint.actuator = Int32(CBULLET_PASSIVE)
    case .velocity(let maxEffort):
      joint.actuator = Int32(CBULLET_VELOCITY)
      joint.max_effort = maxEffort
    case .position(let stiffness, let maxEffort):
      joint.actuator = Int32(CBULLET_POSITION)
      joint.stiffness = stiffness
      joint.max_effort = maxEffort
    }
    joint.mimic = -1
    if let mimic = model.mimic, let leader = articulation.joints.firstIndex(of: mimic.joint) {
      joint.mimic = Int32(leader)
      joint.mimic_multiplier = mimic.multiplier
    }
    joint.position = start.jointPositions[id]
    return joint
  }

  private func index(of link: BodyID, in articulation: ArticulationModel) -> Int {
    guard let index = articulation.links.firstIndex(of: link) else {
      preconditionFailure("\(scene.bodies[link].name) is not a link of \(articulation.name)")
    }
    return index
  }
}
