internal import RehearsalCore

extension ExperimentDraft {
  /// The plan, if what was written fits together; faults go to the log. All files must have been read without fault.
  func plan() -> ExperimentPlan? {
    guard let loaded = scene, let schedule else { return nil }
    let (commands, episodes) = ScheduleResolver(commands: budgeted(), scene: loaded).resolve(schedule)
    checkRates()
    checkLanguage(commands)
    checkActionSpace(of: loaded.scene.robot)
    checkSafety()
    let seen = cameras.compactMap { camera($0, in: loaded.scene) }
    for (place, name, _) in imageSize.byCamera where !cameras.contains(where: { $0.text == name }) {
      place.error("the policy does not see \"\(name)\"\(suggestion(for: name, among: cameras.compactMap(\.text)))")
    }
    if cameras.isEmpty { place.report("needs at least one camera", at: place.node.mark, path: "cameras") }
    let reviewer = reviewerCamera.map { camera($0, in: loaded.scene) } ?? reviewerByName(in: loaded.scene)
    let isComplete = seen.count == cameras.count && place.log.isEmpty
    guard isComplete, let episodes, let reviewer else { return nil }
    let (scene, appearance) = resized(loaded, seen)
    var plan = ExperimentPlan(
      name: name, scene: scene, appearance: appearance, placements: loaded.placements,
      robotRegion: loaded.robotRegion, commands: commands, facts: loaded.facts, schedule: episodes,
      phrasings: phrasings, alreadySatisfied: alreadySatisfied, actionSpace: actionSpace, controlHz: controlHz,
      physics: physics, cameras: seen, reviewerCamera: reviewer, renderer: renderer, quality: quality,
      latencyTicks: latencyTicks, executedActions: executedActions, randomization: randomization,
      settleTicks: settleTicks, policy: policy, baselines: baselines, episodes: self.episodes, seed: seed,
      record: record, protocolID: "", safety: safety)
    plan.language = language
    plan.temporalEnsembling = temporalEnsembling
    plan.protocolID = plan.computedProtocolID
    return plan
  }

  /// The commands with the experiment's step budgets.
  private func budgeted() -> [AuthoredCommand] {
    for (place, name, _) in steps.byCommand where !commands.contains(where: { $0.model.name == name }) {
      place.error("there is no command \"\(name)\"\(suggestion(for: name, among: commands.map(\.model.name)))")
    }
    return commands.map { command in
      var command = command
      let own = steps.byCommand.first { $0.name == command.model.name }?.steps
      command.model.steps = own ?? steps.forAll ?? command.model.steps
      return command
    }
  }

  private func checkLanguage(_ commands: [CommandModel]) {
    guard language != .given else { return }
    guard case .single = schedule else {
      languagePlace?.error("\(language.rawValue) needs a schedule of single commands")
      return
    }
    let mute = commands.filter { !$0.phrasings.contains(where: \.isHeldOut) }.map(\.name)
    if language == .heldout, !mute.isEmpty {
      languagePlace?.error("no phrasing is held out of \(mute.joined(separator: ", "))")
    }
  }

  private func checkRates() {
    if !physics.physicsHz.isMultiple(of: controlHz) {
      controlPlace?.error("physicsHz \(physics.physicsHz) is not a multiple of controlHz \(controlHz)")
    }
  }

  private func checkActionSpace(of robot: RobotModel) {
    let missing = actionSpace.missingParts(of: robot)
    if !missing.isEmpty {
      actionSpacePlace?.error(
        "\(actionSpace.name) needs \(missing.joined(separator: " and ")), which the robot \"\(robot.name)\" lacks")
    }
  }

  /// A limit that the action space escapes would be no limit.
  private func checkSafety() {
    let (velocity, workspace, channels) = (safety.velocity, safety.workspace, actionSpace.channels)
    let movesBase = channels.contains(.baseForward)
    let movesTool = channels.contains(.endEffectorTranslation(axis: 0))
    let isLimited = velocity.base < 1 || velocity.endEffector < 1
    let isSlowed = velocity.base < 1 && movesBase || velocity.endEffector < 1 && movesTool
    let escaped = [
      ("velocity", isLimited && !isSlowed), ("workspace.base", workspace.base != nil && !movesBase),
      ("workspace.endEffector", workspace.endEffector != nil && !movesTool),
    ]
    for (key, isEscaped) in escaped where isEscaped {
      safetyPlace?.error("\(key): the action space \(actionSpace.name) does not command what this limits")
    }
  }

  private func camera(_ reader: YAMLReader, in scene: SceneModel) -> CameraID? {
    guard let name = reader.text else { return nil }
    if let camera = scene.camera(named: name) { return camera }
    let names = scene.cameras.map(\.name)
    reader.error(
      "there is no camera \"\(name)\"; there are \(names.joined(separator: ", "))\(suggestion(for: name, among: names))"
    )
    return nil
  }

  private func reviewerByName(in scene: SceneModel) -> CameraID? {
    if let camera = scene.camera(named: "reviewer") { return camera }
    place.error("the scene has no camera \"reviewer\"; name another as reviewerCamera")
    return nil
  }

  private func resized(_ loaded: LoadedScene, _ cameras: [CameraID]) -> (SceneModel, Appearance) {
    var (scene, appearance) = (loaded.scene, loaded.appearance)
    for camera in cameras {
      guard let sides = imageSize[scene.cameras[camera].name] else { continue }
      (scene.cameras[camera].width, scene.cameras[camera].height) = (sides[0], sides[1])
      appearance.cameras[camera] = scene.cameras[camera]
    }
    return (scene, appearance)
  }
}
