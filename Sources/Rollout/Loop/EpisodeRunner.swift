public import RehearsalCore

/// Runs episodes, one after the other, on the thread that made it. This file is the closed loop.
public final class EpisodeRunner {
  private let plan: ExperimentPlan
  private let policy: any Policy
  private let renderer: (any Renderer)?
  private let recording: TrajectoryDetail
  private let watch: PolicyWatch
  private let spectator: (any EpisodeSpectator)?
  private var labeller: Labeller?
  private var isWarm = false
  private var slowdown = SlowdownDetector()
  /// What the last episode ended by, where it is the machine's fault and the next one would meet the same.
  public private(set) var machineFault: RehearsalError?

  /// Without a `renderer` the policy sees no pictures, and none enter the hash. A `labeller` sees what the policy sees,
  /// and the truth. A `spectator` sees everything, changes nothing, and may take its time.
  public init(
    plan: ExperimentPlan, policy: any Policy, renderer: (any Renderer)?, recording: TrajectoryDetail,
    labeller: Labeller? = nil, watch: PolicyWatch = PolicyWatch(), spectator: (any EpisodeSpectator)? = nil
  ) {
    self.plan = plan
    self.policy = policy
    self.renderer = renderer
    self.recording = recording
    self.labeller = labeller
    self.watch = watch
    self.spectator = spectator
  }

  /// Runs episode `index` from its seed: the same bits whatever ran before, on whichever thread.
  public func run(_ index: Int) -> FinishedEpisode {
    let begin = ContinuousClock.now
    machineFault = nil
    do {
      var stage = try makeStage(index)
      try labeller?.beginEpisode(
        stage.policyContext(index: index), stream: SeedStream(root: plan.seed, factor: .mixture, episode: index))
      var log = EpisodeLog(index: index, stage: stage, recording: recording)
      spectator?.episodeBegins(index, stage.setup)
      let outcome = perform(&stage, &log)
      spectator?.episodeEnds(outcome)
      stage.timing.total = begin.secondsSince
      noteDecisions(&stage)
      return log.finished(outcome, stage: stage)
    } catch {
      return .invalid(index, reason: reason(error))
    }
  }

  private func reason(_ error: any Error) -> String {
    if let error = error as? RehearsalError, error.code.endsRun { machineFault = error }
    return "\(error)"
  }

  /// Gives the commands one after the other; see `EpisodeSchedule` for when to stop.
  private func perform(_ stage: inout EpisodeStage, _ log: inout EpisodeLog) -> EpisodeOutcome {
    let context = stage.policyContext(index: log.index)
    if !isWarm, let fault = call({ try policy.warmUp(context) }) { return fault.outcome }
    isWarm = true
    if let fault = call({ try policy.beginEpisode(context) }) { return fault.outcome }
    var outcome: EpisodeOutcome?
    for command in stage.setup.commands {
      var monitor = TaskMonitor(scene: stage.setup.scene, command: command, state: stage.state)
      let (start, satisfied) = (log.steps, monitor.isAlreadySatisfied(in: stage.state))
      if plan.language == .swapped, command.bindingsBeforeSwap == nil {
        log.close(command, outcome: "notSwappable", startTick: start, progress: 0)
        continue
      }
      if satisfied {
        log.close(command, outcome: "alreadySatisfied", startTick: start, progress: 1)
        continue
      }
      let (result, progress) = closeLoopSafely(command, &monitor, &stage, &log)
      spectator?.commandEnds(result, stage.state, monitor, progress: progress)
      log.close(command, outcome: result.kind, startTick: start, progress: progress, swap: monitor.swap)
      outcome = outcome.map { $0.isSuccess ? result : $0 } ?? result
      if !continues(after: result) { break }
    }
    return outcome
      ?? .invalid(reason: "there was nothing to do: \(log.commands.map(\.outcome).joined(separator: ", "))")
  }

  /// A simulator or renderer that throws ends the command as invalid: what was recorded of it is kept.
  private func closeLoopSafely(
    _ command: Command, _ monitor: inout TaskMonitor, _ stage: inout EpisodeStage, _ log: inout EpisodeLog
  ) -> (EpisodeOutcome, progress: Double) {
    do {
      return try closeLoop(command, &monitor, &stage, &log)
    } catch {
      return (.invalid(reason: reason(error)), 0)
    }
  }

