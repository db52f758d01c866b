import Recording
import RehearsalCore

/// All that the viewer shows of one instant of an episode.
struct ViewMoment: Sendable {
  /// Counts the episodes begun: another number, another scene to load.
  var serial: Int
  var episode: Int
  /// How many starts were thrown away before this one.
  var attempt: Int
  var scene: SceneModel
  /// As the episode was drawn.
  var appearance: Appearance
  var state: SceneState
  /// Control steps since the episode began.
  var tick = 0
  var instruction = ""
  /// Of the command in force, 0…1.
  var progress = 0.0
  var goals: [GoalPart] = []
  var status = ReplayFrame.Status.running
  /// What the policy was shown, if it looks.
  var seen: [CameraImage] = []
}

/// Where the robot has been in an episode, by control step.
struct Trail: Sendable {
  /// The tool centre point; empty without an arm.
  var tool: [Vector3] = []
  /// The base on the ground; empty unless it drives.
  var base: [Vector3] = []

  mutating func append(_ state: SceneState, of robot: RobotModel) {
    if let arm = robot.arm { tool.append(arm.worldFromEndEffector(in: state).position) }
    if robot.drive != nil {
      let place = state.worldFromBody[robot.root].position
      base.append(Vector3(place.x, place.y, 0.004))
    }
  }
}

extension ReplayFrame.Status {
  init(_ outcome: EpisodeOutcome) {
    switch outcome {
    case .success: self = .success
    case .timeLimit: self = .failed("time limit")
    case .failure(let reason): self = .failed(reason.name)
    case .invalid: self = .invalid
    }
  }
}
