/// A rate and its confidence interval on a track from 0 to 100 %.
struct IntervalBar {
  private let rate: Double?
  private let interval: WilsonInterval?

  init(tally: Tally) { (rate, interval) = (tally.successRate, tally.interval) }

  init(swap: SwapTally) { (rate, interval) = (swap.followedRate, swap.interval) }

  var svg: String {
    let (width, height) = (132.0, 14.0)
    func x(_ rate: Double) -> String { HTML.coordinate(1 + rate * (width - 2)) }
    var body = #"<rect class="track" x="0" y="5" width="132" height="4" rx="2"/>"#
    for quarter in [0.25, 0.5, 0.75] {
      body += #"<path class="tick" d="M\#(x(quarter)) 4v6"/>"#
    }
    if let interval, let rate {
      let span = HTML.coordinate(max((interval.high - interval.low) * (width - 2), 2))
      body += #"<rect class="band" x="\#(x(interval.low))" y="3" width="\#(span)" height="8" rx="3"/>"#
      body += #"<circle class="point" cx="\#(x(rate))" cy="7" r="4"/>"#
    }
    return
      #"<svg class="interval" viewBox="-4 0 140 \#(Int(height))" width="140" height="\#(Int(height))" aria-hidden="true">\#(body)</svg>"#
  }
}
