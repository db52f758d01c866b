internal import RehearsalCore

/// Base speeds that change no faster than the drive allows, and the wheel speeds that make them.
struct DriveRamp {
  private let drive: RobotModel.Drive
  private let period: Double
  /// m/s and rad/s now asked of the wheels.
  private(set) var linearSpeed = 0.0
  private(set) var angularSpeed = 0.0

  init(drive: RobotModel.Drive, period: Double) {
    self.drive = drive
    self.period = period
  }

  mutating func stop() { (linearSpeed, angularSpeed) = (0, 0) }

  /// One control period towards speeds given as fractions of the top speeds.
  mutating func advance(forward: Double, yaw: Double) {
    linearSpeed += limited(forward * drive.maxLinearSpeed - linearSpeed, drive.maxLinearAcceleration)
    angularSpeed += limited(yaw * drive.maxAngularSpeed - angularSpeed, drive.maxAngularAcceleration)
  }

  /// Writes ω = (v ± yaw rate · separation / 2) / radius for every wheel, rad/s.
  func write(into targets: inout JointTargets) {
    let difference = angularSpeed * drive.wheelSeparation / 2
    for wheel in drive.leftWheels { targets.values[wheel] = (linearSpeed - difference) / drive.wheelRadius }
    for wheel in drive.rightWheels { targets.values[wheel] = (linearSpeed + difference) / drive.wheelRadius }
  }

  private func limited(_ change: Double, _ acceleration: Double) -> Double {
    min(max(change, -acceleration * period), acceleration * period)
  }
}
