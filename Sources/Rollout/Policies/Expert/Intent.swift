internal import RehearsalCore

/// What a skill wants of the robot during the next control period, in SI units.
struct Intent {
  /// m/s and rad/s; at rest by default.
  var forward = 0.0
  var yawRate = 0.0
  /// Nil: the arm holds still.
  var tool: ToolGoal?
  /// −1 open … +1 closed; nil: as it was.
  var gripper: Double?
}

/// Where the tool centre point should go, and how fast it may.
struct ToolGoal {
  var worldFromTool: Pose
  /// m/s across; never more than the arm's top speed.
  var speed: Double
  /// m/s up and down.
  var climb: Double

  init(worldFromTool: Pose, speed: Double, climb: Double? = nil) {
    self.worldFromTool = worldFromTool
    self.speed = speed
    self.climb = climb ?? speed
  }
}

/// A part of what an expert can do: reads the situation anew at every step and says what it wants next.
protocol Skill {
  mutating func intent(in situation: Situation) -> Intent
}
