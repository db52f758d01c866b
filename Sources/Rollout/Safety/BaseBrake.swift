import RehearsalCore

/// How fast a base may be told to go so that its ramp stops it before it leaves a region.
struct BaseBrake {
  let region: SafetyPlan.KeepInRegion
  let drive: RobotModel.Drive
  /// Of control, seconds.
  let period: Double

  /// Wheels follow their commands late by less than this, metres.
  private static let margin = 0.005

  /// The forward elements of an action that keep the base in the region, as it now stands and heads.
  func forward(from worldFromRobot: Pose) -> ClosedRange<Double> {
    let ahead = worldFromRobot.orientation * .unitX
    let heading = SIMD2(ahead.x, ahead.y)
    let place = SIMD2(worldFromRobot.position.x, worldFromRobot.position.y)
    return -share(room(from: place, along: -heading))...share(room(from: place, along: heading))
  }

  /// Metres to the region's edge; 0 beyond it, unless the way leads back in.
  private func room(from place: SIMD2<Double>, along heading: SIMD2<Double>) -> Double {
    var room = Double.infinity
    for axis in 0..<2 where heading[axis] != 0 {
      let edge = heading[axis] > 0 ? region.maximum[axis] : region.minimum[axis]
      room = min(room, (edge - place[axis]) / heading[axis])
    }
    return max(room - Self.margin, 0)
  }

  /// The speed v, as a share of the top speed, whose period and stop fit: v T + v² / (2 a) = room.
  private func share(_ room: Double) -> Double {
    let brake = drive.maxLinearAcceleration * period
    let speed = (brake * brake + 2 * drive.maxLinearAcceleration * room).squareRoot() - brake
    return min(speed / drive.maxLinearSpeed, 1)
  }
}