  /// See, act, simulate, judge: until the command is done or its budget is spent.
  private func closeLoop(
    _ command: Command, _ monitor: inout TaskMonitor, _ stage: inout EpisodeStage, _ log: inout EpisodeLog
  ) throws -> (EpisodeOutcome, progress: Double) {
    var scheduler = ActionScheduler(plan: plan)
    scheduler.restart(hold: stage.holdAction)
    let start = stage.state
    var progress = 0.0
    if let fault = call({ try policy.beginCommand(command.instruction) }) { return (fault.outcome, progress) }
    try labeller?.beginCommand(command.instruction)
    for _ in 0..<command.steps {
      let truth = PrivilegedObservation(state: stage.state, command: command, stateAtStart: start)
      let observation = try stage.observe(command, privileged: policy.needsPrivilegedState ? truth : nil)
      try spectator?.see(stage.state, observation, monitor, progress: progress)
      let label = try self.label(observation, truth)
      let asked = ContinuousClock.now
      var wanted: [Double]?
      if let fault = call({ wanted = try scheduler.next { try stage.supervisor.ask(policy, observation) } }) {
        guard stage.supervisor.absorbs(fault) else { return (fault.outcome, progress) }
        wanted = scheduler.skip()
      }
      stage.timing.policy += asked.secondsSince
      if let label, labeller!.takesOver() { wanted = label }
      let action = stage.safeAction(wanted)

      try stage.perform(action)
      let status = monitor.update(stage.state)
      progress = status.value.progress

      let written = ContinuousClock.now
      log.append(observation, action, label: label, stage, progress: progress)
      stage.timing.record += written.secondsSince
      if let reason = stage.supervisor.emergencyStop { return (.failure(reason), progress) }
      if status.hasSucceeded { return (.success, 1) }
      if let failure = status.failure { return (.failure(failure), progress) }
    }
    return (.timeLimit, progress)
  }

  /// What the labeller would do; it throws where the harness is at fault, not the policy.
  private func label(_ observation: Observation, _ truth: PrivilegedObservation) throws -> [Double]? {
    guard let labeller else { return nil }
    var observation = observation
    observation.privileged = truth
    return try labeller.label(observation, count: plan.actionSpace.count)
  }

  /// Calls into the policy under the watch's eye; whatever goes wrong there is a fault.
  private func call(_ body: () throws -> Void) -> PolicyFault? {
    watch.enter()
    defer { watch.leave() }
    do {
      try body()
      return nil
    } catch let fault as PolicyFault {
      return fault
    } catch {
      return .threw(message: "\(error)")
    }
  }

  private func noteDecisions(_ stage: inout EpisodeStage) {
    let deadline = 1 / Double(plan.controlHz)
    stage.timing.decisions = stage.supervisor.decisions
    stage.timing.deadline = deadline
    stage.timing.slowdowns = stage.timing.decisions.count { slowdown.add($0, deadline: deadline) }
  }

  private func continues(after outcome: EpisodeOutcome) -> Bool {
    switch (plan.schedule, outcome) {
    case (_, .invalid), (.chain, .timeLimit), (.chain, .failure): false
    // A robot that has tipped over, or a policy that has broken, fails the rest as well.
    case (_, .failure(let reason)): reason == .targetLost
    default: true
    }
  }

  /// Draws and builds the episode, again where the protocol asks for a start that is not already a success.
  private func makeStage(_ index: Int) throws -> EpisodeStage {
    let sampler = EpisodeSampler(plan: plan)
    for attempt in 0..<20 {
      let setup = try sampler.draw(index, attempt: attempt)
      let stage = try EpisodeStage(plan: plan, setup: setup, renderer: renderer)
      guard plan.alreadySatisfied == .redraw, let command = setup.commands.first else { return stage }
      let monitor = TaskMonitor(scene: setup.scene, command: command.unswapped, state: stage.state)
      if !monitor.isAlreadySatisfied(in: stage.state) { return stage }
    }
    throw SamplingError(description: "20 draws of episode \(index) were satisfied before they began")
  }
}

extension FinishedEpisode {
  /// An episode that the harness or the simulator could not run.
  static func invalid(_ index: Int, reason: String) -> FinishedEpisode {
    ended(index, .invalid(reason: reason))
  }

  /// An episode of which nothing but the end is known.
  static func ended(_ index: Int, _ outcome: EpisodeOutcome) -> FinishedEpisode {
    FinishedEpisode(
      record: EpisodeRecord(
        index: index, outcome: outcome, commands: [], steps: 0, stateHash: 0, sampled: [],
        degradedSteps: DegradedSteps(), timing: EpisodeTiming()), trajectory: nil, scene: nil)
  }
}

extension EpisodeStage {
  func policyContext(index: Int) -> PolicyContext {
    PolicyContext(
      scene: setup.scene, actionSpace: plan.actionSpace,
      proprioception: ProprioceptionLayout(robot: setup.scene.robot),
      cameras: plan.cameras.map { setup.appearance.cameras[$0] }, controlHz: plan.controlHz,
      random: SeedStream(root: plan.seed, factor: .policy, episode: index))
  }
}
