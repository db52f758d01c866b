import Foundation
import RehearsalCore

/// Mass properties from an inertia tensor about the centre of mass, by Jacobi rotations.
func massProperties(_ mass: Double, com: Vector3, _ tensor: [Double]) -> MassProperties {
  var m = [
    [tensor[0], tensor[3], tensor[4]], [tensor[3], tensor[1], tensor[5]], [tensor[4], tensor[5], tensor[2]],
  ]
  var v: [[Double]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
  for _ in 0..<30 {
    for (p, q) in [(0, 1), (0, 2), (1, 2)] where abs(m[p][q]) > 1e-15 {
      let theta = 0.5 * atan2(2 * m[p][q], m[q][q] - m[p][p])
      let (c, s) = (cos(theta), sin(theta))
      for k in 0..<3 { (m[k][p], m[k][q]) = (c * m[k][p] - s * m[k][q], s * m[k][p] + c * m[k][q]) }
      for k in 0..<3 { (m[p][k], m[q][k]) = (c * m[p][k] - s * m[q][k], s * m[p][k] + c * m[q][k]) }
      for k in 0..<3 { (v[k][p], v[k][q]) = (c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]) }
    }
  }
  let x = Vector3(v[0][0], v[1][0], v[2][0])
  let y = Vector3(v[0][1], v[1][1], v[2][1])
  return MassProperties(
    mass: mass, bodyFromInertial: Pose(position: com, orientation: Quaternion(columns: x, y, x.cross(y))),
    principalInertia: Vector3(m[0][0], m[1][1], m[2][2]))
}
