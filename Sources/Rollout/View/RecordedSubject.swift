import Authoring
import Recording
import RehearsalCore

/// A recorded episode, played back.
final class RecordedSubject: ViewSubject {
  private let run: RecordedRun
  private var replay: EpisodeReplay
  private var history: ContactHistory
  private var timeline: Timeline
  private var serial = 0
  private(set) var trail = Trail()
  let wardrobe: Wardrobe

  init(_ run: RecordedRun, episode: Int) throws {
    let replay = try EpisodeReplay(run, episode: episode)
    self.run = run
    self.replay = replay
    history = ContactHistory(replay)
    timeline = Timeline(last: replay.stateCount - 1, controlHz: run.plan.controlHz)
    let (path, overrides) = (run.directory.sourcesPath + "/" + run.manifest.experiment, run.manifest.overrides)
    wardrobe = Wardrobe(
      presets: try ExperimentLoader.load(path: path, overrides: overrides).presets, seed: run.manifest.seed
    ) { try ExperimentLoader.load(path: path, overrides: overrides + $0).plan }
    for step in 0..<replay.stateCount { trail.append(replay.state(step), of: replay.setup.scene.robot) }
  }

  var plan: ExperimentPlan { run.plan }

  var title: String {
    "\(plan.name) · episode \(replay.record.index) · \(ExperimentPlan.label(ofPolicy: run.manifest.policy))"
  }

  var moment: ViewMoment? {
    let step = timeline.step
    let entry = history[step]
    let command = replay.command(at: step)
    var state = replay.state(step)
    state.contacts = entry?.contacts ?? []
    var moment = ViewMoment(
      serial: serial, episode: replay.record.index, attempt: replay.record.attempt, scene: replay.setup.scene,
      appearance: replay.setup.appearance, state: state)
    moment.tick = step
    moment.instruction = command?.instruction ?? ""
    moment.progress = step == 0 ? 0 : replay.trajectory.rewards[step - 1]
    moment.goals = entry?.goals ?? []
    moment.status = replay.status(at: step, command)
    return moment
  }

  var playback: Playback {
    Playback(
      isPaused: timeline.isPaused, isAtRest: (timeline.isPaused || timeline.isAtEnd) && history.reaches(timeline.step),
      speed: timeline.speed, length: replay.stateCount)
  }

  func advance(seconds: Double) { timeline.advance(seconds: seconds) }

  func perform(_ action: ViewAction) -> Bool {
    switch action {
    case .playPause: timeline.toggle()
    case .step(let steps): timeline.move(by: steps)
    case .skip(let seconds): timeline.seek(to: timeline.step + Int((seconds * Double(plan.controlHz)).rounded()))
    case .toBegin, .again: timeline.seek(to: 0)
    case .toEnd: timeline.seek(to: timeline.last)
    case .speed(let change): timeline.speed.change(by: change)
    case .nextEpisode: return goOn()
    default: return false
    }
    return true
  }

  func seek(to share: Double) { timeline.seek(to: Int((share * Double(timeline.last)).rounded())) }

  /// Pauses at a step.
  func pause(at step: Int) {
    timeline.isPaused = true
    timeline.seek(to: step)
  }

  func close() -> RunSummary? { nil }

  /// The next recorded episode that can be drawn, after the last the first again.
  private func goOn() -> Bool {
    let indices = run.records.map(\.index)
    let place = indices.firstIndex(of: replay.record.index) ?? 0
    for index in indices[(place + 1)...] + indices[..<place] {
      guard let next = try? EpisodeReplay(run, episode: index) else { continue }
      replay = next
      history = ContactHistory(next)
      let speed = timeline.speed
      timeline = Timeline(last: next.stateCount - 1, controlHz: plan.controlHz)
      timeline.speed = speed
      serial += 1
      trail = Trail()
      for step in 0..<next.stateCount { trail.append(next.state(step), of: next.setup.scene.robot) }
      return true
    }
    return false
  }
}
