import Recording
import RehearsalCore
import Viewing

/// What is drawn over the picture at the places of the world where it belongs.
struct SceneOverlay {
  let projection: Projection
  let moment: ViewMoment
  /// 1 in a window 720 pixels high.
  let unit: Double
  let fonts: Fonts

  private static let axes = [Ink(236, 92, 92), Ink(98, 200, 122), Ink(96, 148, 250)]
  private static let tool = Ink(255, 198, 92)
  private static let base = Ink(120, 214, 235)
  /// Steps of the past that are shown.
  private static let longest = 2400

  func draw(_ overlays: Set<Overlay>, trail: Trail, isRecording: Bool, into drawing: inout Drawing) {
    if overlays.contains(.trajectory) {
      draw(path: trail.base, ink: Self.base, isRecording, &drawing)
      draw(path: trail.tool, ink: Self.tool, isRecording, &drawing)
    }
    if overlays.contains(.contacts) { drawContacts(&drawing) }
    if overlays.contains(.frames) { drawFrames(&drawing) }
  }

  /// The way so far, thinner with age; what a recording has yet to come, dashed and pale.
  private func draw(path: [Vector3], ink: Ink, _ isRecording: Bool, _ drawing: inout Drawing) {
    guard path.count > 1 else { return }
    let now = isRecording ? min(moment.tick, path.count - 1) : path.count - 1
    var (last, isDash) = (max(now - Self.longest, 0), true)
    for index in (last + 1)..<path.count {
      guard let (a, b) = projection.line(path[last], path[index]) else {
        last = index
        continue
      }
      // Where it hardly moved, its dots would pile up.
      let reach = ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
      let isPast = index <= now
      if index != now && reach < (isPast ? 2 : 7) * unit { continue }
      last = index
      isDash.toggle()
      if isPast {
        let age = min(Double(now - index) / 300, 1)
        drawing.line(a, b, width: (3.2 - 1.6 * age) * unit, ink: ink.opacity(0.95))
      } else if isDash {
        drawing.line(a, b, width: 1.8 * unit, ink: Ink(255, 255, 255, opacity: 0.6))
      }
    }
    if let place = projection.point(path[now]) { disc(at: place, radius: 4.5 * unit, ink: ink, &drawing) }
  }

  private func drawContacts(_ drawing: inout Drawing) {
    let robot = Set(moment.scene.robotBodies)
    for contact in moment.state.contacts {
      guard let place = projection.point(contact.point) else { continue }
      let touchesRobot = robot.contains(contact.first) != robot.contains(contact.second)
      let radius = min(3.5 + contact.normalForce.squareRoot() * 0.9, 11) * unit
      disc(at: place, radius: radius, ink: touchesRobot ? Ink(255, 128, 74) : Ink(196, 140, 250), &drawing)
    }
  }

  /// With a light ring, so that it stands out from anything.
  private func disc(at place: Drawing.Point, radius: Double, ink: Ink, _ drawing: inout Drawing) {
    let rect = PixelRect(x: place.x - radius, y: place.y - radius, width: 2 * radius, height: 2 * radius)
    drawing.panel(rect.inset(by: -1.5 * unit), radius: radius + 1.5 * unit, softness: 2.5 * unit, ink: .shadow)
    drawing.panel(rect, radius: radius, ink: ink.opacity(0.9))
    drawing.outline(rect, radius: radius, thickness: 1.4 * unit, ink: Ink(255, 255, 255, opacity: 0.85))
  }

  private func drawFrames(_ drawing: inout Drawing) {
    let (scene, state) = (moment.scene, moment.state)
    for body in scene.bodyIDs where scene.bodies[body].isPresent {
      guard let label = scene.bodies[body].label else { continue }
      draw(frame: state.worldFromBody[body], length: 0.05, "\(label.color) \(label.shape)", &drawing)
    }
    draw(frame: state.worldFromBody[scene.robot.root], length: 0.15, scene.robot.name, &drawing)
    guard let arm = scene.robot.arm else { return }
    draw(frame: arm.worldFromEndEffector(in: state), length: 0.1, arm.endEffector.name, &drawing)
  }

  /// Axes of `length` metres, longer where they would be too small to see.
  private func draw(frame: Pose, length: Double, _ name: String, _ drawing: inout Drawing) {
    let length = max(length, (projection.point(frame.position)?.depth ?? 0) * 0.035)
    for (axis, ink) in zip([Vector3.unitX, .unitY, .unitZ], Self.axes) {
      guard let (a, b) = projection.line(frame.position, frame * (axis * length)) else { continue }
      let (p, q) = (Drawing.Point(x: a.x, y: a.y), Drawing.Point(x: b.x, y: b.y))
      drawing.line(p, q, width: 4.6 * unit, ink: .shadow)
      drawing.line(p, q, width: 2.6 * unit, ink: ink)
    }
    guard let origin = projection.point(frame.position) else { return }
    let size = 10.5 * unit
    let label = PixelRect(
      x: origin.x + 7 * unit, y: origin.y + 5 * unit, width: fonts.width(of: name, size: size) + size,
      height: size * 1.6)
    drawing.panel(label, radius: 4 * unit, ink: Ink(20, 24, 33, opacity: 0.62))
    drawing.text(name, x: label.x + size * 0.5, y: label.y + size * 1.16, size: size, ink: .bright)
  }
}

extension Ink {
  /// What lies under light things so that they show on light ground.
  static let shadow = Ink(8, 10, 14, opacity: 0.45)
}
