import Foundation
import RehearsalCore
import TestSupport
import Testing
import Viewing

@testable import Rollout

@Suite("The viewer's camera")
struct ViewCameraTests {
  private let scene = SceneModel.drive()
  private var state: SceneState { .atRest(scene) }
  private var reviewer: CameraModel { scene.cameras[1] }

  private func projection(_ camera: CameraModel) -> Projection {
    Projection(camera: camera, state: state, width: 640, height: 480)
  }

  @Test("a point that the camera looks at lies in the middle, one to its left on the left, one above it above")
  func projection() throws {
    let camera = CameraModel(
      name: "eye", parentFromCamera: Pose(eye: Vector3(-2, 0, 1), lookingAt: Vector3(0, 0, 1)), fovDegrees: 90,
      width: 640, height: 480)
    let middle = try #require(projection(camera).point(Vector3(0, 0, 1)))
    #expect(abs(middle.x - 320) < 1e-9 && abs(middle.y - 240) < 1e-9 && abs(middle.depth - 2) < 1e-9)
    // At 90° half the picture's height is as large as the distance.
    let aside = try #require(projection(camera).point(Vector3(0, 1, 2)))
    #expect(abs(aside.x - 200) < 1e-9 && abs(aside.y - 120) < 1e-9)
    #expect(projection(camera).point(Vector3(-3, 0, 1)) == nil, "behind the camera")
  }

  @Test("a line that begins behind the camera is cut off before it; one that lies behind it is not drawn")
  func clipping() throws {
    let camera = CameraModel(
      name: "eye", parentFromCamera: .identity, fovDegrees: 90, width: 640, height: 480, near: 0.1)
    let (a, b) = try #require(projection(camera).line(Vector3(-1, 0, 0), Vector3(1, 0.5, 0)))
    #expect(abs(a.depth - 0.1) < 1e-9 && abs(b.depth - 1) < 1e-9)
    #expect(projection(camera).line(Vector3(-1, 0, 0), Vector3(-2, 0, 0)) == nil)
  }

  @Test("the free camera begins with the reviewer's view")
  func firstView() throws {
    let free = OrbitCamera(reviewer, in: state, focus: Vector3(0.5, 0, 0)).model(width: 640, height: 480)
    for point in [Vector3(1, 0, 0.1), Vector3(0, 1, 0.1), Vector3(0, 0, 0.5)] {
      let (mine, theirs) = (
        try #require(projection(free).point(point)), try #require(projection(reviewer).point(point))
      )
      #expect(abs(mine.x - theirs.x) < 1e-6 && abs(mine.y - theirs.y) < 1e-6)
    }
  }

  @Test("orbiting keeps the point in the middle and its distance, and stops short of the poles")
  func orbit() throws {
    var camera = OrbitCamera(reviewer, in: state, focus: Vector3(0.5, 0, 0))
    let before = camera
    camera.orbit(across: 0.3, down: 0.1)
    #expect(camera.target == before.target && abs((camera.eye - camera.target).length - before.distance) < 1e-9)
    #expect((camera.eye - before.eye).length > 0.3)
    camera.orbit(across: 0, down: 10)
    #expect(camera.elevation < .pi / 2)
    let middle = try #require(projection(camera.model(width: 640, height: 480)).point(camera.target))
    #expect(abs(middle.x - 320) < 1e-6 && abs(middle.y - 240) < 1e-6)
  }

  @Test("what lies at the target stays under the pointer when it pans")
  func pan() throws {
    var camera = OrbitCamera(reviewer, in: state, focus: Vector3(0.5, 0, 0))
    let grasped = camera.target
    camera.pan(across: 0.25, down: -0.1)
    let place = try #require(projection(camera.model(width: 640, height: 480)).point(grasped))
    #expect(abs(place.x - (320 + 0.25 * 480)) < 1e-6 && abs(place.y - (240 - 0.1 * 480)) < 1e-6)
  }

  @Test("a notch of the wheel comes an eighth closer, and never through the target")
  func zoom() {
    var camera = OrbitCamera(reviewer, in: state, focus: Vector3(0.5, 0, 0))
    let before = camera.distance
    camera.zoom(notches: 1)
    #expect(abs(camera.distance - before * 0.88) < 1e-9)
    camera.zoom(notches: 1000)
    #expect(camera.distance > 0)
  }
}
