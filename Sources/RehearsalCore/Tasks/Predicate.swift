/// What must be true for a command to have succeeded. Slots are bound to bodies when an episode is drawn.
///
/// "Since the start" means since the command began. Lengths in metres, angles in radians.
public indirect enum Predicate: Hashable, Sendable {
  case all([Predicate])
  case any([Predicate])
  case not(Predicate)

  /// The base moved at least `distance` along its heading at the start (negative: backward), and strayed sideways by
  /// at most half of that.
  case moved(distance: Double)
  /// The base turned by at least `angle` since the start (positive: to the left), whole turns counted.
  case turned(angle: Double)
  /// The base is slower than both.
  case stopped(linearSpeed: Double, angularSpeed: Double)
  /// The ground distance from the robot's front to the body's surface is at most `distance`.
  case near(slot: String, distance: Double)
  /// The base's heading is within `angle` of the direction to the body.
  case facing(slot: String, angle: Double)
  /// The end effector is within `distance` of the body's surface.
  case reached(slot: String, distance: Double)
  /// The body moved horizontally by at least `distance` since the start along `direction`: a horizontal unit vector in
  /// the frame of the arm's base at the start (x away from the robot, y to its left).
  case pushed(slot: String, direction: Vector3, distance: Double)
  /// The body rests on what it rested on at the start.
  case keptSupport(slot: String)
  /// The body is at least `height` above where it was at the start and touches nothing but the robot.
  case lifted(slot: String, height: Double)
  /// The body rests on `support`, and the robot does not touch it.
  case placedOn(slot: String, support: String)
  /// The body's centre is inside the bounding box of `container`, it touches it or something in it, and the robot does
  /// not touch it.
  case placedIn(slot: String, container: String)
  /// The joint above the body stands at `position` or more (metres or radians).
  case openedBeyond(slot: String, position: Double)
  case closedWithin(slot: String, position: Double)
  /// The joint above the body was pushed in by at least `travel`.
  case pressed(slot: String, travel: Double)
  /// The robot's fingers touch nothing.
  case handEmpty
}

/// How far a predicate is.
public struct PredicateValue: Hashable, Sendable {
  public var isSatisfied: Bool
  /// 0 at the start or worse … 1 satisfied.
  public var progress: Double

  public init(isSatisfied: Bool, progress: Double) {
    self.isSatisfied = isSatisfied
    self.progress = isSatisfied ? 1 : min(max(progress, 0), 1)
  }
}
