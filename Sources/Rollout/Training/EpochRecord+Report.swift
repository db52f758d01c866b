import Foundation
import Learning
import Recording
import RehearsalCore

extension TrainingReport {
  init(_ plan: TrainingPlan, steps: Int, history: [EpochRecord]) {
    func series(_ name: String, _ value: (EpochRecord) -> Double?) -> SignalPanel.Series {
      .init(name: name, values: history.map { value($0) ?? .nan })
    }
    func panel(_ title: String, _ part: @escaping (Losses) -> Double, _ range: ClosedRange<Double>? = nil)
      -> SignalPanel
    {
      SignalPanel(
        title: title,
        series: [
          series("training") { part($0.training) }, series("held back") { $0.validation.map(part) },
        ], range: range)
    }
    self.init(
      name: plan.name, facts: ["\(history.count) of \(plan.epochs) epochs", "\(steps) training steps in the data"],
      panels: [
        SignalPanel(
          title: "success in the loop, held-out seeds", series: [series("success", \.success)], range: 0...1),
        panel("action loss") { $0.action }, panel("grounding loss") { $0.grounding },
        panel("first action within 0.1 of the expert's", { $0.within }, 0...1),
      ], epochs: history.count, table: Self.table(history))
  }

  private static func table(_ history: [EpochRecord]) -> [[String]] {
    func number(_ value: Double?, _ format: String) -> String { value.map { String(format: format, $0) } ?? "–" }
    return [["epoch", "step", "action loss", "held back", "within 0.1", "held back", "success"]]
      + history.map { record in
        [
          "\(record.epoch)", "\(record.step)", number(record.training.action, "%.4f"),
          number(record.validation?.action, "%.4f"), number(record.training.within * 100, "%.1f %%"),
          number(record.validation.map { $0.within * 100 }, "%.1f %%"),
          number(record.success.map { $0 * 100 }, "%.1f %%"),
        ]
      }
  }
}
