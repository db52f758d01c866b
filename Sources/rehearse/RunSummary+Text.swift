import Foundation
import Recording

extension RunSummary {
  /// What a run came to, for a terminal.
  func text(directory: String) -> String {
    var lines = [row("", "success", "95 % interval", "valid", "invalid"), row("all", total)]
    lines += tasks.map { row($0.command, $0.tally) }
    if let chain {
      lines.append("average length of chains: \(String(format: "%.2f", chain.averageLength))")
    }
    lines += failureReasons.map { "  \($0.count) × \($0.name)" }
    lines += invalidReasons.map { "  \($0.count) × invalid: \($0.name)" }
    lines += health.findings.map { "  health: \($0)" }
    lines.append("policy \(policy), state hash \(stateHash.hexadecimal), protocol \(protocolID)")
    lines.append(directory)
    return lines.joined(separator: "\n")
  }

  private func row(_ name: String, _ tally: Tally) -> String {
    let rate = tally.successRate.map { String(format: "%.1f %%", $0 * 100) } ?? "–"
    let interval = tally.interval.map { String(format: "%.1f–%.1f", $0.low * 100, $0.high * 100) } ?? "–"
    return row(name, rate, interval, String(tally.valid), String(tally.invalid))
  }

  private func row(_ cells: String...) -> String {
    zip(cells, [18, 10, 15, 8, 8]).map { text, width in
      text + String(repeating: " ", count: max(width - text.count, 1))
    }.joined()
  }
}
