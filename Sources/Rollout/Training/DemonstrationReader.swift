import Learning
import Recording
import RehearsalCore

/// Reads what `rehearse demos` recorded as demonstrations for a network.
struct DemonstrationReader {
  /// Named things that the network's auxiliary losses ask for.
  static let slots = 2
  /// How much an element of the action that was taken may differ from that which would have been right.
  private static let agreement = 0.25

  let directory: RunDirectory
  let run: RecordedRun
  /// That of the recorded experiment, with the cameras that are read.
  let interface: PolicyInterface
  /// Of the experiment's cameras, those that are read, in that order.
  private let cameras: [Int]
  /// Steps from one picture that is kept to the next.
  let stride: Int
  private let file: TrajectoryFile

  /// Reads those cameras of `names` that the run has, in this order; all of them for nil.
  ///
  /// Throws if the directory is not that of a run, or holds no trajectories with pictures.
  init(_ directory: RunDirectory, stride: Int = 1, cameras names: [String]? = nil) throws {
    self.directory = directory
    self.stride = stride
    run = try RecordedRun(directory)
    file = try TrajectoryFile(path: directory.trajectoriesPath)
    var interface = PolicyInterface(run.plan)
    let recorded = interface.cameras
    cameras = names?.compactMap { name in recorded.firstIndex { $0.name == name } } ?? Array(recorded.indices)
    interface.cameras = cameras.map { recorded[$0] }
    self.interface = interface
    guard let first = file.episodes.first else {
      throw RehearsalError(
        .mismatch, "\(directory.path) holds no episodes",
        remedy: "record some: rehearse demos EXPERIMENT --episodes 200 --out \(directory.path)")
    }
    let pictured = Set(try file.cameras(of: first))
    guard interface.cameras.allSatisfy({ pictured.contains($0.name) }) else {
      throw RehearsalError(
        .mismatch, "\(directory.path) holds no pictures of \(interface.cameras.map(\.name).joined(separator: ", "))",
        remedy: "record them with --images")
    }
  }

  /// The demonstrations of the episodes that succeeded, or in which an expert labelled what another policy did.
  func read() throws -> [Demonstration] {
    var result: [Demonstration] = []
    let usable = run.records.filter { record in
      if case .invalid = record.outcome { false } else { record.steps > 0 }
    }
    for record in usable {
      let trajectory = try trajectory(of: record)
      if record.outcome.isSuccess || !trajectory.labels.isEmpty {
        result += try demonstrations(record, trajectory)
      }
    }
    return result
  }

  /// An episode with its pictures. Throws where it is not what the run's manifest and journal say.
  func trajectory(of record: EpisodeRecord) throws -> Trajectory {
    let trajectory = try file.read(episode: record.index, withImages: true)
    let plan = run.plan
    let isWhole =
      trajectory.count == record.steps && trajectory.hashes.last == record.stateHash
      && trajectory.actionCount == plan.actionSpace.count
      && trajectory.stateCount == SceneState.flatLayout(of: plan.scene).count
      && trajectory.proprioceptionCount == interface.proprioception.count
      && record.commands.allSatisfy { 0 <= $0.startTick && $0.startTick <= $0.endTick && $0.endTick <= record.steps }
      && zip(cameras, interface.cameras).allSatisfy { camera, wanted in
        trajectory.images.indices.contains(camera)
          && trajectory.images[camera].allSatisfy { $0.count == 3 * wanted.size.width * wanted.size.height }
      }
    guard isWhole else {
      throw RehearsalError(
        .malformed, "episode \(record.index) of \(file.path) is not what its run's journal and experiment say",
        remedy: "keep run.json, episodes.jsonl and trajectories.hdf5 of one run together, or record it again")
    }
    return trajectory
  }

