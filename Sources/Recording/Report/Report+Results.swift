internal import RehearsalCore

extension Report {
  var header: String {
    let (manifest, total) = (model.manifest, model.summary.total)
    let interval = total.interval.map { "\(HTML.percent($0.low)) to \(HTML.percent($0.high))" } ?? "nothing valid"
    let excluded = [
      total.invalid > 0 ? "\(total.invalid) invalid" : "",
      total.alreadySatisfied > 0 ? "\(total.alreadySatisfied) already satisfied" : "",
      total.notSwappable > 0 ? "\(total.notSwappable) with no other object to name" : "",
    ].filter { !$0.isEmpty }
    let counted = "\(total.successes) of \(total.valid) valid episodes" + (excluded.isEmpty ? "" : "; not counted: ")
    return """
      <header>
      <div><p class="eyebrow">Rehearsal report</p>
      <h1>\(HTML.escaped(manifest.name))</h1>
      <p class="lead">Policy <b>\(HTML.escaped(manifest.policy))</b> · \(total.episodes) episodes · seed \(manifest.seed)
      · protocol <code>\(HTML.escaped(manifest.protocolID))</code></p></div>
      <div class="score"><span class="rate">\(HTML.percent(total.successRate))</span>
      <span class="what">success rate</span>\(IntervalBar(tally: total).svg)
      <span class="note">95 % interval \(interval)<br>\(counted)\(excluded.joined(separator: ", "))</span></div>
      </header>
      """
  }

  /// One row a command, one column a policy.
  var results: String {
    let commands = policies.flatMap(\.tasks).map(\.command).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let heads = policies.enumerated().map { index, summary in
      let label = HTML.escaped(ExperimentPlan.label(ofPolicy: summary.policy))
      return #"<th scope="col">\#(label)\#(index == 0 ? "" : #" <span class="tag">baseline</span>"#)</th>"#
    }
    let rows = commands.sorted().map { command in
      row(HTML.words(command), policies.map { summary in summary.tasks.first { $0.command == command }?.tally })
    }
    let heldOut = policies.map { summary in
      summary.tasks.reduce(into: Tally()) { $0.add($1.heldOut) }
    }
    let hasHeldOut = heldOut.contains { $0.episodes > 0 }
    let foot =
      (hasHeldOut ? row("held-out phrasings", heldOut.map { $0.episodes > 0 ? $0 : nil }) : "")
      + row("all episodes", policies.map(\.total), isTotal: true)
    let table = """
      <div class="scroll"><table class="results"><thead><tr><th scope="col">command</th>\(heads.joined())</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody><tfoot>\(foot)</tfoot></table></div>
      """
    return section(
      "Success by command", table,
      note: "Bars show the success rate and its 95 % Wilson interval on a scale from 0 to 100 %. "
        + "Invalid and already satisfied episodes count in no rate.")
  }

  private func row(_ name: String, _ tallies: [Tally?], isTotal: Bool = false) -> String {
    let cells = tallies.map { tally in
      guard let tally else { return #"<td class="none">–</td>"# }
      let interval = tally.interval.map { "\(HTML.percent($0.low)) – \(HTML.percent($0.high))" } ?? ""
      let steps = tally.meanStepsToSuccess.map { " · \(HTML.number($0)) steps" } ?? ""
      return
        #"<td><span class="cell"><b>\#(HTML.percent(tally.successRate))</b>\#(IntervalBar(tally: tally).svg)</span>"#
        + #"<span class="note">\#(tally.successes)/\#(tally.valid) · \#(interval)\#(steps)</span></td>"#
    }
    return #"<tr\#(isTotal ? #" class="total""# : "")><th scope="row">\#(name)</th>\#(cells.joined())</tr>"#
  }

  var chains: String {
    let scored = policies.compactMap { summary in
      summary.chain.map { (ExperimentPlan.label(ofPolicy: summary.policy), $0) }
    }
    guard let length = scored.first?.1.successInARow.count else { return "" }
    let heads = (1...length).map { #"<th scope="col">\#($0) in a row</th>"# }.joined()
    let rows = scored.map { policy, chain in
      let cells = chain.successInARow.map { rate in
        #"<td style="--share:\#(HTML.number(rate * 100))%" class="share">\#(HTML.percent(rate))</td>"#
      }
      let mean = String(describing: (chain.averageLength * 1000).rounded() / 1000)
      return #"<tr><th scope="row">\#(HTML.escaped(policy))</th>\#(cells.joined())<td><b>\#(mean)</b></td></tr>"#
    }
    let table = """
      <div class="scroll"><table><thead><tr><th scope="col">policy</th>\(heads)<th scope="col">average length</th></tr>
      </thead><tbody>\(rows.joined())</tbody></table></div>
      """
    return section("Chains of \(length) commands", table, note: "Share of chains whose first commands all succeeded.")
  }

  var failures: String {
    let reasons = policies.flatMap { $0.failureReasons + $0.invalidReasons }.map(\.name)
    guard !reasons.isEmpty else { return "" }
    let names = reasons.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let invalid = Set(policies.flatMap(\.invalidReasons).map(\.name))
    let rows = names.map { name in
      let cells = policies.map { summary in
        let count = (summary.failureReasons + summary.invalidReasons).first { $0.name == name }?.count
        return #"<td class="count">\#(count.map(String.init) ?? "–")</td>"#
      }
      let tag = invalid.contains(name) ? #" <span class="tag">invalid</span>"# : ""
      return #"<tr><th scope="row">\#(HTML.escaped(name))\#(tag)</th>\#(cells.joined())</tr>"#
    }
    let heads = policies.map {
      #"<th scope="col" class="count">\#(HTML.escaped(ExperimentPlan.label(ofPolicy: $0.policy)))</th>"#
    }.joined()
    let table = """
      <div class="scroll fit"><table><thead><tr><th scope="col">reason</th>\(heads)</tr></thead>
      <tbody>\(rows.joined())</tbody></table></div>
      """
    return section("Why episodes failed", table)
  }
}
