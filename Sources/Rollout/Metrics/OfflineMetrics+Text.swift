import Foundation
public import RehearsalCore

extension OfflineMetrics {
  public var json: JSON {
    [
      "tolerance": .number(ActionErrors.tolerance), "bins": .integer(ActionErrors.bins),
      "total": json(total),
      "commands": .object(commands.keys.sorted().map { JSON.Member($0, json(commands[$0]!)) }),
    ]
  }

  private func json(_ errors: ActionErrors) -> JSON {
    func value(_ figure: Double?) -> JSON { figure.map(JSON.number) ?? .null }
    let parts = dimensions.enumerated().map { index, name in
      JSON.Member(
        name,
        [
          "mse": value(errors.meanSquaredError(of: index)), "mae": value(errors.meanAbsoluteError(of: index)),
          "success": value(errors.success(of: index)), "coverage": value(errors.coverage(of: index)),
        ])
    }
    return [
      "pairs": .integer(errors.pairs), "notFinite": .integer(errors.notFinite),
      "mse": value(errors.meanSquaredError), "mae": value(errors.meanAbsoluteError),
      "cosineSimilarity": value(errors.cosineSimilarity), "success": value(errors.success),
      "coverage": value(errors.coverage), "meanConfidence": value(errors.meanConfidence),
      "dimensions": .object(parts),
    ]
  }

  /// A table for a terminal: everything, then by command, then by dimension.
  public var text: String {
    let head = row(["", "pairs", "MSE", "MAE", "cosine", "within 0.1", "coverage", "confidence"])
    let byCommand = commands.keys.sorted().map { row($0, commands[$0]!) }
    let byDimension = dimensions.indices.map { index in
      row([
        dimensions[index], "", number(total.meanSquaredError(of: index)), number(total.meanAbsoluteError(of: index)),
        "", percent(total.success(of: index)), percent(total.coverage(of: index)), "",
      ])
    }
    let bad = total.notFinite > 0 ? ["\(total.notFinite) predictions were not finite and count in none"] : []
    return ([head, row("all", total)] + byCommand + [""] + byDimension + bad).joined(separator: "\n")
  }

  private func row(_ name: String, _ errors: ActionErrors) -> String {
    row([
      name, String(errors.pairs), number(errors.meanSquaredError), number(errors.meanAbsoluteError),
      number(errors.cosineSimilarity), percent(errors.success), percent(errors.coverage),
      number(errors.meanConfidence),
    ])
  }

  private func row(_ cells: [String]) -> String {
    let padded = cells.dropFirst().map { String(repeating: " ", count: max(11 - $0.count, 1)) + $0 }
    return cells[0] + String(repeating: " ", count: max(18 - cells[0].count, 1)) + padded.joined()
  }

  private func number(_ figure: Double?) -> String { figure.map { String(format: "%.4f", $0) } ?? "–" }
  private func percent(_ figure: Double?) -> String { figure.map { String(format: "%.1f %%", $0 * 100) } ?? "–" }
}