  private func demonstrations(_ record: EpisodeRecord, _ trajectory: Trajectory) throws -> [Demonstration] {
    let attempt = record.sampledNumber("attempt").map { Int($0) } ?? 0
    let models = EpisodeSampler(plan: run.plan).appearance(record.index, attempt: attempt).cameras
    return record.commands.enumerated().compactMap { index, command in
      let steps = command.startTick..<command.endTick
      guard !steps.isEmpty else { return nil }
      let reader = GroundingReader(
        scene: run.plan.scene, cameras: cameras.map { models[run.plan.cameras[$0]] }, slots: Self.slots,
        things: things(present: record.sampledText("present")))
      let bodies = slots(of: command.command)?.compactMap { slot in
        record.sampledText("commands[\(index)].\(slot)").flatMap(run.plan.scene.body(named:))
      }
      return Demonstration(
        episode: "\(run.manifest.seed)/\(record.index)", command: command.command, instruction: command.instruction,
        meaning: ([command.command] + (bodies ?? []).map { run.plan.scene.bodies[$0].name }).joined(separator: " "),
        steps: steps.count, stride: stride,
        pictures: cameras.map { camera in
          Swift.stride(from: steps.lowerBound, to: steps.upperBound, by: stride).reduce(into: []) {
            $0 += trajectory.images[camera][$1]
          }
        },
        ownMotion: ownMotion(trajectory, steps), actions: actions(trajectory, steps),
        lookahead: Self.lookahead(trajectory, steps),
        grounding: bodies.map { reader.read(trajectory, steps, bodies: $0) })
    }
  }

  /// Names of what a command names, the target before what it goes to: each place in the network has one role.
  private func slots(of command: String) -> [String]? {
    let names = run.plan.commands.first { $0.name == command }?.slots.map(\.name)
    return names.map { $0.filter { $0 == "target" } + $0.filter { $0 != "target" } }
  }

  /// What is always there, and what the episode's draw says `present` of the rest; labelled things only.
  private func things(present: String?) -> [BodyID] {
    let scene = run.plan.scene
    let optional = Set(run.plan.placements.flatMap(\.bodies))
    let present = Set((present ?? "").split(separator: " ").compactMap { scene.body(named: String($0)) })
    return scene.bodies.indices.map(BodyID.init(rawValue:)).filter {
      scene.bodies[$0].label != nil && (!optional.contains($0) || present.contains($0))
    }
  }

  private func ownMotion(_ trajectory: Trajectory, _ steps: Range<Int>) -> [Float] {
    var own = OwnMotion(layout: interface.proprioception, controlHz: interface.controlHz)
    let width = trajectory.proprioceptionCount
    return steps.flatMap { step in
      own.next(trajectory.proprioception[(step * width)..<((step + 1) * width)], tick: step)
    }
  }

  private func actions(_ trajectory: Trajectory, _ steps: Range<Int>) -> [Float] {
    let width = trajectory.actionCount
    let source = trajectory.labels.isEmpty ? trajectory.actions : trajectory.labels
    return source[(steps.lowerBound * width)..<(steps.upperBound * width)].map { Float(min(max($0, -1), 1)) }
  }

  /// By step, how far ahead labels hold; empty without labels.
  ///
  /// An expert answers for the steps to come as well, but for where the robot went on its own: as a plan from here its
  /// answers hold only as long as the robot does about the same.
  static func lookahead(_ trajectory: Trajectory, _ steps: Range<Int>) -> [Int] {
    guard !trajectory.labels.isEmpty else { return [] }
    let width = trajectory.actionCount
    var result = Array(repeating: 1, count: steps.count)
    for step in steps.dropLast().reversed() {
      let agrees = (step * width..<(step + 1) * width).allSatisfy {
        abs(trajectory.actions[$0] - min(max(trajectory.labels[$0], -1), 1)) < Self.agreement
      }
      if agrees { result[step - steps.lowerBound] = result[step - steps.lowerBound + 1] + 1 }
    }
    return result
  }
}

extension PolicyInterface {
  /// What a policy meets in an experiment.
  init(_ plan: ExperimentPlan) {
    self.init(
      robot: plan.scene.robot.name, actionSpace: plan.actionSpace.name, actionCount: plan.actionSpace.count,
      controlHz: plan.controlHz,
      cameras: plan.cameras.map { Camera(plan.scene.cameras[$0], in: plan.scene) },
      proprioception: ProprioceptionLayout(robot: plan.scene.robot))
  }
}

extension EpisodeRecord {
  func sampledNumber(_ name: String) -> Double? {
    for sample in sampled where sample.name == name { if case .number(let value) = sample.value { return value } }
    return nil
  }

  func sampledText(_ name: String) -> String? {
    for sample in sampled where sample.name == name { if case .text(let value) = sample.value { return value } }
    return nil
  }
}
