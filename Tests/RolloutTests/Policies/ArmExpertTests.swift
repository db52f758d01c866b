import Authoring
import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite struct ArmExpertTests {
  static let commands = [
    "reach", "push_left", "push_right", "push_forward", "pick_up", "lift", "place_on", "place_in", "open_drawer",
    "close_drawer", "press_button",
  ]

  /// How the first `episodes` episodes of one command end, fully randomized, driven by the expert.
  func outcomes(
    _ command: String, of experiment: String, episodes: Int, actionSpace: ActionSpace? = nil
  ) throws -> [EpisodeOutcome] {
    var plan = try ExperimentLoader.load(path: shippedExperiment(experiment), overrides: ["randomization=full"]).plan
    plan.schedule = .single(commands: [try #require(plan.commands.firstIndex { $0.name == command })])
    plan.actionSpace = actionSpace ?? plan.actionSpace
    let runner = EpisodeRunner(plan: plan, policy: ScriptedExpert(), renderer: nil, recording: .withoutImages)
    return (0..<episodes).map { runner.run($0).record.outcome }
  }

  @Test("The expert carries out every command of the table, whatever is randomized", arguments: commands)
  func table(command: String) throws {
    let reached = try outcomes(command, of: "tabletop", episodes: 3)
    #expect(reached == Array(repeating: .success, count: 3))
  }

  /// In these episodes a burst lifts the fingers off their place at the handle, and they come down on top of it.
  @Test("Fingers that were knocked onto a drawer's handle do not push it along from there")
  func onTheHandle() throws {
    let plan = try ExperimentLoader.load(
      path: shippedExperiment("tabletop"),
      overrides: [
        "schedule={single: [open_drawer, close_drawer]}", "seed=7400000", "phrasings=train",
        "imageSize={static: 112, wrist: 96}",
        "randomization={preset: training, actuation: {burstProbability: 0.08, burstTicks: [2, 5], magnitude: 0.5}}",
      ]
    ).plan
    let runner = EpisodeRunner(plan: plan, policy: ScriptedExpert(), renderer: nil, recording: .withoutImages)
    for episode in [7, 67, 100, 144] { #expect(runner.run(episode).record.outcome == .success, "\(episode)") }
  }

  @Test("On wheels it drives to the table first", arguments: ["pick_up", "place_in", "open_drawer"])
  func studio(command: String) throws {
    #expect(try outcomes(command, of: "studio", episodes: 1) == [.success])
  }

  @Test("In joint actions it does the same", arguments: ["lift", "push_left"])
  func joints(command: String) throws {
    #expect(try outcomes(command, of: "tabletop", episodes: 1, actionSpace: .jointPosition) == [.success])
  }
}

@Suite struct GraspPlannerTests {
  /// A block of 5 × 8 × 4 cm before the arm, turned by `orientation`, and maybe another right beside it.
  func situation(_ orientation: Quaternion, neighbourAt neighbour: Vector3? = nil) -> Situation {
    var scene = ExampleRobots.mobileManipulator()
    let shape = ShapeModel(geometry: .box(size: Vector3(0.05, 0.08, 0.04)), material: MaterialID(0))
    let place = Pose(position: Vector3(0.5, 0.1, 0.1), orientation: orientation)
    scene.bodies.append(BodyModel(name: "block", motion: .free, shapes: [shape], worldFromBody: place))
    if let neighbour {
      let tower = ShapeModel(geometry: .cylinder(radius: 0.02, length: 0.3), material: MaterialID(0))
      scene.bodies.append(
        BodyModel(name: "tower", motion: .free, shapes: [tower], worldFromBody: Pose(position: neighbour)))
    }
    var state = ExampleRobots.state(of: scene)
    for index in 12..<scene.bodies.count { state.worldFromBody[index] = scene.bodies[index].worldFromBody }
    return Situation(
      scene: scene, state: state, start: state,
      command: Command(model: .stop(), bindings: [:], instruction: "", isHeldOut: false, steps: 1), period: 0.05,
      homeTwist: scene.homeTwist)
  }

  /// The angle between the line on which the fingers close and `direction`, in the ground plane.
  func deviation(_ grasp: Grasp, from direction: Vector3) -> Double {
    let closing = grasp.worldFromTool.orientation * .unitY
    return acos(min(abs(closing.dot(direction.normalized)), 1))
  }

  @Test("The fingers close straight across the side that fits", arguments: [0, 0.3, 1.2, -2.5])
  func acrossTheNarrowSide(yaw: Double) throws {
    let turned = Quaternion(axis: .unitZ, angle: yaw)
    let grasp = try #require(GraspPlanner(situation(turned), body: BodyID(12)).best())
    #expect(deviation(grasp, from: turned * .unitX) < 0.01)
    #expect((grasp.worldFromTool.position - Vector3(0.5, 0.1, 0.1)).planarLength < 1e-6)
    #expect((grasp.worldFromTool.orientation * .unitZ - Vector3(0, 0, -1)).length < 1e-9)
  }

  @Test("A block that lies on its side is taken across what is now narrow")
  func tipped() throws {
    let tipped = Quaternion(axis: .unitZ, angle: 0.5) * Quaternion(axis: .unitY, angle: .pi / 2)
    let grasp = try #require(GraspPlanner(situation(tipped), body: BodyID(12)).best())
    #expect(deviation(grasp, from: Vector3(cos(0.5), sin(0.5), 0)) < 0.01)
  }

  @Test("Fingers keep clear of a tall neighbour when another side fits as well")
  func neighbour() throws {
    var crowded = situation(.identity, neighbourAt: Vector3(0.5 + 0.025 + 0.03, 0.1, 0.15))
    #expect(deviation(try #require(GraspPlanner(crowded, body: BodyID(12)).best()), from: .unitX) < 0.01)
    // Narrow enough both ways: now the fingers avoid the tower.
    var scene = crowded.scene
    scene.bodies[12].shapes[0].geometry = .box(size: Vector3(0.05, 0.05, 0.04))
    crowded = Situation(
      scene: scene, state: crowded.state, start: crowded.start, command: crowded.command, period: 0.05, homeTwist: 0)
    #expect(deviation(try #require(GraspPlanner(crowded, body: BodyID(12)).best()), from: .unitY) < 0.01)
  }

  @Test("A body too wide for the hand has no grasp")
  func tooWide() {
    let wide = situation(.identity)
    var scene = wide.scene
    scene.bodies[12].shapes[0].geometry = .box(size: Vector3(0.2, 0.2, 0.04))
    let other = Situation(
      scene: scene, state: wide.state, start: wide.start, command: wide.command, period: 0.05, homeTwist: 0)
    #expect(GraspPlanner(other, body: BodyID(12)).best() == nil)
  }

  @Test("The wrist takes the nearer of two equal headings, within its range")
  func comfortable() {
    let situation = situation(.identity)
    let place = Vector3(0.5, 0, 0.1)
    #expect(abs(situation.comfortableYaw(.pi / 2 + 0.1, at: place) - (.pi / 2 + 0.1 - .pi)) < 1e-9)
    #expect(abs(situation.comfortableYaw(3, at: place) - (3 - .pi)) < 1e-9)
  }
}
