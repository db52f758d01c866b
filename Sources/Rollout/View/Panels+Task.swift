import Recording
import RehearsalCore
import Viewing

extension Panels {
  /// The instruction, how it stands, and its parts, in a card that ends at `bottom`.
  func drawTask(_ model: PanelModel, bottom: Double, _ drawing: inout Drawing) {
    let goals = model.goals.prefix(5)
    let (pad, row) = (16 * unit, 23 * unit)
    let wide = min(540 * unit, layout.width - 2 * layout.margin)
    let high = 56 * unit + (goals.isEmpty ? 6 * unit : row * Double(goals.count) + 10 * unit)
    let rect = PixelRect(x: layout.margin, y: bottom - high, width: wide, height: high)
    card(rect, radius: 12 * unit, &drawing)
    let badge = drawBadge(model.status, right: rect.maxX - pad, y: rect.y + 13 * unit, &drawing)
    let clock = model.timeline == nil ? model.clock : ""
    let clockWidth = width(clock, layout.smallSize)
    drawing.text(
      clock, x: badge - clockWidth - 10 * unit, y: rect.y + 29 * unit, size: layout.smallSize, ink: .muted)
    let room = badge - rect.x - pad - clockWidth - 24 * unit
    let words = fonts.block(model.instruction, into: room, size: 17 * unit, weight: .bold)
    for (index, line) in words.lines.enumerated() {
      let y = words.baseline(of: index, around: rect.y + 29 * unit)
      drawing.text(line, x: rect.x + pad, y: y, size: words.size, weight: .bold, ink: .bright)
    }
    let track = PixelRect(x: rect.x + pad, y: rect.y + 45 * unit, width: wide - 2 * pad, height: 4 * unit)
    drawTrack(track, share: model.progress, ink: model.status.ink, &drawing)
    for (index, goal) in goals.enumerated() {
      drawGoal(goal, x: rect.x + pad, y: rect.y + 60 * unit + row * Double(index), right: rect.maxX - pad, &drawing)
    }
  }

  private func drawTrack(_ track: PixelRect, share: Double, ink: Ink, _ drawing: inout Drawing) {
    drawing.panel(track, radius: track.height / 2, ink: Ink(255, 255, 255, opacity: 0.16))
    guard share > 0 else { return }
    var done = track
    done.width = max(track.width * min(share, 1), track.height)
    drawing.panel(done, radius: track.height / 2, ink: ink)
  }

  /// A ring that fills, the words, and a small bar.
  private func drawGoal(_ goal: GoalPart, x: Double, y: Double, right: Double, _ drawing: inout Drawing) {
    let size = layout.smallSize
    let ring = PixelRect(x: x, y: y + 2 * unit, width: 12 * unit, height: 12 * unit)
    if goal.value.isSatisfied {
      drawing.panel(ring, radius: 6 * unit, ink: .done)
      drawing.text(
        "✓", x: ring.x + 1.8 * unit, y: ring.y + 9.8 * unit, size: 11 * unit, weight: .bold, ink: Ink(12, 24, 16))
    } else {
      drawing.outline(ring, radius: 6 * unit, thickness: 1.5 * unit, ink: .muted.opacity(0.7))
    }
    let bar = PixelRect(x: right - 90 * unit, y: y + 6.5 * unit, width: 90 * unit, height: 3 * unit)
    let text = fonts.fitted(goal.text, into: bar.x - x - 32 * unit, size: size)
    drawing.text(
      text, x: x + 21 * unit, y: y + 12.2 * unit, size: size, ink: goal.value.isSatisfied ? .bright : .muted)
    drawTrack(bar, share: goal.value.progress, ink: goal.value.isSatisfied ? .done : .accent, &drawing)
  }

  /// Draws the status so that it ends at `right`; returns where it begins.
  private func drawBadge(
    _ status: ReplayFrame.Status, right: Double, y: Double, _ drawing: inout Drawing
  ) -> Double {
    let size = 11 * unit
    let text = fonts.fitted(status.text, into: 190 * unit, size: size, weight: .bold)
    let rect = PixelRect(
      x: right - width(text, size, .bold) - size * 1.6, y: y, width: width(text, size, .bold) + size * 1.6,
      height: size * 2.1)
    drawing.panel(rect, radius: rect.height / 2, ink: status.ink)
    drawing.text(text, x: rect.x + size * 0.8, y: rect.y + size * 1.42, size: size, weight: .bold, ink: status.textInk)
    return rect.x
  }

  /// All keys, in columns, in the middle of the window.
  func drawHelp(_ sections: [KeyMap.Section], _ drawing: inout Drawing) {
    let (column, row, pad) = (252 * unit, 25 * unit, 24 * unit)
    let rows = Double(sections.map(\.lines.count).max() ?? 0)
    let rect = PixelRect(
      x: (layout.width - column * Double(sections.count) - pad) / 2, y: (layout.height - row * rows - 86 * unit) / 2,
      width: column * Double(sections.count) + pad, height: row * rows + 72 * unit)
    card(rect, radius: 14 * unit, opacity: 0.9, &drawing)
    for (index, section) in sections.enumerated() {
      let x = rect.x + pad + column * Double(index)
      drawing.text(section.title, x: x, y: rect.y + 36 * unit, size: 14 * unit, weight: .bold, ink: .accent)
      for (line, entry) in section.lines.enumerated() {
        drawKeys(entry.keys, entry.what, x: x, y: rect.y + 50 * unit + row * Double(line), &drawing)
      }
    }
  }

  private func drawKeys(_ keys: [String], _ what: String, x: Double, y: Double, _ drawing: inout Drawing) {
    let size = layout.smallSize
    var left = x
    for key in keys {
      let cap = PixelRect(x: left, y: y, width: max(width(key, size) + 12 * unit, 22 * unit), height: 20 * unit)
      drawing.panel(cap, radius: 4 * unit, ink: Ink(255, 255, 255, opacity: 0.1))
      drawing.outline(cap, radius: 4 * unit, thickness: max(unit, 1), ink: Ink(255, 255, 255, opacity: 0.22))
      drawing.text(
        key, x: cap.x + (cap.width - width(key, size)) / 2, y: y + 14.2 * unit, size: size, ink: .bright)
      left = cap.maxX + 5 * unit
    }
    drawing.text(what, x: max(left + 5 * unit, x + 84 * unit), y: y + 14.2 * unit, size: size, ink: .muted)
  }
}

extension Ink {
  fileprivate static let done = Ink(92, 200, 130)
}
