import Foundation
import Recording
public import RehearsalCore

/// How a recorded episode is to be drawn again.
public struct ReplayRequest: Sendable {
  public enum View: Sendable, Hashable {
    case reviewer
    /// A camera of the scene.
    case named(String)
    case free(eye: Vector3, target: Vector3, fovDegrees: Double)
  }

  public var run: String
  public var episode: Int
  /// An `.mp4` file, or a directory for PNG frames.
  public var output: String
  public var width = 1280
  public var height = 720
  public var camera = View.reviewer
  /// A preset of appearance; nil: as recorded.
  public var randomization: String?
  public var appearanceSeed: UInt64?
  public var hasOverlay = true
  /// Of `ExperimentPlan`.
  public var gpu: Int?

  public init(run: String, episode: Int, output: String) {
    self.run = run
    self.episode = episode
    self.output = output
  }

  /// Draws the episode and writes the video or the frames.
  public func write(progress: (RunProgress) -> Void = { _ in }) throws {
    let recorded = try RecordedRun(RunDirectory.open(at: run), gpu: gpu)
    var replay = try EpisodeReplay(recorded, episode: episode)
    try replay.dress(recorded, randomization: randomization, seed: appearanceSeed)
    let film = try ReplayFilm(
      replay, camera: view(of: replay),
      title:
        "\(recorded.plan.name) · episode \(episode) · \(ExperimentPlan.label(ofPolicy: recorded.plan.policy))",
      fonts: hasOverlay ? Fonts() : nil)
    func report(_ done: Int) { progress(RunProgress(phase: .videos, done: done, total: film.frameCount)) }
    if output.hasSuffix(".mp4") {
      try film.write(to: output, progress: report)
    } else {
      for step in 0..<film.frameCount {
        let name = String(format: "frame-%05d.png", step)
        try PNG.write(width: width, height: height, rgb: film.frame(step), to: output + "/" + name)
        report(step + 1)
      }
    }
  }

  private func view(of replay: EpisodeReplay) throws -> CameraModel {
    var camera: CameraModel
    switch self.camera {
    case .reviewer: camera = replay.setup.appearance.cameras[replay.plan.reviewerCamera]
    case .named(let name):
      guard let found = replay.setup.appearance.cameras.first(where: { $0.name == name }) else {
        let names = replay.setup.appearance.cameras.map(\.name).joined(separator: ", ")
        throw RehearsalError(
          .mismatch, "scene \(replay.setup.scene.name) has no camera `\(name)`", remedy: "use one of \(names)")
      }
      camera = found
    case .free(let eye, let target, let fov):
      camera = CameraModel(
        name: "free", parentFromCamera: Pose(eye: eye, lookingAt: target), fovDegrees: fov, width: width,
        height: height)
    }
    camera.width = width
    camera.height = height
    return camera
  }
}
