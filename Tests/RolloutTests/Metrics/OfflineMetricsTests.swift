import RehearsalCore
import Testing

@testable import Rollout

@Suite("Offline metrics") struct OfflineMetricsTests {
  private func close(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-12 } ?? false }

  /// Errors (0.1, 0), (0.3, −0.4) and (0, 0.05); bins of twenty are 0.1 wide.
  private var filled: OfflineMetrics {
    var metrics = OfflineMetrics(actionSpace: .baseTwist)
    metrics.add(predicted: [0.6, 0], demonstrated: [0.5, 0], confidence: 0.9, command: "go_to")
    metrics.add(predicted: [0.3, -0.4], demonstrated: [0, 0], confidence: 0.6, command: "stop")
    metrics.add(predicted: [1, 1], demonstrated: [1, 0.95], command: "go_to")
    return metrics
  }

  @Test("errors are means over pairs and dimensions, as computed by hand")
  func errors() {
    let total = filled.total
    #expect(total.pairs == 3)
    #expect(close(total.meanSquaredError, (0.01 + 0.09 + 0.16 + 0.0025) / 6))
    #expect(close(total.meanAbsoluteError, (0.1 + 0.3 + 0.4 + 0.05) / 6))
    #expect(close(total.meanSquaredError(of: 0), (0.01 + 0.09) / 3))
    #expect(close(total.meanAbsoluteError(of: 1), (0.4 + 0.05) / 3))
  }

  @Test("success is every dimension within 0.1, and by dimension alone")
  func success() {
    let metrics = filled
    #expect(close(metrics.total.success, 2.0 / 3))
    #expect(close(metrics.total.success(of: 0), 2.0 / 3))
    #expect(close(metrics.total.success(of: 1), 2.0 / 3))
    #expect(metrics.commands["go_to"]?.success == 1)
    #expect(metrics.commands["stop"]?.success == 0)
  }

  @Test("cosine similarity leaves out actions of length zero")
  func cosine() {
    // The second demonstration is zero; the third pair is (1, 1) · (1, 0.95) / (√2 √1.9025).
    let third = 1.95 / (2.0 * 1.9025).squareRoot()
    #expect(close(filled.total.cosineSimilarity, (1 + third) / 2))
    #expect(filled.commands["stop"]?.cosineSimilarity == nil)
    var opposed = OfflineMetrics(actionSpace: .baseTwist)
    opposed.add(predicted: [-0.2, 0.4], demonstrated: [0.5, -1], command: "turn")
    #expect(close(opposed.total.cosineSimilarity, -1))
  }

  @Test("coverage is the share of demonstrated bins that predictions reach")
  func coverage() {
    var metrics = OfflineMetrics(actionSpace: .baseTwist)
    // Demonstrated in dimension 0: the bins of −1, 0 and 1; predicted: those of −1 (from beyond it) and 0.55.
    for (predicted, demonstrated) in [([-1.7, 0], [-1.0, 0.0]), ([0.55, 0], [0.02, 0]), ([0.58, 0], [1, 0])] {
      metrics.add(predicted: predicted, demonstrated: demonstrated, command: "go_to")
    }
    #expect(close(metrics.total.coverage(of: 0), 1.0 / 3))
    #expect(close(metrics.total.coverage(of: 1), 1))
    #expect(close(metrics.total.coverage, 2.0 / 3))
  }

  @Test("confidence is the mean of what the policy said")
  func confidence() {
    #expect(close(filled.total.meanConfidence, 0.75))
    #expect(close(filled.commands["go_to"]?.meanConfidence, 0.9))
  }

  @Test("a prediction that is not finite is counted apart and spoils nothing")
  func notFinite() {
    var metrics = filled
    metrics.add(predicted: [.nan, 0], demonstrated: [0, 0], command: "stop")
    #expect(metrics.total.notFinite == 1 && metrics.total.pairs == 3)
    #expect(metrics.total.meanSquaredError == filled.total.meanSquaredError)
  }

  @Test("elements that move nothing do not count")
  func unused() {
    let space = ActionSpace.twist7
    var metrics = OfflineMetrics(actionSpace: space)
    var predicted = Array(repeating: 0.0, count: space.count)
    for (index, channel) in space.channels.enumerated() where channel == .unused { predicted[index] = 1 }
    metrics.add(predicted: predicted, demonstrated: Array(repeating: 0, count: space.count), command: "stop")
    #expect(metrics.total.meanSquaredError == 0 && metrics.total.success == 1)
    #expect(metrics.dimensions == ["forward", "yaw"])
  }

  @Test("without pairs there are no figures, and null in the file")
  func empty() {
    let metrics = OfflineMetrics(actionSpace: .baseTwist)
    #expect(metrics.total.meanSquaredError == nil && metrics.total.coverage == nil)
    #expect(metrics.json["total"]?["mse"] == .null)
    #expect(metrics.text.contains("–"))
  }

  @Test("file and table carry figures overall, by command and by dimension")
  func written() throws {
    let json = filled.json
    #expect(json["commands"]?["go_to"]?["pairs"] == 2)
    #expect(close(json["total"]?["dimensions"]?["yaw"]?["mae"]?.asDouble, 0.15))
    #expect(close(json["commands"]?["stop"]?["mse"]?.asDouble, 0.125))
    let lines = filled.text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines[1] == ["all", "3", "0.0438", "0.1417", "0.9998", "66.7", "%", "66.7", "%", "0.7500"])
    #expect(lines.map { $0[0] } == ["pairs", "all", "go_to", "stop", "forward", "yaw"])
  }
}
