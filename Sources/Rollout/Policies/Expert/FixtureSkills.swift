internal import Foundation
internal import RehearsalCore

/// Hooks the fingers over the drawer's handle and pulls it open.
struct OpenDrawerSkill: Skill {
  func intent(in situation: Situation) -> Intent {
    var (slot, position) = ("target", 0.1)
    for case .openedBeyond(let name, let wanted) in situation.goals { (slot, position) = (name, wanted) }
    guard let handle = Handle(of: situation.body(slot), in: situation) else { return Intent() }
    guard handle.isBeside(handle.grip, from: -0.02, to: 0.02, in: situation) else {
      let opening = situation.robot.gripper?.value(opening: handle.thickness + 0.03)
      return Intent(tool: handle.approach(handle.grip, in: situation), gripper: opening)
    }
    let remaining = position + 0.015 - handle.travel
    guard remaining > 0 else { return Intent(gripper: 1) }
    var goal = handle.grip
    goal.position += handle.pull * min(remaining, 0.03)
    return Intent(tool: ToolGoal(worldFromTool: goal, speed: 0.1), gripper: 1)
  }
}

/// Pushes the drawer shut with closed fingers against its handle.
struct CloseDrawerSkill: Skill {
  func intent(in situation: Situation) -> Intent {
    var (slot, position) = ("target", 0.01)
    for case .closedWithin(let name, let wanted) in situation.goals { (slot, position) = (name, wanted) }
    guard let handle = Handle(of: situation.body(slot), in: situation) else { return Intent() }
    var front = handle.grip
    front.position += handle.pull * (handle.thickness / 2 + 0.03)
    guard handle.isBeside(front, from: -0.02, to: 0.03, in: situation) else {
      return Intent(tool: handle.approach(front, in: situation), gripper: 1)
    }
    guard handle.travel > 0.5 * position else { return Intent(gripper: 1) }
    front.position -= handle.pull * 0.06
    return Intent(tool: ToolGoal(worldFromTool: front, speed: 0.12), gripper: 1)
  }
}

/// Presses the button down with closed fingers.
struct PressButtonSkill: Skill {
  func intent(in situation: Situation) -> Intent {
    var (slot, travel) = ("target", 0.01)
    for case .pressed(let name, let wanted) in situation.goals { (slot, travel) = (name, wanted) }
    let top = situation.topPoint(of: situation.body(slot))
    let above = top + Vector3(0, 0, situation.fingertipLength + 0.015)
    let goal = Pose(toolDownAt: above, yaw: situation.naturalYaw(at: top))
    let offset = above - situation.worldFromTool.position
    guard offset.planarLength < 0.008 && offset.z > -0.01 else {
      return Intent(tool: situation.approach(goal), gripper: 1)
    }
    var below = goal
    below.position.z = top.z + situation.fingertipLength - travel - 0.01
    return Intent(tool: ToolGoal(worldFromTool: below, speed: 0.15), gripper: 1)
  }
}

/// The bar by which a drawer is pulled: the shape that stands out farthest where it opens to.
private struct Handle {
  /// Unit vector along which the drawer opens, in the world.
  let pull: Vector3
  /// Extent of the bar along `pull`.
  let thickness: Double
  /// The tool over the bar, a finger before and one behind it.
  let grip: Pose
  /// How far it is open.
  let travel: Double

  init?(of body: BodyID, in situation: Situation) {
    let (scene, state) = (situation.scene, situation.state)
    guard let joint = scene.joint(above: body) else { return nil }
    let pull = state.worldFromBody[body].orientation * scene.joints[joint].axis
    func reach(_ shape: ShapeModel, _ d: Vector3) -> Double { scene.reach(of: shape, of: body, along: d, in: state) }
    let solids = scene.bodies[body].shapes.filter(\.collides)
    guard let bar = solids.max(by: { reach($0, pull) < reach($1, pull) }) else { return nil }
    let center = (state.worldFromBody[body] * bar.bodyFromShape).position
    self.pull = pull
    thickness = reach(bar, pull) + reach(bar, -pull)
    travel = state.jointPositions[joint]
    let across = situation.comfortableYaw(atan2(pull.y, pull.x) + .pi / 2, at: center)
    grip = Pose(toolDownAt: center, yaw: across)
  }

  /// The way to `place`, straight above it at last: fingers that came down aside would rest on the bar, and push it along
  /// as they seek their place.
  func approach(_ place: Pose, in situation: Situation) -> ToolGoal {
    situation.approach(place, within: 0.008, over: 0.03)
  }

  /// Whether the tool is as low as `place`, and not farther from it than `from` to `to` along `pull`.
  func isBeside(_ place: Pose, from: Double, to: Double, in situation: Situation) -> Bool {
    let offset = situation.worldFromTool.position - place.position
    let along = offset.dot(pull)
    return abs(offset.z) < 0.01 && (from...to).contains(along) && (offset - pull * along).planarLength < 0.04
  }
}
