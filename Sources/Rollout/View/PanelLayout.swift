import RehearsalCore

/// Where the viewer's panels lie in a window of `width` × `height` pixels.
struct PanelLayout: Hashable {
  let width: Double
  let height: Double

  /// Everything scales with the window: 1 at 1280 × 720.
  var unit: Double { min(max(min(height / 720, width / 1280), 0.55), 3) }
  var margin: Double { (16 * unit).rounded() }
  var textSize: Double { 13 * unit }
  var smallSize: Double { 11.5 * unit }

  /// Of a recording.
  var timelineCard: PixelRect {
    PixelRect(x: margin, y: height - margin - 40 * unit, width: width - 2 * margin, height: 40 * unit)
  }

  /// The part of it that stands for the recording.
  var timelineTrack: PixelRect {
    let card = timelineCard
    let left = card.x + 172 * unit
    return PixelRect(
      x: left, y: card.y + card.height / 2 - 3 * unit, width: card.maxX - 20 * unit - left, height: 6 * unit)
  }

  /// Where on the track a click falls, 0…1; nil beside it.
  func timelineShare(x: Double, y: Double) -> Double? {
    let card = timelineCard
    guard y >= card.y, y <= card.maxY, x >= timelineTrack.x - 8 * unit, x <= card.maxX else { return nil }
    return timelineShare(x: x)
  }

  func timelineShare(x: Double) -> Double {
    min(max((x - timelineTrack.x) / timelineTrack.width, 0), 1)
  }

  /// In a column on the right, the first at the top; smaller where there are many.
  func insets(aspects: [Double]) -> [PixelRect] {
    guard !aspects.isEmpty else { return [] }
    let count = Double(aspects.count)
    let room = height - 2 * margin - 60 * unit - (count - 1) * margin * 0.75
    let high = min(height * 0.29, width * 0.2, room / count).rounded()
    var y = margin
    return aspects.map { aspect in
      let wide = (high * aspect).rounded()
      defer { y += high + (margin * 0.75).rounded() }
      return PixelRect(x: width - margin - wide, y: y, width: wide, height: high)
    }
  }
}
