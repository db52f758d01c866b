import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite("Going to what has been seen, or not yet") struct TargetSightTests {
  private let scene = SceneModel.drive()
  /// One metre ahead of the base at heading 0; the camera sees 30° to either side.
  private let box = BodyID(4)

  private func situation(heading degrees: Double) -> Situation {
    var state = SceneState.atRest(scene)
    state.worldFromBody[1].orientation = Quaternion(axis: .unitZ, angle: degrees * .pi / 180)
    let command = Command(
      model: .goTo(), bindings: ["target": box], instruction: "", isHeldOut: false, steps: 1)
    return Situation(scene: scene, state: state, start: state, command: command, period: 0.1, homeTwist: 0)
  }

  /// The last yaw rate of an expert for whom the base has had these headings, one after the other.
  private func yawRate(_ headings: Double...) -> Double {
    var skill = GoToSkill()
    return headings.map { skill.intent(in: situation(heading: $0)).yawRate }.last ?? 0
  }

  @Test("what the camera has not shown yet is looked for to the left, whichever way is shorter, on the spot")
  func unseen() {
    #expect(yawRate(-60) > 1 && yawRate(60) > 1 && yawRate(170) > 1)
    var skill = GoToSkill()
    #expect(skill.intent(in: situation(heading: 90)).forward == 0)
  }

  @Test("what is in the picture is turned to the shorter way")
  func seen() {
    #expect(yawRate(-20) > 0.5 && yawRate(20) < -0.5)
    #expect(yawRate(28) < -0.5, "a good part of the box reaches into the picture")
  }

  @Test("what has left the picture is followed to the side where it went, and a new command forgets it")
  func lost() {
    #expect(yawRate(20, 60) < -1, "it went right")
    #expect(yawRate(-20, -60) > 1, "it went left")
    #expect(yawRate(20, 120, 200) < -1, "though left is shorter by now")
  }
}
