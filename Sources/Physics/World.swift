public import RehearsalCore

/// A scene in motion: bodies, articulations and contacts under Bullet, stepped towards joint targets.
///
/// A world is a pure function of its scene, start, settings and the targets it was given: two worlds built alike and
/// driven alike hold the same bits, whatever else runs in the process. There is no rewinding; build a new one. A world
/// belongs to one thread at a time.
///
/// - Actuators: see `JointActuator`. A velocity actuator is a velocity constraint bounded by its effort. A position
///   actuator is the same with velocity = stiffness · (target − position) · physicsHz, at most the joint's
///   `maxVelocity`: a target that stands still is approached like exp(−stiffness · physicsHz · t), without overshoot
///   while the effort suffices, and held against gravity without a steady-state error. Where the effort does not
///   suffice, it is a constant force towards the target: that is how grippers squeeze and buttons spring back.
/// - Targets of position actuators move evenly, over the substeps of a call of `advance`, from those of the call before
///   (at first, from where the joints start) to the new ones: arms do not jerk at the control rate.
/// - Actuated joints neglect their damping and friction, which the motor overcomes.
/// - A mimicking joint has no freedom of its own and shares its leader's effort: two fingers of a gripper with
///   `maxEffort` F squeeze with F/2 each.
/// - Contacts give way like springs of 500 kN/m. Driven wheels touch with the middle of their width.
/// - Free bodies at rest on scenery sleep until something that moves touches them.
public final class World {
  private let handle: WorldHandle
  private let moving: [MovingBody]
  private let start: SceneState
  private let scene: SceneModel
  private var rows: [Double]
  private var jointRows: [Double]

  /// Builds a fresh world, everything at rest at `start`.
  ///
  /// - Throws: `RehearsalError` if a body or joint is unfit for simulation; the message names it.
  public init(scene: SceneModel, start: InitialState, settings: PhysicsSettings) throws {
    self.scene = scene
    let builder = WorldBuilder(scene: scene, start: start)
    try builder.validate(settings)
    handle = try WorldHandle(scene: scene, settings: settings)
    moving = try builder.build(in: handle)
    rows = Array(repeating: 0, count: scene.bodies.count * 13)
    jointRows = Array(repeating: 0, count: scene.joints.count * 2)
    self.start = SceneState(
      worldFromBody: start.worldFromBody, velocities: Array(repeating: .zero, count: scene.bodies.count),
      jointPositions: start.jointPositions, jointVelocities: Array(repeating: 0, count: scene.joints.count))
  }

  /// Takes `substeps` steps of 1/physicsHz s towards `targets`, which has one value a joint.
  ///
  /// - Throws: `RehearsalError` with code `nativeFailure` if a state is not finite afterwards; it names the body.
  public func advance(substeps: Int, targets: JointTargets) throws {
    precondition(
      targets.values.count == scene.joints.count, "\(targets.values.count) targets for \(scene.joints.count) joints")
    if let joint = targets.values.firstIndex(where: { !$0.isFinite }) {
      throw RehearsalError(
        .nativeFailure, "the target of joint \(scene.joints[joint].name) is not finite",
        remedy: "check the action decoder")
    }
    try handle.advance(substeps: substeps, targets: targets.values) { scene.bodies[$0].name }
  }

  /// Overwrites `state` with where everything is now.
  ///
  /// Contacts are those of the last substep that carried force. `state` must be sized for the scene; see `makeState`.
  public func read(into state: inout SceneState) {
    handle.read(bodies: &rows, joints: &jointRows)
    for body in moving {
      let (pose, velocity) = body.unpack(rows)
      state.worldFromBody[body.id] = pose
      state.velocities[body.id] = velocity
    }
    for joint in scene.joints.indices {
      state.jointPositions[joint] = jointRows[2 * joint]
      state.jointVelocities[joint] = jointRows[2 * joint + 1]
    }
    handle.readContacts(into: &state.contacts)
  }

  /// The version of Bullet, such as `3.24`.
  public static var libraryVersion: String { WorldHandle.libraryVersion }

  /// The state now, in arrays of the right sizes.
  public func makeState() -> SceneState {
    var state = start
    read(into: &state)
    return state
  }
}
