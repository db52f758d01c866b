import Authoring
import RehearsalCore

/// Whether an experiment can be run, found out without running it.
public enum ExperimentCheck {
  /// Reads the experiment and everything it refers to, draws its first episodes, lets them settle, and describes it.
  ///
  /// Throws at the first thing that would keep it from running; faults of files come all at once.
  public static func of(experiment: String, overrides: [String] = []) throws -> String {
    let loaded = try ExperimentLoader.load(path: experiment, overrides: overrides)
    let plan = loaded.plan
    for policy in [plan.policy] + plan.baselines { try plan.requireFit(of: policy) }
    let renderer = try plan.makeRenderer()
    let sampler = EpisodeSampler(plan: plan)
    let drawn = min(20, plan.episodes)
    for index in 0..<drawn {
      let setup = try sampler.draw(index)
      var stage = try EpisodeStage(plan: plan, setup: setup, renderer: renderer)
      if let command = setup.commands.first { _ = try stage.observe(command, privileged: nil) }
    }
    let robot = plan.scene.robot
    return """
      \(plan.name): ok
        protocol \(plan.protocolID)
        scene \(plan.scene.name): \(plan.scene.bodies.count) bodies, \(plan.scene.joints.count) joints
        robot \(robot.name), action space \(plan.actionSpace.name) (\(plan.actionSpace.count))
        cameras \(plan.cameras.map { describe(plan.scene.cameras[$0]) }.joined(separator: ", "))
        control at \(plan.controlHz) Hz, physics at \(plan.physics.physicsHz) Hz
        commands \(plan.commands.map(\.name).joined(separator: ", "))
        policy \(plan.policy), baselines \(plan.baselines.joined(separator: ", "))
        \(plan.episodes) episodes, seed \(plan.seed); \(drawn) drawn, settled and pictured
        \(loaded.sourceFiles.count) files
      """
  }

  private static func describe(_ camera: CameraModel) -> String { "\(camera.name) \(camera.width)×\(camera.height)" }
}
