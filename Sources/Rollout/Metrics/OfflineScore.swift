import Learning
import Recording
import RehearsalCore

extension OfflineMetrics {
  /// Shows a policy every step of the demonstrations in a run's directory and compares its answers; nothing is simulated.
  ///
  /// Only episodes that succeeded count, or that an expert labelled. Throws if the policy does not fit the run's robot,
  /// or the run holds no pictures.
  public static func of(
    policy name: String, demonstrationsAt path: String, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> OfflineMetrics {
    let directory = try RunDirectory.open(at: path)
    let run = try RecordedRun(directory)
    try run.plan.requireFit(of: name)
    let policy = try PolicyLibrary.make(name: name)
    let reader = try DemonstrationReader(directory)
    var metrics = OfflineMetrics(actionSpace: run.plan.actionSpace)
    let records = run.records.filter { $0.steps > 0 }
    for (done, record) in records.enumerated() {
      let trajectory = try reader.trajectory(of: record)
      if record.outcome.isSuccess || !trajectory.labels.isEmpty {
        try metrics.add(record, trajectory, plan: run.plan, policy)
      }
      progress(done + 1, records.count)
    }
    return metrics
  }

  private mutating func add(
    _ record: EpisodeRecord, _ trajectory: Trajectory, plan: ExperimentPlan, _ policy: any Policy
  ) throws {
    try policy.beginEpisode(plan.authoredContext)
    let wanted = trajectory.labels.isEmpty ? trajectory.actions : trajectory.labels
    func row(_ values: [Double], _ step: Int, _ width: Int) -> [Double] {
      Array(values[(step * width)..<((step + 1) * width)])
    }
    for command in record.commands where command.startTick < command.endTick {
      try policy.beginCommand(command.instruction)
      for step in command.startTick..<command.endTick {
        let images = zip(plan.cameras, trajectory.images).map { id, pictures in
          CameraImage(width: plan.scene.cameras[id].width, height: plan.scene.cameras[id].height, rgb: pictures[step])
        }
        let chunk = try policy.act(
          Observation(
            tick: step, instruction: command.instruction, images: images,
            proprioception: row(trajectory.proprioception, step, trajectory.proprioceptionCount)))
        add(
          predicted: chunk.actions[0], demonstrated: row(wanted, step, trajectory.actionCount),
          confidence: chunk.confidence, command: command.command)
      }
    }
  }
}
