import Foundation
import RehearsalCore
import Viewing

extension ViewSession {
  var layout: PanelLayout {
    let (width, height) = size
    return PanelLayout(width: Double(max(width, 1)), height: Double(max(height, 1)))
  }

  /// The picture, what lies over it where it belongs, and the panels.
  func drawing() -> Drawing {
    var drawing = Drawing()
    let layout = layout
    let whole = PixelRect(x: 0, y: 0, width: layout.width, height: layout.height)
    drawing.panel(whole, ink: Ink(30, 34, 42))
    if let shown {
      drawing.picture(0, in: whole)
      let overlay = SceneOverlay(
        projection: Projection(
          camera: shown.order.camera, state: shown.order.moment.state, width: layout.width, height: layout.height),
        moment: shown.order.moment, unit: layout.unit, fonts: fonts)
      overlay.draw(overlays, trail: subject.trail, isRecording: subject.playback.length != nil, into: &drawing)
    }
    Panels(layout: layout, fonts: fonts).draw(panels(), into: &drawing)
    return drawing
  }

  private func panels() -> PanelModel {
    let playback = subject.playback
    var model = PanelModel()
    model.title = subject.title
    model.tags = tags(playback)
    model.isPaused = playback.isPaused
    model.showsTask = overlays.contains(.task)
    model.notice = notice?.text ?? playback.hint
    guard let shown else {
      model.notice = model.notice ?? "Loading …"
      return model
    }
    let moment = shown.order.moment
    (model.instruction, model.status, model.progress) = (moment.instruction, moment.status, moment.progress)
    model.goals = moment.goals
    let hertz = Double(subject.plan.controlHz)
    model.clock = String(format: "%.1f s · step %d", Double(moment.tick) / hertz, moment.tick)
    if let length = playback.length { model.timeline = Double(moment.tick) / Double(max(length - 1, 1)) }
    if overlays.contains(.cameras) {
      model.insets = zip(shown.order.insets, shown.insets).map {
        PanelModel.Inset(label: $0.name, aspect: Double($1.width) / Double($1.height))
      }
    }
    if overlays.contains(.help) {
      model.help = KeyMap.help(
        driving: playback.isByHand == nil ? nil : subject.plan.scene.robot, isRecording: playback.length != nil)
    }
    return model
  }

  private func tags(_ playback: Playback) -> [PanelModel.Tag] {
    var tags: [PanelModel.Tag] = []
    if let kept = playback.kept { tags.append(.init(text: "● recording · \(kept) kept", tone: .warning)) }
    if let isByHand = playback.isByHand { tags.append(.init(text: isByHand ? "you drive" : "policy drives")) }
    let speed = playback.speed.text
    tags.append(
      .init(text: playback.isPaused ? "paused · \(speed)" : speed, tone: playback.isPaused ? .accent : .plain))
    if look != Look() {
      let preset = look.preset ?? subject.plan.randomization.preset
      tags.append(.init(text: "look: \(preset)" + (look.seed.map { " · seed \($0)" } ?? ""), tone: .accent))
    }
    if let namedCamera, let camera = subject.moment?.appearance.cameras[namedCamera] {
      tags.append(.init(text: camera.name, tone: .accent))
    }
    tags.append(.init(text: "H: keys"))
    return tags
  }
}
