import Foundation
import Testing

@testable import Recording

@Suite("Report of a training") struct TrainingReportTests {
  private func page(_ success: [Double]) throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/rehearsal-\(UUID().uuidString).html"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let panel = SignalPanel(title: "success", series: [.init(name: "success", values: success)], range: 0...1)
    try TrainingReport(name: "tiny", facts: [], panels: [panel], epochs: success.count, table: [["epoch"], ["1"]])
      .write(to: path)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  /// x and y of the corners of the page's only line.
  private func corners(_ page: String) throws -> [[Double]] {
    let points = try #require(page.firstMatch(of: /<polyline class="s0" points="([^"]*)"/)).1
    return points.split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
  }

  @Test("epochs are counted from 1; the line goes straight from one measurement to the next")
  func epochs() throws {
    let page = try page([.nan, 0.5, .nan, 1])
    let labels = page.matches(of: /text-anchor="middle">(\d+)</).map { String($0.1) }
    #expect(labels == ["1", "2", "3", "4"])
    let corners = try corners(page)
    #expect(corners.count == 2)
    #expect(corners[0][0] < corners[1][0] && corners[0][1] > corners[1][1], "further right, further up: \(corners)")
    #expect(corners[1][0] == 552, "the last epoch is at the right end")
  }

  @Test("a single measurement is a dot")
  func single() throws {
    let page = try page([.nan, 0.5])
    #expect(page.contains(/<circle class="s0 end" cx="552" cy="[0-9.]+" r="3"/) && !page.contains("<polyline"))
    #expect(try corners(self.page([.nan, .nan])).isEmpty)
  }
}
