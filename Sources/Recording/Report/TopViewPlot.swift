/// A `TopView` as SVG, to scale, with a grid in metres.
struct TopViewPlot {
  private let view: TopView
  private let origin: SIMD2<Double>
  private let scale: Double
  private let size: SIMD2<Double>
  private let grid: Double
  private let bounds: (low: SIMD2<Double>, high: SIMD2<Double>)

  init(_ view: TopView) {
    self.view = view
    let corners = view.markers.flatMap { [$0.position - $0.radius, $0.position + $0.radius] }
    let all = view.paths.flatMap(\.points) + corners + view.outlines.flatMap { $0 }
    let (x, y) = (PlotScale.range(of: all.map(\.x)), PlotScale.range(of: all.map(\.y)))
    let span = max(x.upperBound - x.lowerBound, y.upperBound - y.lowerBound)
    grid = PlotScale.step(span: span, count: 4)
    let margin = span * 0.07
    let low = SIMD2(x.lowerBound - margin, y.lowerBound - margin)
    let high = SIMD2(x.upperBound + margin, y.upperBound + margin)
    bounds = (low, high)
    scale = min(420 / (high.x - low.x), 400 / (high.y - low.y))
    size = (high - low) * scale
    origin = SIMD2(low.x, high.y)
  }

  var svg: String {
    let extent = "\(HTML.coordinate(size.x)) \(HTML.coordinate(size.y))"
    let body = gridLines + outlines + markers + paths + labels + scaleBar
    return #"<svg class="map" viewBox="0 0 \#(extent)" role="img" aria-label="seen from above">\#(body)</svg>"#
  }

  /// What the lines are.
  var legend: String {
    let items = view.paths.map { #"<span class="key \#($0.kind.rawValue)">\#(HTML.escaped($0.name))</span>"# }
    return #"<div class="legend">\#(items.joined())</div>"#
  }

  private func place(_ point: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2((point.x - origin.x) * scale, (origin.y - point.y) * scale)
  }

  private func text(_ point: SIMD2<Double>) -> (x: String, y: String) {
    (HTML.coordinate(point.x), HTML.coordinate(point.y))
  }

  private var gridLines: String {
    let vertical = PlotScale.ticks(in: bounds.low.x...bounds.high.x, step: grid).map {
      "M\(HTML.coordinate(place(SIMD2($0, 0)).x) ) 0V\(HTML.coordinate(size.y))"
    }
    let horizontal = PlotScale.ticks(in: bounds.low.y...bounds.high.y, step: grid).map {
      "M0 \(HTML.coordinate(place(SIMD2(0, $0)).y))H\(HTML.coordinate(size.x))"
    }
    return #"<path class="grid" d="\#((vertical + horizontal).joined())"/>"#
  }

  private var outlines: String {
    view.outlines.map { #"<polygon class="outline" points="\#(HTML.points($0.map(place)))"/>"# }.joined()
  }

  private var markers: String {
    view.markers.map { marker in
      let (x, y) = text(place(marker.position))
      let radius = HTML.coordinate(max(marker.radius * scale, 4))
      let color = "rgb(\(marker.color.red) \(marker.color.green) \(marker.color.blue))"
      return #"<circle class="thing" cx="\#(x)" cy="\#(y)" r="\#(radius)" fill="\#(color)">"#
        + "<title>\(HTML.escaped(marker.name))</title></circle>"
    }.joined()
  }

  private var paths: String {
    view.paths.filter { !$0.points.isEmpty }.map { path in
      let placed = path.points.filter { $0.x.isFinite && $0.y.isFinite }.thinned(to: 300).map(place)
      guard let first = placed.first, let last = placed.last else { return "" }
      let (start, end) = (text(first), text(last))
      return #"<g class="\#(path.kind.rawValue)"><polyline points="\#(HTML.points(placed))"/>"#
        + #"<circle class="start" cx="\#(start.x)" cy="\#(start.y)" r="4.5"/>"#
        + #"<circle class="end" cx="\#(end.x)" cy="\#(end.y)" r="4.5"/></g>"#
    }.joined()
  }

  /// Names beside the markers, on the side where there is room, moved down where they would cover each other.
  private var labels: String {
    var taken: [(x: Double, y: Double, width: Double)] = []
    return view.markers.map { marker in
      let center = place(marker.position)
      let width = Double(marker.name.count) * 6.2
      let offset = max(marker.radius * scale, 4) + 4
      let isRight = center.x + offset + width < size.x
      let x = isRight ? center.x + offset : center.x - offset - width
      var y = center.y + 4
      while taken.contains(where: { abs($0.y - y) < 11 && $0.x < x + width && x < $0.x + $0.width }) { y += 11 }
      taken.append((x, y, width))
      let anchor = isRight ? "start" : "end"
      let at = HTML.coordinate(isRight ? x : x + width)
      return #"<text class="name" x="\#(at)" y="\#(HTML.coordinate(y))" text-anchor="\#(anchor)">"#
        + "\(HTML.escaped(marker.name))</text>"
    }.joined()
  }

  private var scaleBar: String {
    let length = HTML.coordinate(grid * scale)
    let y = HTML.coordinate(size.y - 10)
    return #"<path class="scale" d="M10 \#(y)h\#(length)m0 -3v6M10 \#(y)m0 -3v6"/>"#
      + #"<text class="name" x="14" y="\#(HTML.coordinate(size.y - 15))">\#(HTML.number(grid)) m</text>"#
  }
}
