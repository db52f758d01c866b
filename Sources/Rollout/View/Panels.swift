import Foundation
import Recording
import RehearsalCore
import Viewing

/// Draws the viewer's panels: text on soft dark cards, calm colours.
struct Panels {
  let layout: PanelLayout
  let fonts: Fonts

  var unit: Double { layout.unit }

  /// Pictures of the insets are the window's numbers 1, 2, ….
  func draw(_ model: PanelModel, into drawing: inout Drawing) {
    drawInsets(model.insets, &drawing)
    drawHeader(model, &drawing)
    var bottom = layout.height - layout.margin
    if let share = model.timeline {
      drawTimeline(share, model, &drawing)
      bottom = layout.timelineCard.y - 10 * unit
    }
    if model.showsTask, !model.instruction.isEmpty { drawTask(model, bottom: bottom, &drawing) }
    if let notice = model.notice { drawNotice(notice, bottom: bottom, &drawing) }
    if !model.help.isEmpty { drawHelp(model.help, &drawing) }
  }

  func card(_ rect: PixelRect, radius: Double, opacity: Double = 0.74, _ drawing: inout Drawing) {
    var shade = rect
    shade.y += 3 * unit
    drawing.panel(shade, radius: radius, softness: 9 * unit, ink: Ink(0, 0, 0, opacity: 0.3))
    drawing.panel(rect, radius: radius, ink: Ink(20, 24, 33, opacity: opacity))
    drawing.outline(rect, radius: radius, thickness: max(unit, 1), ink: Ink(255, 255, 255, opacity: 0.08))
  }

  func width(_ text: String, _ size: Double, _ weight: Fonts.Weight = .regular) -> Double {
    fonts.width(of: text, size: size, weight: weight)
  }

  /// Draws a tag and returns its right edge.
  private func tag(_ text: String, x: Double, y: Double, fill: Ink?, ink: Ink, _ drawing: inout Drawing) -> Double {
    let size = layout.smallSize
    let rect = PixelRect(x: x, y: y, width: width(text, size) + size * 1.5, height: size * 2)
    if let fill { drawing.panel(rect, radius: rect.height / 2, ink: fill) }
    drawing.text(text, x: x + size * 0.75, y: y + size * 1.36, size: size, ink: ink)
    return rect.maxX
  }

  private func drawHeader(_ model: PanelModel, _ drawing: inout Drawing) {
    let (size, x, y) = (layout.textSize, layout.margin, layout.margin)
    let tags = model.tags.filter { !$0.text.isEmpty }
    let gap = 6 * unit
    let tagWidths = tags.reduce(0) { $0 + width($1.text, layout.smallSize) + layout.smallSize * 1.5 + gap }
    let title = fonts.fitted(model.title, into: layout.width * 0.45, size: size, weight: .bold)
    let titleWidth = width(title, size, .bold)
    let rect = PixelRect(
      x: x, y: y, width: titleWidth + 28 * unit + tagWidths + (tags.isEmpty ? 0 : 6 * unit), height: 36 * unit)
    card(rect, radius: 10 * unit, &drawing)
    drawing.text(title, x: x + 14 * unit, y: y + 23 * unit, size: size, weight: .bold, ink: .bright)
    var left = x + titleWidth + 26 * unit
    for item in tags {
      let (fill, ink) = item.tone.inks
      left = tag(item.text, x: left, y: y + 18 * unit - layout.smallSize, fill: fill, ink: ink, &drawing) + gap
    }
  }

  private func drawInsets(_ insets: [PanelModel.Inset], _ drawing: inout Drawing) {
    for (index, (inset, rect)) in zip(insets, layout.insets(aspects: insets.map(\.aspect))).enumerated() {
      let radius = 8 * unit
      var shade = rect
      shade.y += 3 * unit
      drawing.panel(shade, radius: radius, softness: 10 * unit, ink: Ink(0, 0, 0, opacity: 0.38))
      drawing.picture(index + 1, in: rect, radius: radius)
      let frame = rect.inset(by: -1.5 * unit)
      drawing.outline(frame, radius: radius + 1.5 * unit, thickness: 1.5 * unit, ink: Ink(246, 248, 252, opacity: 0.9))
      let size = layout.smallSize
      let label = PixelRect(
        x: rect.x + 7 * unit, y: rect.y + 7 * unit, width: width(inset.label, size) + size * 1.2, height: size * 1.8)
      drawing.panel(label, radius: 5 * unit, ink: Ink(20, 24, 33, opacity: 0.72))
      drawing.text(inset.label, x: label.x + size * 0.6, y: label.y + size * 1.27, size: size, ink: .bright)
    }
  }

  private func drawTimeline(_ share: Double, _ model: PanelModel, _ drawing: inout Drawing) {
    let (rect, track) = (layout.timelineCard, layout.timelineTrack)
    card(rect, radius: 10 * unit, &drawing)
    drawPlay(isPaused: model.isPaused, x: rect.x + 16 * unit, y: rect.y + rect.height / 2, &drawing)
    drawing.text(
      model.clock, x: rect.x + 40 * unit, y: rect.y + rect.height / 2 + layout.smallSize * 0.36,
      size: layout.smallSize, ink: .muted)
    drawing.panel(track, radius: 3 * unit, ink: Ink(255, 255, 255, opacity: 0.18))
    var done = track
    done.width = max(track.width * share, 6 * unit)
    drawing.panel(done, radius: 3 * unit, ink: .accent)
    let handle = PixelRect(
      x: track.x + track.width * share - 7 * unit, y: track.y - 4 * unit, width: 14 * unit, height: 14 * unit)
    drawing.panel(handle, radius: 7 * unit, ink: .bright)
  }

  /// Two bars, or a triangle of lines.
  private func drawPlay(isPaused: Bool, x: Double, y: Double, _ drawing: inout Drawing) {
    if !isPaused {
      for bar in [0.0, 7.0] {
        let rect = PixelRect(x: x + bar * unit, y: y - 6 * unit, width: 4 * unit, height: 12 * unit)
        drawing.panel(rect, radius: unit, ink: .bright)
      }
      return
    }
    drawing.text("▶", x: x - unit, y: y + 5 * unit, size: 14 * unit, ink: .bright)
  }

  private func drawNotice(_ notice: String, bottom: Double, _ drawing: inout Drawing) {
    let size = layout.textSize
    let text = fonts.fitted(notice, into: layout.width * 0.8, size: size, weight: .bold)
    let wide = width(text, size, .bold) + size * 2.4
    let rect = PixelRect(x: (layout.width - wide) / 2, y: layout.height * 0.16, width: wide, height: size * 2.6)
    card(rect, radius: rect.height / 2, opacity: 0.84, &drawing)
    drawing.text(text, x: rect.x + size * 1.2, y: rect.y + size * 1.66, size: size, weight: .bold, ink: .bright)
  }
}

extension Ink {
  static let bright = Ink(242, 245, 250)
  static let muted = Ink(182, 190, 205)
  static let accent = Ink(104, 164, 248)
}

extension PanelModel.Tag.Tone {
  fileprivate var inks: (fill: Ink?, text: Ink) {
    switch self {
    case .plain: (Ink(255, 255, 255, opacity: 0.09), .muted)
    case .accent: (Ink(104, 164, 248, opacity: 0.24), Ink(190, 216, 255))
    case .warning: (Ink(232, 92, 80, opacity: 0.85), .white)
    }
  }
}
