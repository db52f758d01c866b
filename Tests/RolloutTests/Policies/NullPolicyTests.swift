import RehearsalCore
import TestSupport
import Testing

@testable import Rollout

@Suite struct NullPolicyTests {
  func context(episode: Int = 0) -> PolicyContext {
    let scene = ExampleRobots.mobileManipulator()
    return PolicyContext(
      scene: scene, actionSpace: .mobileManipulator, proprioception: ProprioceptionLayout(robot: scene.robot),
      cameras: [], controlHz: 20, random: SeedStream(root: 1, factor: .policy, episode: episode))
  }

  let observation = Observation(tick: 0, instruction: "Stop", images: [], proprioception: [])

  @Test("Zero asks for nothing")
  func zero() throws {
    let policy = try PolicyLibrary.make(name: "zero")
    try policy.beginEpisode(context())
    #expect(try policy.act(observation).actions == [Array(repeating: 0, count: 9)])
    #expect(!policy.needsImages)
  }

  @Test("Random draws new elements of [−1, 1] at every step, equal for equal episodes")
  func random() throws {
    let policy = try PolicyLibrary.make(name: "random")
    try policy.beginEpisode(context())
    let first = (0..<50).flatMap { _ in (try? policy.act(observation).actions) ?? [] }
    try policy.beginEpisode(context())
    let again = (0..<50).flatMap { _ in (try? policy.act(observation).actions) ?? [] }
    try policy.beginEpisode(context(episode: 1))
    let other = (0..<50).flatMap { _ in (try? policy.act(observation).actions) ?? [] }
    #expect(first == again)
    #expect(first != other)
    let elements = first.flatMap { $0 }
    #expect(elements.count == 450 && elements.allSatisfy { (-1...1).contains($0) })
    #expect(elements.min()! < -0.9 && elements.max()! > 0.9)
    #expect(first[0] != first[1])
  }

  @Test("An unknown name is an error that lists the names")
  func unknown() throws {
    let error = #expect(throws: RehearsalError.self) { _ = try PolicyLibrary.make(name: "clever") }
    #expect(
      error?.description
        == "there is no policy called `clever`\n  remedy: use one of scripted, visual-servo, zero, random, vla:CHECKPOINT, or vla:FOLDER of a full-size policy"
    )
    for name in PolicyLibrary.names + ["expert"] { _ = try PolicyLibrary.make(name: name) }
  }
}
