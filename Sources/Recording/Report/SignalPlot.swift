/// A `SignalPanel` as SVG: lines over control steps, with the ends of commands marked, or over epochs.
struct SignalPlot {
  let panel: SignalPanel
  /// Those of all panels of the episode, so that they line up; the first value of each series is of the first.
  let steps: Range<Int>
  /// Where a command ends and the next begins.
  let boundaries: [Int]

  private static let (width, height, left, right, top, bottom) = (560.0, 112.0, 44.0, 8.0, 8.0, 18.0)

  private var range: ClosedRange<Double> { panel.range ?? PlotScale.range(of: panel.series.flatMap(\.values)) }

  private func x(_ step: Double) -> Double {
    let share = (step - Double(steps.lowerBound)) / Double(max(steps.count - 1, 1))
    return Self.left + share * (Self.width - Self.left - Self.right)
  }

  private func y(_ value: Double) -> Double {
    let share =
      (min(max(value, range.lowerBound), range.upperBound) - range.lowerBound)
      / (range.upperBound - range.lowerBound)
    return Self.height - Self.bottom - share * (Self.height - Self.top - Self.bottom)
  }

  var html: String {
    let keys = panel.series.enumerated().map { index, series in
      #"<span class="key s\#(index % 8)">\#(HTML.escaped(series.name))</span>"#
    }
    let legend = panel.series.count > 1 ? #"<span class="legend">\#(keys.joined())</span>"# : ""
    let frame = "0 0 \(Int(Self.width)) \(Int(Self.height))"
    return #"<div class="signal"><div class="signal-title">\#(HTML.escaped(panel.title))\#(legend)</div>"#
      + #"<svg viewBox="\#(frame)" role="img" aria-label="\#(HTML.escaped(panel.title))">"#
      + axes + commandEnds + lines + "</svg></div>"
  }

  private var axes: String {
    let step = PlotScale.step(span: range.upperBound - range.lowerBound, count: 2)
    let rows = PlotScale.ticks(in: range, step: step).map { value in
      let at = HTML.coordinate(y(value))
      return #"<path class="grid" d="M\#(Int(Self.left)) \#(at)H\#(Int(Self.width - Self.right))"/>"#
        + #"<text x="\#(Int(Self.left) - 6)" y="\#(HTML.coordinate(y(value) + 3.5))" text-anchor="end">"#
        + "\(HTML.number(value))</text>"
    }
    let columns = PlotScale.ticks(
      in: Double(steps.lowerBound)...Double(max(steps.upperBound - 1, steps.lowerBound)),
      step: max(PlotScale.step(span: Double(steps.count), count: 4), 1)
    )
    .map { step in
      #"<text x="\#(HTML.coordinate(x(step)))" y="\#(Int(Self.height) - 4)" text-anchor="middle">\#(Int(step))</text>"#
    }
    return rows.joined() + columns.joined()
  }

  private var commandEnds: String {
    boundaries.map {
      #"<path class="boundary" d="M\#(HTML.coordinate(x(Double($0)))) \#(Int(Self.top))V\#(Int(Self.height - Self.bottom))"/>"#
    }.joined()
  }

  private var lines: String {
    panel.series.enumerated().map { index, series in
      let points = zip(steps, series.values).filter(\.1.isFinite).map { SIMD2(x(Double($0)), y($1)) }
      if points.count == 1 {
        let (x, y) = (HTML.coordinate(points[0].x), HTML.coordinate(points[0].y))
        return #"<circle class="s\#(index % 8) end" cx="\#(x)" cy="\#(y)" r="3"/>"#
      }
      return #"<polyline class="s\#(index % 8)" points="\#(HTML.points(points.thinned(to: 500)))"/>"#
    }.joined()
  }
}
