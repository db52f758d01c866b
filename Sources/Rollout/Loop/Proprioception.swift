import RehearsalCore

extension ProprioceptionLayout {
  /// What the robot knows of itself in `state`, in the layout's order.
  static func read(_ state: SceneState, of scene: SceneModel) -> [Double] {
    let robot = scene.robot
    var values: [Double] = []
    values.reserveCapacity(24)
    if robot.drive != nil {
      let twist = state.velocities[robot.root]
      let heading = state.worldFromBody[robot.root].orientation * .unitX
      values.append(twist.linear.dot(heading))
      values.append(twist.angular.z)
    }
    if let arm = robot.arm {
      let worldFromBase = state.worldFromBody[arm.base.body] * arm.base.bodyFromFrame
      let worldFromHand = state.worldFromBody[arm.endEffector.body] * arm.endEffector.bodyFromFrame
      let baseFromHand = worldFromBase.inverse * worldFromHand
      let (p, q) = (baseFromHand.position, baseFromHand.orientation)
      values.append(contentsOf: [p.x, p.y, p.z, q.x, q.y, q.z, q.w])
      values.append(contentsOf: arm.joints.map { state.jointPositions[$0.rawValue] })
    }
    if let gripper = robot.gripper {
      values.append(gripper.joints.reduce(0) { $0 + state.jointPositions[$1.rawValue] })
    }
    return values
  }
}
