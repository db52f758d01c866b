internal import Foundation
internal import RehearsalCore

extension Report {
  var featured: String {
    guard !model.featured.isEmpty else { return "" }
    let cards = model.featured.map(card)
    return section("A closer look", #"<div class="cards">\#(cards.joined(separator: "\n"))</div>"#)
  }

  private func card(_ episode: FeaturedEpisode) -> String {
    let record = episode.record
    let steps = max(episode.signals.flatMap(\.series).map(\.values.count).max() ?? 0, record.steps)
    let ends = record.commands.dropLast().map(\.endTick)
    let panels = episode.signals.map { SignalPlot(panel: $0, steps: 0..<steps, boundaries: ends).html }
    let map = episode.map.map(TopViewPlot.init)
    let figure = map.map { "<figure>\($0.svg)<figcaption>Seen from above. \($0.legend)</figcaption></figure>" } ?? ""
    return """
      <article class="card" id="episode-\(record.index)">
      <h3>Episode \(record.index) \(badge(record))</h3>
      <p class="said">\(record.commands.map { "“\(HTML.escaped($0.instruction))”" }.joined(separator: " → "))</p>
      <div class="media">\(video(episode))\(figure)</div>
      <div class="signals">\(panels.joined(separator: "\n"))</div>
      </article>
      """
  }

  private func video(_ episode: FeaturedEpisode) -> String {
    guard let path = episode.video, let source = videoSources[path] else { return "" }
    return #"<figure><video controls muted loop playsinline preload="metadata" src="\#(HTML.escaped(source))"></video>"#
      + #"<figcaption>\#(HTML.escaped(path))</figcaption></figure>"#
  }

  private func badge(_ record: EpisodeRecord) -> String {
    #"<span class="badge \#(record.outcome.kind)">\#(HTML.escaped(record.outcome.label))</span>"#
  }

  /// Beyond this, a page becomes slow; the journal has them all.
  private static let mostRows = 2000

  var episodes: String {
    let shown = model.records.prefix(Self.mostRows)
    let kinds = ["success", "failure", "timeLimit", "invalid"]
    let options = kinds.map { kind in
      #"<option value="\#(kind)">\#(kind) (\#(model.records.count { $0.outcome.kind == kind }))</option>"#
    }
    let featured = Set(model.featured.map(\.record.index))
    let rows = shown.map { row($0, isFeatured: featured.contains($0.index)) }
    let rest = model.records.count - shown.count
    let table = """
      <div class="filter"><input id="words" type="search" placeholder="filter: number, command, words" aria-label="filter">
      <select id="outcome" aria-label="outcome"><option value="">every outcome</option>\(options.joined())</select>
      <span id="matches" class="note"></span></div>
      <div class="scroll tall"><table id="episodes"><thead><tr><th scope="col">episode</th><th scope="col">outcome</th>
      <th scope="col">instruction</th><th scope="col" class="count">steps</th><th scope="col">hash</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      """
    return section(
      "Episodes", table, note: rest > 0 ? "The first \(shown.count); \(rest) more are in episodes.jsonl." : "")
  }

  private func row(_ record: EpisodeRecord, isFeatured: Bool) -> String {
    let said = record.commands.map { command in
      #"<span class="step \#(command.outcome)" title="\#(HTML.escaped(command.command)): \#(command.outcome)">"#
        + "\(HTML.escaped(command.instruction))\(command.isHeldOut ? #" <span class="tag">held out</span>"# : "")</span>"
    }
    let number = isFeatured ? ##"<a href="#episode-\##(record.index)">\##(record.index)</a>"## : String(record.index)
    return #"<tr data-outcome="\#(record.outcome.kind)"><td>\#(number)</td><td>\#(badge(record))</td>"#
      + #"<td>\#(said.joined(separator: " "))</td><td class="count">\#(record.steps)</td>"#
      + "<td><code>\(record.stateHash.hexadecimal)</code></td></tr>"
  }

  var provenance: String {
    let manifest = model.manifest
    let machine = manifest.fingerprint
    var facts: [(String, String)] = [
      ("repeat", "<code>\(HTML.escaped(model.reproduceCommand))</code>"),
      ("verify", "<code>\(HTML.escaped(model.verifyCommand))</code>"),
      ("experiment", "<code>sources/\(HTML.escaped(manifest.experiment))</code>"),
      (
        "overrides",
        manifest.overrides.isEmpty ? "none" : "<code>\(HTML.escaped(manifest.overrides.joined(separator: " ")))</code>"
      ),
      ("seed", String(manifest.seed)), ("protocol", "<code>\(HTML.escaped(manifest.protocolID))</code>"),
      ("state hash", "<code>\(model.summary.stateHash.hexadecimal)</code> over \(model.summary.steps) control steps"),
      ("degraded steps", degraded), ("made", HTML.escaped(manifest.createdAt)),
      ("commit", manifest.gitCommit.map { "<code>\(HTML.escaped($0))</code>" } ?? "not a git checkout"),
      ("machine", HTML.escaped("\(machine.cpu) · \(machine.operatingSystem) · \(machine.instructionSet)")),
      ("software", HTML.escaped(software(machine))),
    ]
    if let timing = TimingSummary(records: model.records) { facts.append(("wall time", describe(timing))) }
    let rows = facts.map { "<dt>\($0)</dt><dd>\($1)</dd>" }
    return section("Provenance", "<dl>\(rows.joined(separator: "\n"))</dl>")
  }

  private var degraded: String {
    let steps = model.summary.degradedSteps
    return "\(steps.actionClamped) with a clamped action, \(steps.targetClamped) with a clamped target"
  }

  private func software(_ machine: Fingerprint) -> String {
    (["Swift \(machine.swift)"] + machine.libraries.map { "\($0.name) \($0.version)" }).joined(separator: " · ")
  }

  private func describe(_ timing: TimingSummary) -> String {
    let parts = [
      ("physics", timing.physics), ("render", timing.render), ("policy", timing.policy), ("record", timing.record),
    ].map { "\($0) \(HTML.number($1)) ms" }
    return "\(parts.joined(separator: " · ")) a step; \(Int(timing.stepsPerSecond)) steps/s a worker"
  }
}

extension EpisodeOutcome {
  /// For people.
  var label: String {
    switch self {
    case .success: "success"
    case .failure(let reason): "failure: \(reason.name)"
    case .timeLimit: "time limit"
    case .invalid: "invalid"
    }
  }
}
