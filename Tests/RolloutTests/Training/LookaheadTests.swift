import RehearsalCore
import Testing

@testable import Rollout

@Suite("How far ahead an expert's answers hold") struct LookaheadTests {
  private static func trajectory(executed: [Double], labels: [Double]) -> Trajectory {
    var trajectory = Trajectory(actionCount: 1, stateCount: 0, proprioceptionCount: 0)
    (trajectory.actions, trajectory.labels) = (executed, labels)
    return trajectory
  }

  @Test("as long as the robot does about the same on its own, and always for the step itself")
  func agreement() {
    // Answers beyond ±1 are those of the limit.
    let trajectory = Self.trajectory(executed: [0, 0.5, 0.5, -0.9, 1, 0], labels: [0.1, 0.4, 0.9, -0.8, 1.5, 0])
    #expect(DemonstrationReader.lookahead(trajectory, 0..<6) == [3, 2, 1, 3, 2, 1])
    #expect(DemonstrationReader.lookahead(trajectory, 3..<5) == [2, 1])
  }

  @Test("an expert's own episode holds to its end")
  func expert() {
    #expect(DemonstrationReader.lookahead(Self.trajectory(executed: [0, 1], labels: []), 0..<2) == [])
  }
}
