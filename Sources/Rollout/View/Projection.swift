import Foundation
import RehearsalCore
import Rendering
import Viewing

/// Where points of the world lie in a picture of `width` × `height` pixels.
struct Projection {
  private let cameraFromWorld: Pose
  private let focalLength: Double
  private let center: SIMD2<Double>
  private let near: Double

  init(camera: CameraModel, state: SceneState, width: Double, height: Double) {
    cameraFromWorld = camera.worldFromCamera(in: state).inverse
    focalLength = height / 2 / tan(camera.fovDegrees * .pi / 360)
    center = SIMD2(width / 2, height / 2)
    near = max(camera.near, 0.01)
  }

  /// Nil behind the camera.
  func point(_ pointInWorld: Vector3) -> Drawing.Point? {
    let p = cameraFromWorld * pointInWorld
    return p.x >= near ? projected(p) : nil
  }

  /// The part of the line that lies before the camera; nil if none does.
  func line(_ a: Vector3, _ b: Vector3) -> (Drawing.Point, Drawing.Point)? {
    var (p, q) = (cameraFromWorld * a, cameraFromWorld * b)
    if p.x < near && q.x < near { return nil }
    if p.x < near { p = q + (p - q) * ((q.x - near) / (q.x - p.x)) }
    if q.x < near { q = p + (q - p) * ((p.x - near) / (p.x - q.x)) }
    return (projected(p), projected(q))
  }

  /// Of a point in the camera's frame: x forward, y left, z up.
  private func projected(_ p: Vector3) -> Drawing.Point {
    Drawing.Point(x: center.x - focalLength * p.y / p.x, y: center.y - focalLength * p.z / p.x, depth: p.x)
  }
}
