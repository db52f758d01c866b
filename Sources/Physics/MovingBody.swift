import RehearsalCore

/// A body whose pose the native world reports, and how its frame lies in the native one.
///
/// The native world knows bodies by their inertial frames (origin at the centre of mass, axes along the principal axes).
struct MovingBody {
  let id: BodyID
  let bodyFromInertial: Pose
  let inertialFromBody: Pose

  init(id: BodyID, mass: MassProperties) {
    self.id = id
    bodyFromInertial = mass.bodyFromInertial
    inertialFromBody = mass.bodyFromInertial.inverse
  }

  /// The body's pose and the velocity of its origin, from its 13 numbers among `rows`.
  func unpack(_ rows: [Double]) -> (pose: Pose, velocity: Twist) {
    let i = id.rawValue * 13
    let worldFromInertial = Pose(
      position: Vector3(rows[i], rows[i + 1], rows[i + 2]),
      orientation: Quaternion(x: rows[i + 3], y: rows[i + 4], z: rows[i + 5], w: rows[i + 6]))
    let pose = worldFromInertial * inertialFromBody
    let linear = Vector3(rows[i + 7], rows[i + 8], rows[i + 9])
    let angular = Vector3(rows[i + 10], rows[i + 11], rows[i + 12])
    let centreToOrigin = pose.position - worldFromInertial.position
    return (pose, Twist(linear: linear + angular.cross(centreToOrigin), angular: angular))
  }
}
