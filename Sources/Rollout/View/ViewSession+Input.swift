import Foundation
import RehearsalCore
import Viewing

extension ViewSession {
  /// What the pointer does while a button is down.
  struct Drag {
    enum Kind { case orbit, pan, scrub }
    var kind: Kind
    var x, y: Double
  }

  func handle(_ event: WindowEvent) {
    switch event {
    case .keyDown(let key, let modifiers, let repeats):
      held.insert(key)
      if let action = KeyMap.action(for: key, modifiers), !repeats || KeyMap.repeats(action) { perform(action) }
    case .keyUp(let key, _): held.remove(key)
    case .focusLost: held = []
    case .buttonDown(let button, let modifiers, let x, let y): begin(button, modifiers, x: x, y: y)
    case .buttonUp: drag = nil
    case .moved(let x, let y): move(x: x, y: y)
    case .scrolled(let notches): turn { $0.zoom(notches: notches) }
    case .closed: isClosing = true
    case .damaged: touch()
    }
  }

  private func begin(_ button: WindowEvent.Button, _ modifiers: KeyModifiers, x: Double, y: Double) {
    if button == .left, subject.playback.length != nil, let share = layout.timelineShare(x: x, y: y) {
      drag = Drag(kind: .scrub, x: x, y: y)
      subject.seek(to: share)
    } else {
      drag = Drag(kind: button == .left && !modifiers.contains(.shift) ? .orbit : .pan, x: x, y: y)
    }
    touch()
  }

  private func move(x: Double, y: Double) {
    guard let drag else { return }
    let (across, down) = ((x - drag.x) / layout.height, (y - drag.y) / layout.height)
    switch drag.kind {
    case .orbit: turn { $0.orbit(across: across, down: down) }
    case .pan: turn { $0.pan(across: across, down: down) }
    case .scrub: subject.seek(to: layout.timelineShare(x: x))
    }
    self.drag?.x = x
    self.drag?.y = y
  }

  /// Moves the free camera, which begins where the view is now.
  private func turn(_ change: (inout OrbitCamera) -> Void) {
    guard let moment = subject.moment else { return }
    if let namedCamera {
      let camera = moment.appearance.cameras[namedCamera]
      freeCamera = OrbitCamera(camera, in: moment.state, focus: firstView(of: moment).target)
      self.namedCamera = nil
    }
    var camera = freeCamera ?? firstView(of: moment)
    change(&camera)
    freeCamera = camera
    touch()
  }

  func perform(_ action: ViewAction) {
    touch()
    if subject.perform(action) { return }
    switch action {
    case .toggle(let overlay): overlays.formSymmetricDifference([overlay])
    case .nextCamera:
      let count = subject.moment?.appearance.cameras.count ?? 0
      namedCamera = namedCamera.map { $0 + 1 < count ? $0 + 1 : nil } ?? (count > 0 ? 0 : nil)
    case .resetCamera: (namedCamera, freeCamera) = (nil, nil)
    case .nextPreset:
      look = Look(preset: subject.wardrobe.preset(after: look.preset), seed: look.seed)
      if look.preset == nil { look.seed = nil }
    case .reroll: reroll()
    case .savePicture:
      // In the working directory, under the next free name.
      pendingPicture = (1...).lazy.map { String(format: "rehearse-view-%03d.png", $0) }
        .first { !FileManager.default.fileExists(atPath: $0) }
    case .quit: isClosing = true
    default: break
    }
  }

  private func reroll() {
    let preset = look.preset ?? subject.plan.randomization.preset
    if preset == "none" {
      tell("Nothing is randomized: choose a preset with P")
    } else {
      look.seed = subject.wardrobe.seed(after: look)
    }
  }
}
