internal import RehearsalCore

/// How far chains of commands got (Mees et al., CALVIN, RA-L 2022).
public struct ChainScore: Hashable, Sendable {
  /// Share of the valid chains that did at least the first 1, 2, … commands in a row; 0 where there were none.
  public let successInARow: [Double]
  /// Mean number of commands done in a row.
  public let averageLength: Double

  /// Invalid chains do not count; commands that were satisfied before they began neither add nor break.
  init(_ records: [EpisodeRecord], length: Int) {
    let lengths = records.filter { !$0.outcome.isInvalid }.map { record in
      record.commands.filter { $0.outcome != "alreadySatisfied" }.prefix { $0.outcome == "success" }.count
    }
    let count = Double(max(lengths.count, 1))
    successInARow = (1...max(length, 1)).map { goal in Double(lengths.count { $0 >= goal }) / count }
    averageLength = Double(lengths.reduce(0, +)) / count
  }

  var json: JSON {
    ["successInARow": .array(successInARow.map(JSON.number)), "averageLength": .number(averageLength)]
  }
}
