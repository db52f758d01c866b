import Foundation
import RehearsalCore
import TestSupport
import Testing

@Suite struct InverseKinematicsTests {
  static func randomPositions(_ random: inout SeedStream, margin: Double) -> [Double] {
    chain.segments.map { random.uniform($0.limits.lowerBound + margin, $0.limits.upperBound - margin) }
  }

  @Test("Of 1000 random reachable poses at least 99.5 % are reached, within the joints' limits")
  func convergesAnywhere() {
    var solver = InverseKinematics(chain: chain, rest: ExampleRobots.ready)
    var random = SeedStream(root: 7, factor: .robot, episode: 0)
    var reached = 0
    for _ in 0..<1000 {
      let target = chain.baseFromEndEffector(Self.randomPositions(&random, margin: 0))
      let solution = solver.solveAnywhere(target, from: ExampleRobots.ready, random: &random)
      let pose = chain.baseFromEndEffector(solution.positions)
      let isNear = (pose.position - target.position).length < 1e-4 && angle(pose.orientation, target.orientation) < 1e-3
      reached += isNear ? 1 : 0
      #expect(zip(chain.segments, solution.positions).allSatisfy { $0.limits.contains($1) })
    }
    #expect(reached >= 995)
  }

  @Test("A control step's motion is followed without restarts")
  func followsSteps() {
    var solver = InverseKinematics(chain: chain, rest: ExampleRobots.ready)
    var positions = ExampleRobots.ready
    var target = chain.baseFromEndEffector(positions)
    for step in 0..<200 {
      let turn = Double(step) * 0.05
      target.position += Vector3(sin(turn) * 0.006, cos(turn) * 0.006, -0.0005)
      let solution = solver.solve(target, from: positions)
      #expect(solution.isConverged)
      #expect(zip(solution.positions, positions).allSatisfy { abs($0 - $1) < 0.2 })
      positions = solution.positions
    }
  }

  @Test("The redundant motion leans towards rest and leaves the pose alone")
  func leansToRest() {
    var solver = InverseKinematics(chain: chain, rest: ExampleRobots.ready)
    var start = ExampleRobots.ready
    start[0] += 0.5
    start[2] -= 0.6
    let target = chain.baseFromEndEffector(start)
    var positions = start
    for _ in 0..<300 { positions = solver.solve(target, from: positions).positions }
    func distance(_ a: [Double]) -> Double {
      zip(a, ExampleRobots.ready).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    #expect(distance(positions) < distance(start))
    let pose = chain.baseFromEndEffector(positions)
    #expect((pose.position - target.position).length < 1e-4)
  }

  @Test("A pose out of reach is approached, not overshot, and reported")
  func outOfReach() {
    var solver = InverseKinematics(chain: chain, rest: ExampleRobots.ready)
    var target = chain.baseFromEndEffector(ExampleRobots.ready)
    target.position = Vector3(1.5, 0, 0.4)
    let solution = solver.solve(target, from: ExampleRobots.ready, settings: .offline)
    #expect(!solution.isConverged)
    #expect(zip(chain.segments, solution.positions).allSatisfy { $0.limits.contains($1) })
    #expect(solution.positionError < 1.2)
  }

  @Test("Equal questions have equal answers")
  func deterministic() {
    var one = InverseKinematics(chain: chain, rest: ExampleRobots.ready)
    var two = InverseKinematics(chain: chain, rest: ExampleRobots.ready)
    var target = chain.baseFromEndEffector(ExampleRobots.ready)
    target.position.x += 0.1
    _ = two.solve(Pose(position: Vector3(0.4, 0.3, 0.2)), from: ExampleRobots.ready)
    #expect(one.solve(target, from: ExampleRobots.ready) == two.solve(target, from: ExampleRobots.ready))
  }
}
