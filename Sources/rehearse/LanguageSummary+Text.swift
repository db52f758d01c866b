import Foundation
import Recording

extension LanguageSummary {
  /// What a study came to, for a terminal.
  func text(directory: String) -> String {
    let head = row(
      "", "as given", "held out", "no words", "null", "swapped: followed", "original", "neither", "no swap")
    let rows = [row("all", total)] + commands.map { row($0.command, $0) }
    let invalid = self.invalid > 0 ? ["\(self.invalid) episodes were invalid"] : []
    return ([head] + rows + invalid + ["policy \(policy)", directory]).joined(separator: "\n")
  }

  private func row(_ name: String, _ row: Row) -> String {
    self.row(
      name, rate(row.given.successRate, row.given.interval), rate(row.heldOut.successRate, row.heldOut.interval),
      rate(row.blank.successRate, row.blank.interval),
      row.floor?.tally.successRate.map { String(format: "%.1f %%", $0 * 100) } ?? "–",
      rate(row.swap.followedRate, row.swap.interval),
      String(row.swap.original), String(row.swap.neither), String(row.swap.notSwappable))
  }

  /// Such as `97.5 % (94.3–98.9)`.
  private func rate(_ rate: Double?, _ interval: WilsonInterval?) -> String {
    guard let rate, let interval else { return "–" }
    return String(format: "%.1f %% (%.1f–%.1f)", rate * 100, interval.low * 100, interval.high * 100)
  }

  private func row(_ cells: String...) -> String {
    zip(cells, [18, 21, 21, 21, 8, 21, 9, 8, 7]).map { text, width in
      text + String(repeating: " ", count: max(width - text.count, 1))
    }.joined()
  }
}
