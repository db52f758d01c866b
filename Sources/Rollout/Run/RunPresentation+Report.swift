import Recording
import RehearsalCore

extension RunPresentation {
  /// Writes `report.html` with the episodes of `videos` in detail.
  func writeReport(_ videos: [Int: String]) throws {
    let order = run.plan.baselines
    let found = try run.directory.baselines().sorted {
      (order.firstIndex(of: $0.policy) ?? order.count) < (order.firstIndex(of: $1.policy) ?? order.count)
    }
    let baselines = try found.map { policy, directory in
      RunSummary(
        records: try directory.records(), policy: policy, protocolID: run.plan.protocolID,
        chainLength: run.plan.chainLength)
    }
    let featured = try run.records.filter { videos[$0.index] != nil }.map { record in
      try EpisodePortrait(EpisodeReplay(run, episode: record.index)).featured(video: videos[record.index])
    }
    try run.directory.writeReport(
      ReportModel(
        manifest: run.manifest, records: run.records, summary: run.summary, baselines: baselines, featured: featured,
        reproduceCommand: run.manifest.commandLine.map(\.shellQuoted).joined(separator: " "),
        verifyCommand: "rehearse verify \(run.directory.path.shellQuoted)"))
  }
}

extension RunRequest.Provenance {
  /// The command line as a shell takes it.
  var shellCommand: String { commandLine.map(\.shellQuoted).joined(separator: " ") }
}

extension String {
  /// An argument as a shell needs it.
  fileprivate var shellQuoted: String {
    let plain = allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,+@".contains($0) }
    return plain && !isEmpty ? self : "'" + replacing("'", with: #"'\''"#) + "'"
  }
}

/// An episode seen from above, and its signals.
struct EpisodePortrait {
  private let replay: EpisodeReplay
  private let states: [SceneState]

  init(_ replay: EpisodeReplay) {
    self.replay = replay
    states = (0..<replay.stateCount).map(replay.state)
  }

  func featured(video: String?) -> FeaturedEpisode {
    FeaturedEpisode(record: replay.record, video: video, map: map, signals: signals)
  }

  private var scene: SceneModel { replay.setup.scene }

  private var map: TopView {
    var paths: [PathSeries] = []
    if scene.robot.drive != nil {
      paths.append(series("base", .base) { $0.worldFromBody[scene.robot.root].position })
    }
    if let hand = scene.robot.arm?.endEffector {
      paths.append(
        series("end effector", .endEffector) { $0.worldFromBody[hand.body] * hand.bodyFromFrame.position })
    }
    let free = scene.bodyIDs.filter { scene.bodies[$0].motion == .free && scene.bodies[$0].isPresent }
    for body in free {
      let way = (states.last!.worldFromBody[body].position - states[0].worldFromBody[body].position).planarLength
      if way > 0.02 { paths.append(series(scene.bodies[body].name, .object) { $0.worldFromBody[body].position }) }
    }
    return TopView(paths: paths, markers: free.map(marker), outlines: outlines)
  }

  private func series(_ name: String, _ kind: PathSeries.Kind, _ point: (SceneState) -> Vector3) -> PathSeries {
    PathSeries(name: name, points: states.map { SIMD2(point($0).x, point($0).y) }, kind: kind)
  }

  private func marker(_ body: BodyID) -> TopView.Marker {
    let place = states[0].worldFromBody[body].position
    let material = scene.bodies[body].shapes.first.map { replay.setup.appearance.materials[$0.material].color }
    return TopView.Marker(
      name: scene.bodies[body].name, position: SIMD2(place.x, place.y), radius: scene.planarRadius(of: body),
      color: Ink(material ?? .white))
  }

  /// The ground plans of fixed boxes at least 0.3 m long: tables and walls.
  private var outlines: [[SIMD2<Double>]] {
    scene.bodyIDs.filter { scene.bodies[$0].motion == .fixed }.flatMap { body in
      scene.bodies[body].shapes.compactMap { shape -> [SIMD2<Double>]? in
        guard case .box(let size) = shape.geometry, max(size.x, size.y) >= 0.3 else { return nil }
        let worldFromShape = states[0].worldFromBody[body] * shape.bodyFromShape
        return [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map { x, y in
          let corner = worldFromShape * Vector3(size.x * x, size.y * y, 0)
          return SIMD2(corner.x, corner.y)
        }
      }
    }
  }

  private var signals: [SignalPanel] {
    let trajectory = replay.trajectory
    let width = trajectory.actionCount
    var panels = [
      SignalPanel(title: "progress", series: [.init(name: "progress", values: trajectory.rewards)], range: 0...1),
      SignalPanel(
        title: "action",
        series: replay.plan.actionSpace.channels.enumerated().compactMap { index, channel in
          guard channel != .unused else { return nil }
          return .init(
            name: channel.label, values: (0..<trajectory.count).map { trajectory.actions[$0 * width + index] })
        }, range: -1...1),
    ]
    if let hand = scene.robot.arm?.endEffector {
      let heights = states.map { ($0.worldFromBody[hand.body] * hand.bodyFromFrame.position).z }
      panels.append(SignalPanel(title: "height of the end effector, m", series: [.init(name: "z", values: heights)]))
    }
    if scene.robot.drive != nil {
      let hz = Double(replay.plan.controlHz)
      let places = states.map { $0.worldFromBody[scene.robot.root].position }
      let speeds = zip(places.dropFirst(), places).map { ($0 - $1).planarLength * hz }
      panels.append(SignalPanel(title: "speed of the base, m/s", series: [.init(name: "speed", values: speeds)]))
    }
    return panels
  }
}

extension Ink {
  fileprivate init(_ color: Color) {
    func byte(_ value: Double) -> UInt8 { UInt8((min(max(Color.sRGB(fromLinear: value), 0), 1) * 255).rounded()) }
    self.init(byte(color.red), byte(color.green), byte(color.blue))
  }
}

extension ActionChannel {
  /// For legends.
  var label: String {
    let axes = ["x", "y", "z"]
    switch self {
    case .baseForward: return "forward"
    case .baseYaw: return "yaw"
    case .unused: return "unused"
    case .endEffectorTranslation(let axis): return "translate \(axes[axis])"
    case .endEffectorRotation(let axis): return "rotate \(axes[axis])"
    case .joint(let index): return "joint \(index + 1)"
    case .gripper: return "gripper"
    }
  }
}
