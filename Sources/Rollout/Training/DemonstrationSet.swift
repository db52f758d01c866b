import Authoring
import Learning
import Recording
import RehearsalCore

/// One source of demonstrations, checked against the robot, cameras and actions that they are to be used for.
struct DemonstrationSet {
  let source: TrainingPlan.DemonstrationSource
  let interface: PolicyInterface
  let experiment: String

  init(_ source: TrainingPlan.DemonstrationSource, interface: PolicyInterface, for experiment: String) {
    self.source = source
    self.interface = interface
    self.experiment = experiment
  }

  /// All its demonstrations; `report` is told how many there were.
  ///
  /// Every `stride`-th step keeps its pictures.
  func read(stride: Int, _ report: (String) -> Void) throws -> [Demonstration] {
    let begin = ContinuousClock.now
    let demonstrations: [Demonstration]
    switch source.kind {
    case .run: demonstrations = try recorded(RunDirectory.open(at: source.path), stride)
    case .trajectories:
      // A file of ours lies in its run's directory, which tells what its numbers are.
      let folder = source.path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      let directory = try RunDirectory.open(at: folder)
      guard directory.trajectoriesPath.split(separator: "/").last == source.path.split(separator: "/").last else {
        throw RehearsalError(
          .mismatch, "\(source.path) is not the trajectory file of its run",
          remedy: "name \(directory.trajectoriesPath)")
      }
      demonstrations = try recorded(directory, stride)
    case .samples: demonstrations = try samples(SampleList(path: source.path))
    }
    let steps = demonstrations.reduce(0) { $0 + $1.steps }
    report(
      "\(source.path): \(demonstrations.count) demonstrations, \(steps) steps, read in \(Int(begin.secondsSince)) s")
    return demonstrations
  }

  private func recorded(_ directory: RunDirectory, _ stride: Int) throws -> [Demonstration] {
    let reader = try DemonstrationReader(directory, stride: stride, cameras: interface.cameras.map(\.name))
    try require(reader.interface.difference(from: interface))
    return try reader.read()
  }

  /// Each sample is a demonstration of one step: a picture for every camera is the same one, and the robot is at rest.
  private func samples(_ list: SampleList) throws -> [Demonstration] {
    if list.actionCount != interface.actionCount {
      try require("actions of \(list.actionCount) numbers instead of \(interface.actionCount)")
    }
    let own = OwnMotion(layout: interface.proprioception, controlHz: interface.controlHz).count
    return try list.samples.map { sample in
      let image = try sample.image()
      for camera in interface.cameras where (image.width, image.height) != (camera.size.width, camera.size.height) {
        try require(
          "\(sample.imagePath) is \(image.width)×\(image.height) instead of \(camera.size.width)×\(camera.size.height)")
      }
      return Demonstration(
        episode: sample.imagePath, command: "sample", instruction: sample.instruction, meaning: sample.instruction,
        steps: 1,
        pictures: interface.cameras.map { _ in image.rgb }, ownMotion: Array(repeating: 0, count: own),
        actions: sample.action.map { Float(min(max($0, -1), 1)) }, grounding: nil)
    }
  }

  private func require(_ difference: String?) throws {
    guard let difference else { return }
    throw RehearsalError(
      .mismatch, "\(source.path) does not fit \(experiment): \(difference)",
      remedy: "record demonstrations with the experiment that the policy is to run in, with the same imageSize")
  }
}
