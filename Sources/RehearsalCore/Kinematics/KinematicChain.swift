/// The joints between an arm's base frame and its tool centre point, ready for forward and inverse kinematics.
///
/// Positions are in the order of `RobotModel.Arm.joints`, from the shoulder outward; radians or metres.
public struct KinematicChain: Hashable, Sendable {
  public struct Segment: Hashable, Sendable {
    /// The joint's frame at 0 in the frame before it.
    public var parentFromJoint: Pose
    /// Unit vector in the joint's frame.
    public var axis: Vector3
    public var isPrismatic: Bool
    /// Unbounded for continuous joints.
    public var limits: ClosedRange<Double>
    /// rad/s or m/s.
    public var maxVelocity: Double
  }

  public var segments: [Segment]
  /// From the last joint's child to the tool centre point.
  public var lastFromEndEffector: Pose

  public var count: Int { segments.count }

  /// The chain of `arm`, whose joints must follow each other from the base's body to the end effector's.
  public init(scene: SceneModel, arm: RobotModel.Arm) {
    precondition(!arm.joints.isEmpty, "the arm of scene \(scene.name) has no joints")
    var body = arm.base.body
    segments = arm.joints.enumerated().map { index, id in
      let joint = scene.joints[id]
      precondition(joint.parent == body, "arm joint \(joint.name) does not follow the one before it")
      body = joint.child
      let unbounded = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
      return Segment(
        parentFromJoint: index == 0 ? arm.base.bodyFromFrame.inverse * joint.parentFromJoint : joint.parentFromJoint,
        axis: joint.axis, isPrismatic: joint.kind == .prismatic, limits: joint.limits ?? unbounded,
        maxVelocity: joint.maxVelocity)
    }
    precondition(body == arm.endEffector.body, "the end effector is not on the last arm joint's body")
    lastFromEndEffector = arm.endEffector.bodyFromFrame
  }

  /// Where the tool centre point is, in the arm's base frame.
  public func baseFromEndEffector(_ positions: [Double]) -> Pose {
    precondition(positions.count == count, "\(positions.count) positions for \(count) joints")
    var pose = Pose.identity
    for (segment, position) in zip(segments, positions) { pose = segment.advance(pose, by: position) }
    return pose * lastFromEndEffector
  }

  /// Fills `columns` with what the end effector does per unit speed of each joint, in the arm's base frame (the
  /// geometric Jacobian), and returns where it is.
  public func jacobian(_ positions: [Double], into columns: inout [Twist]) -> Pose {
    precondition(positions.count == count && columns.count == count, "\(positions.count) positions, \(count) joints")
    var pose = Pose.identity
    for (index, segment) in segments.enumerated() {
      pose = segment.advance(pose, by: positions[index])
      columns[index] = Twist(linear: pose.position, angular: pose.orientation * segment.axis)
    }
    let end = pose * lastFromEndEffector
    for (index, segment) in segments.enumerated() {
      let (origin, axis) = (columns[index].linear, columns[index].angular)
      columns[index] =
        segment.isPrismatic
        ? Twist(linear: axis, angular: .zero)
        : Twist(linear: axis.cross(end.position - origin), angular: axis)
    }
    return end
  }

  /// `positions` moved to the nearest allowed ones.
  public func clamped(_ positions: [Double]) -> [Double] {
    zip(segments, positions).map { min(max($1, $0.limits.lowerBound), $0.limits.upperBound) }
  }
}

extension KinematicChain.Segment {
  /// The joint's child frame, given the frame before the joint.
  fileprivate func advance(_ parent: Pose, by position: Double) -> Pose {
    let joint = parent * parentFromJoint
    return isPrismatic
      ? Pose(position: joint.position + joint.orientation * (axis * position), orientation: joint.orientation)
      : Pose(position: joint.position, orientation: joint.orientation * Quaternion(axis: axis, angle: position))
  }
}
