import Foundation
import RehearsalCore
import Rendering

/// A free camera that circles a point. Drags are in heights of the window.
struct OrbitCamera: Hashable, Sendable {
  /// What it looks at; world.
  var target: Vector3
  /// Metres.
  var distance: Double
  /// Where the eye stands, seen from the target: heading about z and height above the horizon, radians.
  var azimuth: Double
  var elevation: Double
  var fovDegrees: Double

  private static let steepest = 89 * Double.pi / 180
  private static let distances = 0.05...60.0

  /// Stands where `camera` does and looks the same way, at the point that is nearest to `focus`.
  init(_ camera: CameraModel, in state: SceneState, focus: Vector3) {
    let worldFromCamera = camera.worldFromCamera(in: state)
    let forward = worldFromCamera.orientation * .unitX
    distance = max(forward.dot(focus - worldFromCamera.position), 0.3)
    target = worldFromCamera.position + forward * distance
    azimuth = atan2(-forward.y, -forward.x)
    elevation = min(max(asin(min(max(-forward.z, -1), 1)), -Self.steepest), Self.steepest)
    fovDegrees = camera.fovDegrees
  }

  var eye: Vector3 { target + outward * distance }

  private var outward: Vector3 {
    Vector3(cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation))
  }

  /// Turns the scene with the pointer: `across` to the right, `down` downward.
  mutating func orbit(across: Double, down: Double) {
    azimuth = wrappedAngle(azimuth - across * 3.2)
    elevation = min(max(elevation + down * 3.2, -Self.steepest), Self.steepest)
  }

  /// Moves the scene with the pointer, so that what lies at the target's distance stays under it.
  mutating func pan(across: Double, down: Double) {
    let height = 2 * distance * tan(fovDegrees * .pi / 360)
    let right = Vector3(-sin(azimuth), cos(azimuth), 0)
    let up = outward.cross(right)
    target += (up * down - right * across) * height
  }

  /// Moves in by `notches` of a wheel.
  mutating func zoom(notches: Double) {
    distance = min(max(distance * pow(0.88, notches), Self.distances.lowerBound), Self.distances.upperBound)
  }

  func model(width: Int, height: Int) -> CameraModel {
    CameraModel(
      name: "free", parentFromCamera: Pose(eye: eye, lookingAt: target), fovDegrees: fovDegrees, width: width,
      height: height)
  }
}
