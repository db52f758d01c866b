import RehearsalCore
import TestSupport
import Testing

@testable import Authoring

@Suite("Faults of scene files") struct SceneFaultTests {
  private func faultsOfScene(_ text: String) -> [String] {
    faults("name: test\nrobot: {path: \(packageRoot)/Assets/robots/turtlebot}\n" + text) { root in
      _ = SceneLoader.read(root, robot: nil)
    }
  }

  @Test("all faults of a scene come at once, each at its place")
  func allAtOnce() {
    let found = faultsOfScene(
      """
      statics:
        - {name: floor, shapes: [{plane: 5, material: oka}]}
      materials: {oak: {color: brown}}
      objects:
        - {kind: box, colors: [red, grean], mass: 0, shapes: [{box: [1, 1, -1]}]}
        - {kind: ball, colors: [red], mass: .nan, shapes: [{sphere: 0.1, box: [1, 1, 1]}]}
      placements:
        - {name: all, kinds: [bxo], count: 1, regions: [{center: [0, 0, 0], size: [1, 1]}]}
      lights: [{kind: directional, direction: [0, 0, 0], intensity: -1}]
      gravty: [0, 0, 0]
      """)
    #expect(
      found == [
        "scene.yaml:4:49: error: statics[0].shapes[0].material: there is no material \"oka\"; did you mean \"oak\"?",
        "scene.yaml:7:31: error: objects[0].colors[1]: \"grean\" is not one of red, green, blue, yellow, orange, "
          + "purple, cyan, pink, white, black, gray, brown; did you mean \"green\"?",
        "scene.yaml:7:45: error: objects[0].mass: must be greater than 0",
        "scene.yaml:7:70: error: objects[0].shapes[0].box[2]: must be greater than 0",
        "scene.yaml:8:39: error: objects[1].mass: must be a finite number",
        "scene.yaml:8:53: error: objects[1].shapes: needs at least one shape with a volume",
        "scene.yaml:8:54: error: objects[1].shapes[0]: needs exactly one of box, sphere, cylinder, cone, capsule, "
          + "plane, wall",
        "scene.yaml:10:5: error: placements[0]: needs kinds or objects",
        "scene.yaml:10:25: error: placements[0].kinds[0]: \"bxo\" is not one of box; did you mean \"box\"?",
        "scene.yaml:11:41: error: lights[0].direction: must not be zero",
        "scene.yaml:11:63: error: lights[0].intensity: must be at least 0",
        "scene.yaml:12:1: error: gravty: unknown key; did you mean \"gravity\"?",
      ])
  }

  @Test("a camera inside a body is an error")
  func cameraInside() {
    let found = faultsOfScene(
      """
      materials: {oak: {color: brown}}
      statics: [{name: crate, position: [2, 0, 0], shapes: [{box: [1, 1, 1], material: oak}]}]
      cameras: [{name: eye, eye: [2.2, 0, 0], lookAt: [0, 0, 0], fovDegrees: 45, width: 64, height: 64}]
      """)
    #expect(found == ["scene.yaml:5:11: error: cameras[0]: the camera \"eye\" lies inside the body \"crate\""])
  }

  @Test("names of bodies are unique, groups share no body, and colours can be distinct only as far as they go")
  func clashes() {
    let found = faultsOfScene(
      """
      objects:
        - {kind: box, colors: [red, red], mass: 1, shapes: [{box: [1, 1, 1]}]}
      placements:
        - {name: a, kinds: [box], count: 2, distinctColors: true, regions: [{center: [0, 0, 0], size: [1, 1]}]}
        - {name: b, objects: [red_box], regions: [{center: [0, 0, 0], size: [1, 1]}]}
      """)
    #expect(
      found == [
        "scene.yaml:4:5: error: objects[0]: there is already a body \"red_box\"",
        "scene.yaml:6:36: error: placements[0].count: of 1 colours, no 2 can be distinct",
        "scene.yaml:7:5: error: placements[1]: \"red_box\" is already in group \"a\"",
      ])
  }

  @Test("a fixture's part moves on its joint from the fixture's pose")
  func fixture() throws {
    var loaded: LoadedScene?
    let text = """
      name: test
      robot: {path: \(packageRoot)/Assets/robots/turtlebot}
      materials: {oak: {color: brown}}
      fixtures:
        - name: chest
          position: [1, 0, 0]
          yawDegrees: 90
          shapes: [{box: [1, 1, 1], material: oak}]
          parts:
            - name: drawer
              label: {color: brown, shape: drawer}
              mass: 2
              shapes: [{box: [1, 1, 1], material: oak}]
              joint: {kind: prismatic, axis: [-2, 0, 0], range: [0, 0.2], home: 0.1, position: [0, 0, 0.5]}
      """
    #expect(faults(text) { loaded = SceneLoader.read($0, robot: nil) } == [])
    let scene = try #require(loaded).scene
    let drawer = try #require(scene.body(named: "chest/drawer"))
    #expect(scene.bodies[drawer].label == ObjectLabel(color: "brown", shape: "drawer"))
    #expect((scene.bodies[drawer].worldFromBody.position - Vector3(1, -0.1, 0.5)).length < 1e-12)
    let joint = scene.joints[try #require(scene.joint(above: drawer))]
    #expect(joint.axis == -.unitX)
    #expect(joint.limits == 0...0.2)
    // A part with a label has a material of its own, so that its colour can change alone.
    #expect(scene.bodies[drawer].shapes[0].material != scene.bodies[drawer.rawValue - 1].shapes[0].material)
  }
}
