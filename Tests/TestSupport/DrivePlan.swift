public import RehearsalCore

extension CommandModel {
  public static func goTo(steps: Int = 60, dwell: Int = 1) -> CommandModel {
    CommandModel(
      name: "go_to", category: "approach", slots: [CommandSlot(name: "target", shapes: ["box", "ball"])],
      phrasings: [
        Phrasing(text: "Go to the {target.color} {target.shape}"),
        Phrasing(text: "Approach the {target.color} {target.shape}", isHeldOut: true),
      ], success: .near(slot: "target", distance: 0.3), dwellTicks: dwell, steps: steps, expert: .goTo)
  }

  public static func forward(distance: Double = 0.3, steps: Int = 60) -> CommandModel {
    CommandModel(
      name: "move_forward", category: "drive", phrasings: [Phrasing(text: "Move forward")],
      success: .moved(distance: distance), steps: steps, expert: .drive)
  }

  public static func stop(steps: Int = 30) -> CommandModel {
    CommandModel(
      name: "stop", category: "stop", phrasings: [Phrasing(text: "Stop")],
      success: .stopped(linearSpeed: 0.02, angularSpeed: 0.05), steps: steps, expert: .stop)
  }
}

extension ExperimentPlan {
  /// Ten episodes of single commands in `SceneModel.drive`, 10 Hz, one 32×32 camera, nothing randomized.
  public static func drive(
    _ commands: [CommandModel] = [.goTo()], schedule: EpisodeSchedule? = nil, rule: AlreadySatisfiedRule = .exclude
  ) -> ExperimentPlan {
    let scene = SceneModel.drive()
    let place = PlacementGroup(
      name: "objects", bodies: [BodyID(4), BodyID(5)], count: 2...2,
      regions: [
        PlacementRegion(
          worldFromRegion: Pose(position: Vector3(1.2, 0, 0)), halfExtents: SIMD2(0.4, 0.8), yaw: .uniform(-3, 3))
      ], clearance: 0.1, isDistractor: false)
    return ExperimentPlan(
      name: "drive", scene: scene,
      appearance: Appearance(
        lights: [Light(kind: .directional(direction: Vector3(0.3, 0.2, -1)), color: Color(2, 2, 2))],
        ambient: Color(0.3, 0.3, 0.3), background: Background(zenith: .white, horizon: .white, nadir: .white),
        materials: scene.materials, cameras: scene.cameras),
      placements: [place], robotRegion: nil, commands: commands, facts: [],
      schedule: schedule ?? .single(commands: Array(commands.indices)), phrasings: .train, alreadySatisfied: rule,
      actionSpace: .baseTwist, controlHz: 10, physics: PhysicsSettings(), cameras: [CameraID(0)],
      reviewerCamera: CameraID(1), renderer: .rayTracer, quality: .fast, latencyTicks: 0, executedActions: nil,
      randomization: RandomizationPlan(preset: "none"), settleTicks: 2, policy: "test", baselines: [], episodes: 10,
      seed: 7, record: RecordingPlan(), protocolID: "test")
  }
}
