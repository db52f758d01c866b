internal import Foundation
internal import RehearsalCore

/// A language study's page.
struct LanguagePage {
  let report: LanguageReport

  private var summary: LanguageSummary { report.summary }

  var html: String {
    HTML.page(
      title: "\(report.name) · \(summary.policy) · language",
      """
      \(header)
      \(swapped)
      \(heard)
      \(examples)
      \(provenance)
      """)
  }

  private var header: String {
    let swap = summary.total.swap
    let interval = swap.interval.map { "\(HTML.percent($0.low)) to \(HTML.percent($0.high))" } ?? "nothing to swap"
    let left = swap.notSwappable > 0 ? "<br>in \(swap.notSwappable) more there was nothing else to name" : ""
    return """
      <header>
      <div><p class="eyebrow">Rehearsal language report</p>
      <h1>\(HTML.escaped(report.name))</h1>
      <p class="lead">Policy <b>\(HTML.escaped(summary.policy))</b> · \(report.episodes) episodes · seed \(report.seed)<br>
      each four times: words as given, of another object, in a held-out phrasing, none</p></div>
      <div class="score"><span class="rate">\(HTML.percent(swap.followedRate))</span>
      <span class="what">follow the words</span>\(IntervalBar(swap: swap).svg)
      <span class="note">95 % interval \(interval)<br>\(swap.followed) of \(swap.counted) swapped episodes\(left)</span></div>
      </header>
      """
  }

  // MARK: Swapped

  private var swapped: String {
    let rows = summary.commands.map { swapRow(HTML.words($0.command), $0.swap) }
    let table = """
      <div class="scroll"><table class="results"><thead><tr><th scope="col">command</th>
      <th scope="col">followed the words</th><th scope="col">what came of it</th>
      <th scope="col" class="count">nothing else to name</th></tr></thead><tbody>\(rows.joined(separator: "\n"))</tbody>
      <tfoot>\(swapRow("all episodes", summary.total.swap, isTotal: true))</tfoot></table></div>
      """
    return HTML.section(
      "Told of another object", table,
      note: "One object in the command is replaced by another that is present, and nothing else changes. Followed: "
        + "the goal of the words was reached, after a detour if that of the command drawn was reached first. Ignored: "
        + "only that of the command drawn was. Bars on the left show the 95 % Wilson interval on a scale from 0 to 100 %."
    )
  }

  private func swapRow(_ name: String, _ swap: SwapTally, isTotal: Bool = false) -> String {
    let cells: String
    if let interval = swap.interval {
      cells =
        #"<td><span class="cell"><b>\#(HTML.percent(swap.followedRate))</b>\#(IntervalBar(swap: swap).svg)</span>"#
        + #"<span class="note">\#(swap.followed)/\#(swap.counted) · "#
        + "\(HTML.percent(interval.low)) – \(HTML.percent(interval.high))</span></td><td>\(Self.parts(swap))</td>"
    } else {
      cells = #"<td class="none">–</td><td class="none">–</td>"#
    }
    return #"<tr\#(isTotal ? #" class="total""# : "")><th scope="row">\#(name)</th>\#(cells)"#
      + #"<td class="count">\#(swap.notSwappable)</td></tr>"#
  }

