internal import RehearsalCore

extension Report {
  /// One row a measure, one column a policy.
  var health: String {
    guard policies.contains(where: { $0.health.decisions > 0 || $0.safety.faults.total > 0 }) else { return "" }
    let heads = policies.map {
      #"<th scope="col" class="count">\#(HTML.escaped(ExperimentPlan.label(ofPolicy: $0.policy)))</th>"#
    }.joined()
    let rows = measures.map { name, value in
      let cells = policies.map { #"<td class="count">\#(value($0))</td>"# }
      return #"<tr><th scope="row">\#(name)</th>\#(cells.joined())</tr>"#
    }
    let table = """
      <div class="scroll fit"><table><thead><tr><th scope="col">measure</th>\(heads)</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      """
    return section("Health", verdict + table, note: note)
  }

  private var note: String {
    "A decision is one call of the policy; its deadline is one control period. An anomaly is an action element more than "
      + "three standard deviations from its mean so far in the episode. Confidence is the policy's own, that its next action is within "
      + "0.1 of the expert's."
  }

  /// What is the matter with the run's own policy.
  private var verdict: String {
    let findings = model.summary.health.findings
    let policy = HTML.escaped(ExperimentPlan.label(ofPolicy: model.summary.policy))
    guard !findings.isEmpty else {
      return #"<p class="health"><span class="badge success">\#(policy): nothing to report</span></p>"#
    }
    let badges = findings.map { #"<span class="badge timeLimit">\#(HTML.escaped($0))</span>"# }
    return #"<p class="health">\#(badges.joined(separator: " "))</p>"#
  }

  private var measures: [(name: String, value: (RunSummary) -> String)] {
    [
      ("decisions", { String($0.health.decisions) }),
      ("time a decision, mean", { Self.milliseconds($0.health.inference?.mean) }),
      ("median", { Self.milliseconds($0.health.inference?.p50) }),
      ("99th percentile", { Self.milliseconds($0.health.inference?.p99) }),
      ("longest", { Self.milliseconds($0.health.inference?.max) }),
      (
        "deadlines of \(Self.milliseconds(model.summary.health.deadline)) missed",
        { Self.share($0.health.deadlineMisses, of: $0.health.decisions) }
      ),
      ("confidence, mean, where it succeeded", { HTML.percent($0.health.confidence?.inSuccesses) }),
      ("confidence, mean, where it failed", { HTML.percent($0.health.confidence?.inFailures) }),
      ("alerts: time has doubled", { String($0.health.slowdowns) }),
      ("faulty decisions", { String($0.safety.faults.total) }),
      ("steps on the fallback", { Self.share($0.safety.fallbacks, of: $0.steps) }),
      (
        "emergency stops",
        { summary in
          String(summary.failureReasons.first { $0.name == "emergencyStop" }?.count ?? 0)
        }
      ),
      ("steps held by a limit", { Self.share($0.safety.clamps.total, of: $0.steps) }),
      ("steps with an anomalous action", { Self.share($0.safety.anomalies.steps, of: $0.steps) }),
    ]
  }

  private static func milliseconds(_ seconds: Double?) -> String {
    seconds.map { "\(HTML.number($0 * 1000)) ms" } ?? "–"
  }

  private static func share(_ count: Int, of total: Int) -> String {
    guard count > 0, total > 0 else { return String(count) }
    return "\(count) (\(HTML.percent(Double(count) / Double(total))))"
  }
}
