import Physics
import RehearsalCore
import Rendering

/// A built and settled episode: the live world, its picture maker, and where everything is.
struct EpisodeStage {
  let plan: ExperimentPlan
  let setup: EpisodeSetup
  private let world: World
  private let renderer: (any Renderer)?
  private(set) var state: SceneState
  var decoder: ActionDecoder
  private var disturbance: Disturbance?
  var supervisor: Supervisor
  private(set) var tick = 0
  var timing = EpisodeTiming()

  /// Builds the world and lets it settle. With no renderer there are no pictures.
  init(plan: ExperimentPlan, setup: EpisodeSetup, renderer: (any Renderer)?) throws {
    self.plan = plan
    self.setup = setup
    self.renderer = renderer
    world = try World(scene: setup.scene, start: setup.initialState, settings: plan.physics)
    state = world.makeState()
    decoder = ActionDecoder(scene: setup.scene, actionSpace: plan.actionSpace, controlHz: plan.controlHz)
    if let factor = plan.randomization.actuation, let stream = setup.actuationStream {
      disturbance = Disturbance(factor, actionSpace: plan.actionSpace, stream: stream)
    }
    supervisor = Supervisor(plan: plan, inputs: InputCheck(plan: plan, setup: setup, draws: renderer != nil))
    try renderer?.load(setup.scene, appearance: setup.appearance)
    decoder.begin(state)
    try settle()
  }

  /// Nothing commanded for `settleTicks`, then a run-up where the first command begins in motion.
  private mutating func settle() throws {
    for _ in 0..<plan.settleTicks { try advance(holdAction) }
    if let start = setup.commands.first?.model.setup, start.rollingForward != 0 || start.rollingYaw != 0 {
      let action = rollingAction(start)
      for _ in 0..<plan.controlHz { try advance(action) }
    }
    tick = 0
    timing = EpisodeTiming()
  }

  /// One control step of what the policy commanded; what is executed may differ from it.
  mutating func perform(_ action: [Double]) throws {
    try advance(disturbance?.disturb(action) ?? action)
  }

  /// One control step of exactly this action.
  private mutating func advance(_ action: [Double]) throws {
    let begin = ContinuousClock.now
    let targets = decoder.decode(action, state: state)
    try world.advance(substeps: plan.substepsPerTick, targets: targets)
    world.read(into: &state)
    tick += 1
    timing.physics += begin.secondsSince
  }

  /// What the policy is shown now.
  mutating func observe(_ command: Command, privileged: PrivilegedObservation?) throws -> Observation {
    let begin = ContinuousClock.now
    let images = try renderer.map { try pictures(with: $0) } ?? []
    timing.render += begin.secondsSince
    return Observation(
      tick: tick, instruction: command.instruction, images: images,
      proprioception: ProprioceptionLayout.read(state, of: setup.scene), privileged: privileged)
  }

  private func pictures(with renderer: any Renderer) throws -> [CameraImage] {
    let cameras = plan.cameras.map { setup.appearance.cameras[$0] }
    let images = try renderer.render(state, cameras: cameras, channels: .rgb, quality: plan.quality)
    return images.enumerated().map { order, image in
      guard var adjustment = setup.imageAdjustment else { return image }
      adjustment.noiseSeed &+= UInt64(tick) &* 64 &+ UInt64(order)
      return adjustment.applied(to: image)
    }
  }

  /// Asks for what is already so: base at rest, arm where it is, fingers where they are.
  var holdAction: [Double] {
    let robot = setup.scene.robot
    return plan.actionSpace.channels.map { channel in
      switch channel {
      case .joint(let index):
        guard let joint = robot.arm?.joints[index], let limits = setup.scene.joints[joint].limits else { return 0 }
        return normalized(state.jointPositions[joint.rawValue], from: limits.lowerBound, to: limits.upperBound)
      case .gripper:
        return robot.gripper.map(heldGripper) ?? 0
      default: return 0
      }
    }
  }

  private func heldGripper(_ gripper: RobotModel.Gripper) -> Double {
    switch gripper.hold {
    case .open: return -1
    case .close: return 1
    case .keep:
      guard let finger = gripper.joints.first else { return 0 }
      return normalized(state.jointPositions[finger.rawValue], from: gripper.open, to: gripper.closed)
    }
  }

  private func normalized(_ value: Double, from low: Double, to high: Double) -> Double {
    min(max(2 * (value - low) / (high - low) - 1, -1), 1)
  }

  private func rollingAction(_ start: CommandSetup) -> [Double] {
    zip(plan.actionSpace.channels, holdAction).map { channel, held in
      switch channel {
      case .baseForward: start.rollingForward
      case .baseYaw: start.rollingYaw
      default: held
      }
    }
  }
}

extension ContinuousClock.Instant {
  /// Wall seconds from this instant until now.
  var secondsSince: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - self).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}