  /// Shares of a bar, and the same in words.
  private static func parts(_ swap: SwapTally) -> String {
    let parts: [(SwapResult, Int)] = [
      (.followed, swap.followed - swap.detours), (.detour, swap.detours), (.original, swap.original),
      (.neither, swap.neither),
    ].filter { $0.1 > 0 }
    let bars = parts.map { #"<i class="\#($0.0.rawValue)" style="flex:\#($0.1)"></i>"# }
    let words = parts.map { #"<span class="key \#($0.0.rawValue)">\#($0.1) \#($0.0.label)</span>"# }
    return #"<div class="stack">\#(bars.joined())</div><span class="legend">\#(words.joined())</span>"#
  }

  // MARK: Given, held out, blank

  private var heard: String {
    let rows = summary.commands.map { heardRow(HTML.words($0.command), $0) }
    let table = """
      <div class="scroll"><table class="results"><thead><tr><th scope="col">command</th><th scope="col">as given</th>
      <th scope="col">held-out phrasing</th><th scope="col">no words</th><th scope="col">null floor</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody>
      <tfoot>\(heardRow("all episodes", summary.total, isTotal: true))</tfoot></table></div>
      """
    return HTML.section(
      "Success by what was heard", table,
      note: "The goal is that of the command drawn, whatever was heard. Changes are in points, against the words as "
        + "given on the same episodes, with Newcombe’s 95 % interval for pairs. The null floor is what the better of two "
        + "policies gets that neither see nor hear: one does nothing, one moves at random.")
  }

  private func heardRow(_ name: String, _ row: LanguageSummary.Row, isTotal: Bool = false) -> String {
    let floor = row.floor.map { cell($0.tally, remark: HTML.escaped($0.policy)) } ?? #"<td class="none">–</td>"#
    let cells = [
      cell(row.given), cell(row.heldOut, remark: row.heldOutChange.map(Self.points)),
      cell(row.blank, remark: row.blankChange.map(Self.points)), floor,
    ]
    return #"<tr\#(isTotal ? #" class="total""# : "")><th scope="row">\#(name)</th>\#(cells.joined())</tr>"#
  }

  private func cell(_ tally: Tally, remark: String? = nil) -> String {
    guard let interval = tally.interval else { return #"<td class="none">–</td>"# }
    let remark = remark.map { #"<br><span class="note">\#($0)</span>"# } ?? ""
    return #"<td><span class="cell"><b>\#(HTML.percent(tally.successRate))</b>\#(IntervalBar(tally: tally).svg)</span>"#
      + #"<span class="note">\#(tally.successes)/\#(tally.valid) · "#
      + "\(HTML.percent(interval.low)) – \(HTML.percent(interval.high))</span>\(remark)</td>"
  }

  /// Such as `−3.0 points (−6.1 … +0.2)`.
  private static func points(_ change: PairedDifference) -> String {
    func signed(_ value: Double) -> String {
      String(format: "%+.1f", value * 100).replacing("-", with: "−").replacing("+0.0", with: "0.0")
    }
    return "\(signed(change.difference)) points (\(signed(change.low)) … \(signed(change.high)))"
  }

  // MARK: Episodes

  /// Beyond this the rows say nothing new.
  private static let mostRows = 60

  private var examples: String {
    let order: [SwapResult] = [.original, .neither, .detour, .followed]
    let sorted = order.flatMap { kind in report.swaps.filter { $0.result == kind } }
    guard !sorted.isEmpty else { return "" }
    let rows = sorted.prefix(Self.mostRows).map { swap in
      "<tr><td>\(swap.episode)</td><td>\(HTML.escaped(swap.drawn))</td><td>\(HTML.escaped(swap.said))</td>"
        + #"<td><span class="badge \#(swap.result.rawValue)">\#(swap.result.label)</span></td>"#
        + #"<td class="count">\#(swap.steps)</td></tr>"#
    }
    let table = """
      <div class="scroll tall"><table><thead><tr><th scope="col">episode</th><th scope="col">command drawn</th>
      <th scope="col">what was said instead</th><th scope="col">what came of it</th><th scope="col" class="count">steps</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      """
    let rest = sorted.count - rows.count
    return HTML.section(
      "Swapped episodes", table,
      note: "Those that did not follow come first." + (rest > 0 ? " \(rest) more are in swapped/episodes.jsonl." : ""))
  }

  private var provenance: String {
    let arms = report.arms.map { arm -> String in
      let folder = arm.intervention.rawValue
      return #"<dt>\#(folder)</dt><dd><a href="\#(folder)/report.html">report</a> · "#
        + "protocol <code>\(HTML.escaped(arm.protocolID))</code> · state hash "
        + "<code>\(arm.stateHash.hexadecimal)</code></dd>"
    }
    let head = "<dt>repeat</dt><dd><code>\(HTML.escaped(report.reproduceCommand))</code></dd>"
    return HTML.section(
      "Provenance", "<dl>\(head)\n\(arms.joined(separator: "\n"))</dl>",
      note: "Each is a run of its own: <code>rehearse verify</code> and <code>rehearse replay</code> take its folder.")
  }
}

extension SwapResult {
  /// For people.
  fileprivate var label: String {
    switch self {
    case .followed: "followed"
    case .detour: "followed after a detour"
    case .original: "ignored the words"
    case .neither: "neither"
    }
  }
}
