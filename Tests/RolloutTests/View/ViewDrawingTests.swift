import Authoring
import Recording
import RehearsalCore
import TestSupport
import Testing
import Viewing

@testable import Rollout

@Suite("What the viewer draws")
struct ViewDrawingTests {
  private func moment(contacts: [Contact] = [], tick: Int = 0) -> ViewMoment {
    let scene = SceneModel.drive()
    var state = SceneState.atRest(scene)
    state.contacts = contacts
    let plan = ExperimentPlan.drive()
    var moment = ViewMoment(
      serial: 1, episode: 0, attempt: 0, scene: scene, appearance: plan.appearance, state: state)
    moment.tick = tick
    return moment
  }

  private func items(_ moment: ViewMoment, _ overlays: Set<Overlay>, trail: Trail = Trail()) throws -> [Drawing.Item] {
    var drawing = Drawing()
    let projection = Projection(camera: moment.scene.cameras[1], state: moment.state, width: 1280, height: 720)
    SceneOverlay(projection: projection, moment: moment, unit: 1, fonts: try Fonts())
      .draw(overlays, trail: trail, isRecording: true, into: &drawing)
    return drawing.items
  }

  private func lines(_ items: [Drawing.Item]) -> [(a: Drawing.Point, b: Drawing.Point, ink: Ink)] {
    items.compactMap { if case .line(let a, let b, _, let ink) = $0 { (a, b, ink) } else { nil } }
  }

  @Test("the way so far is drawn in colour, of the way to come every other piece, pale; both fade behind things")
  func trajectory() throws {
    var trail = Trail()
    trail.base = (0...6).map { Vector3(Double($0) * 0.1, 0, 0) }
    let drawn = lines(try items(moment(tick: 3), [.trajectory], trail: trail))
    let future = drawn.filter { $0.ink.red == 255 }
    #expect(drawn.count - future.count == 3 && (1...2).contains(future.count))
    #expect(drawn.allSatisfy { $0.a.depth > 0 && $0.b.depth > 0 })
  }

  @Test("frames: three axes each for the robot and everything that has a name, red, green and blue")
  func frames() throws {
    let drawn = try items(moment(), [.frames])
    // Robot, red box, blue ball; every axis has a shadow.
    #expect(lines(drawn).count == 3 * 3 * 2)
    let names = drawn.compactMap { if case .text(let text, _, _, _, _, _) = $0 { text } else { nil } }
    #expect(Set(names) == ["rover", "red box", "blue ball"])
  }

  @Test("a contact is a disc where it is, larger where the force is")
  func contacts() throws {
    func radius(_ force: Double) throws -> Double {
      let contact = Contact(first: BodyID(0), second: BodyID(4), normalForce: force, point: Vector3(1, 0, 0))
      let drawn = try items(moment(contacts: [contact]), [.contacts])
      let discs = drawn.compactMap { if case .outline(let rect, _, _, _) = $0 { rect } else { nil } }
      #expect(discs.count == 1)
      return try #require(discs.first).width / 2
    }
    #expect(try radius(20) > radius(1) + 1)
    #expect(try radius(10_000) < 20, "never a blot")
  }

  @Test("nothing is drawn over the picture that was not asked for")
  func nothing() throws { #expect(try items(moment(), [.cameras, .task, .help]).isEmpty) }

  @Test("a click on the timeline is a share of the recording; beside it, nothing")
  func timeline() throws {
    let layout = PanelLayout(width: 1280, height: 720)
    let track = layout.timelineTrack
    let middle = try #require(layout.timelineShare(x: track.x + track.width / 2, y: track.y + 3))
    #expect(abs(middle - 0.5) < 1e-9)
    #expect(layout.timelineShare(x: track.maxX + 5, y: track.y) == 1)
    #expect(layout.timelineShare(x: 640, y: 300) == nil)
  }

  @Test("insets stand one below the other inside of the window, however many there are and however small it is")
  func insets() {
    for (count, size) in [(1, (1280.0, 720.0)), (3, (1280, 720)), (5, (640, 360))] {
      let rects = PanelLayout(width: size.0, height: size.1).insets(aspects: Array(repeating: 1, count: count))
      #expect(rects.count == count && rects.allSatisfy { $0.x > 0 && $0.maxX < size.0 && $0.maxY < size.1 })
      for (upper, lower) in zip(rects, rects.dropFirst()) { #expect(upper.maxY < lower.y) }
    }
  }

  @Test("presets go round: each in turn, and then again as the episode was drawn")
  func presets() {
    let wardrobe = Wardrobe(presets: ["full", "light"], seed: 7) { _ in .drive() }
    #expect(wardrobe.preset(after: nil) == "full")
    #expect(wardrobe.preset(after: "full") == "light")
    #expect(wardrobe.preset(after: "light") == nil)
    #expect(wardrobe.seed(after: Look()) == 8)
  }
}
