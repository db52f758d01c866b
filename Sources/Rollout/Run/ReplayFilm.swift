import Recording
import RehearsalCore

/// Draws the frames of a replayed episode. Belongs to one thread.
final class ReplayFilm {
  private let replay: EpisodeReplay
  private let renderer: any Renderer
  private let camera: CameraModel
  private let title: String
  private let fonts: Fonts?

  /// Without `fonts` nothing is drawn over the picture.
  init(_ replay: EpisodeReplay, camera: CameraModel, title: String, fonts: Fonts?) throws {
    self.replay = replay
    self.camera = camera
    self.title = title
    self.fonts = fonts
    renderer = try replay.plan.makeRenderer()
    try renderer.load(replay.setup.scene, appearance: replay.setup.appearance)
  }

  var frameCount: Int { replay.stateCount }

  /// The picture before step `step`, or after the last: `camera`'s size, 3 bytes a pixel.
  func frame(_ step: Int) throws -> [UInt8] {
    let state = replay.state(step)
    let picture = try renderer.render(state, camera: camera, channels: .rgb, quality: .reviewer)
    guard let fonts else { return picture.rgb }
    let insets = try replay.plan.cameras.map { id in
      let onboard = replay.setup.appearance.cameras[id]
      let seen = try renderer.render(state, camera: onboard, channels: .rgb, quality: replay.plan.quality)
      return ReplayFrame.Inset(label: onboard.name, image: seen)
    }
    let command = replay.command(at: step)
    return try ReplayFrame(
      picture: picture, insets: insets, instruction: command?.instruction ?? "",
      status: replay.status(at: step, command),
      tick: step, controlHz: replay.plan.controlHz,
      progress: step == 0 ? 0 : replay.trajectory.rewards[step - 1], title: title
    ).drawn(with: fonts)
  }

  /// Writes the whole episode, its end held for a second so that the verdict can be read.
  func write(to path: String, progress: (_ done: Int) -> Void = { _ in }) throws {
    let video = try VideoWriter(
      path: path, width: camera.width, height: camera.height, framesPerSecond: replay.plan.controlHz)
    for step in 0..<frameCount {
      try video.append(frame(step))
      progress(step + 1)
    }
    let last = try frame(frameCount - 1)
    for _ in 0..<replay.plan.controlHz { try video.append(last) }
    try video.finish()
  }
}
