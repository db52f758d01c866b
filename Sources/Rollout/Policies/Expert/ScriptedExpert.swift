public import RehearsalCore

/// Carries out every command by a hand-written skill that knows the simulator's truth; makes demonstrations.
///
/// It acts on the world only through actions, reacts at every step to where things are, and tries again when
/// something slipped.
public final class ScriptedExpert: Policy {
  public let needsPrivilegedState = true
  public let needsImages = false

  private var context: PolicyContext?
  private var encoder: ActionEncoder?
  private var skill: (any Skill)?
  private var homeTwist = 0.0

  public init() {}

  public func mismatch(with context: PolicyContext) -> String? {
    let robot = context.scene.robot
    return robot.arm != nil && robot.gripper == nil ? "the scripted expert needs a gripper on its arm" : nil
  }

  public func beginEpisode(_ context: PolicyContext) {
    self.context = context
    encoder = ActionEncoder(context)
    homeTwist = context.scene.homeTwist
    skill = nil
  }

  public func beginCommand(_ instruction: String) { skill = nil }

  public func act(_ observation: Observation) throws -> ActionChunk {
    guard let context, let truth = observation.privileged else {
      throw RehearsalError(
        .mismatch, "the scripted expert was not given the simulator's state",
        remedy: "run it in this simulator; it cannot drive a real robot")
    }
    let situation = Situation(
      scene: context.scene, state: truth.state, start: truth.stateAtStart, command: truth.command,
      period: 1 / Double(context.controlHz), homeTwist: homeTwist)
    if skill == nil { skill = truth.command.model.expert.skill(for: context.scene.robot) }
    let intent = skill!.intent(in: situation)
    return ActionChunk(encoder!.encode(intent, in: situation))
  }
}

extension ExpertSkill {
  /// The skill; those of the arm come behind a drive to the table where the robot has wheels.
  fileprivate func skill(for robot: RobotModel) -> any Skill {
    func docked(_ skill: some Skill) -> any Skill { robot.drive == nil ? skill : DockingSkill(skill) }
    switch self {
    case .drive: return DriveSkill()
    case .turn: return TurnSkill()
    case .stop: return StopSkill()
    case .goTo: return GoToSkill()
    case .reach: return docked(ReachSkill())
    case .push: return docked(PushSkill())
    case .pick: return docked(PickSkill())
    case .placeOn, .placeIn: return docked(PlaceSkill())
    case .openDrawer: return docked(OpenDrawerSkill())
    case .closeDrawer: return docked(CloseDrawerSkill())
    case .pressButton: return docked(PressButtonSkill())
    }
  }
}
