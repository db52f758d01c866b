internal import Foundation
internal import RehearsalCore

/// How a training went, as a page: curves over epochs.
public struct TrainingReport: Sendable {
  public var name: String
  /// Under the title.
  public var facts: [String]
  public var panels: [SignalPanel]
  public var epochs: Int
  /// Rows of a table, its head first.
  public var table: [[String]]

  public init(name: String, facts: [String], panels: [SignalPanel], epochs: Int, table: [[String]]) {
    self.name = name
    self.facts = facts
    self.panels = panels
    self.epochs = epochs
    self.table = table
  }

  /// Writes the page; after a crash the file is either as before or complete.
  public func write(to path: String) throws { try DiskFile.write(Array(html.utf8), to: path) }

  private var html: String {
    let plots = panels.map { SignalPlot(panel: $0, steps: 1..<(epochs + 1), boundaries: []).html }.joined()
    let rows = table.enumerated().map { index, cells in
      let tag = index == 0 ? "th" : "td"
      return "<tr>" + cells.map { "<\(tag)>\(HTML.escaped($0))</\(tag)>" }.joined() + "</tr>"
    }
    return HTML.page(
      title: "\(name) · training",
      """
      <header><h1>\(HTML.escaped(name))</h1><p>\(facts.map(HTML.escaped).joined(separator: " · "))</p></header>
      \(HTML.section("Curves", plots, note: "over epochs"))
      \(HTML.section("Epochs", "<table>\(rows.joined())</table>", note: ""))
      """)
  }
}
