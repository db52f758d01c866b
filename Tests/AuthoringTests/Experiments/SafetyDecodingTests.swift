import RehearsalCore
import TestSupport
import Testing

@testable import Authoring

@Suite("The safety key of experiments") struct SafetyDecodingTests {
  private func plan(_ changes: String..., of experiment: String = "arena_goto") throws -> ExperimentPlan {
    try ExperimentLoader.load(path: shippedExperiment(experiment), overrides: changes).plan
  }

  @Test("safety is on unless it is off, as a whole or in parts")
  func parts() throws {
    #expect(try plan().safety == SafetyPlan())
    #expect(try plan("safety=on").safety == SafetyPlan())
    #expect(try plan("safety=off").safety == .off)
    let bare = try plan(
      "safety={inputs: off, outputs: off, fallback: off, emergencyStop: off, velocity: off, workspace: off}")
    #expect(bare.safety == .off)
    #expect(try plan("safety.emergencyStop=3").safety == SafetyPlan(emergencyStopFaults: 3))
    #expect(try plan("safety.outputs={limit: 2}").safety == SafetyPlan(largestElement: 2))
    #expect(try plan("safety.velocity=0.5").safety.velocity == .init(base: 0.5, endEffector: 0.5))
    let studio = try plan(
      "safety.velocity={endEffector: 0.3}",
      "safety.workspace={endEffector: {minimum: [0.3, -0.2, 0], maximum: [0.6, 0.2, 0.4]}, "
        + "base: {minimum: [-1, -2], maximum: [1, 2]}}", of: "studio"
    ).safety
    #expect(studio.velocity == .init(base: 1, endEffector: 0.3))
    #expect(studio.workspace.endEffector?.maximum == Vector3(0.6, 0.2, 0.4))
    #expect(studio.workspace.base?.minimum == SIMD2(-1, -2))
  }

  @Test("what can change actions changes the protocol id; the default, written out, does not")
  func protocolID() throws {
    let id = try plan().protocolID
    #expect(try plan("safety={outputs: {limit: 10}, emergencyStop: 5}").protocolID == id)
    for change in ["safety=off", "safety.emergencyStop=4", "safety.velocity=0.5", "safety.fallback=off"] {
      #expect(try plan(change).protocolID != id, "\(change)")
    }
  }

  @Test(
    "mistakes are told at their place",
    arguments: [
      ("safety=of", "safety: \"of\" is not one of on, off; did you mean \"on\"?"),
      ("safety={output: off}", "safety.output: unknown key; did you mean \"outputs\"?"),
      ("safety.velocity=1.5", "safety.velocity: must be between 0 and 1"),
      ("safety.emergencyStop=0", "safety.emergencyStop: must be between 1 and 1000000"),
      ("safety.outputs={limit: 0.5}", "safety.outputs.limit: must be between 1 and 1000000"),
      (
        "safety.workspace.base={minimum: [0, 1], maximum: [1, 0]}",
        "safety.workspace.base: a minimum is above its maximum"
      ),
      (
        "safety.workspace.endEffector={minimum: [0, 0, 0], maximum: [1, 1, 1]}",
        "safety: workspace.endEffector: the action space baseTwist does not command what this limits"
      ),
      (
        "safety.velocity={endEffector: 0.5}",
        "safety: velocity: the action space baseTwist does not command what this limits"
      ),
    ])
  func faults(change: String, message: String) {
    do {
      _ = try plan(change)
      Issue.record("accepted")
    } catch let error as AuthoringError {
      #expect(error.diagnostics.map(\.message) == [message])
    } catch {
      Issue.record("\(error)")
    }
  }
}
