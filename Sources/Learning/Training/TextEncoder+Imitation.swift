/// Saying what another text encoder says.
extension TextEncoder {
  /// On the weights of the projection. With a quarter of the table's training phrasings left out, 0.0006 misunderstood 8 % of
  /// them, 0.006 9 %.
  private static let penalty = 0.001

  /// Fits the projection so that the sentences as this encoder `hears` them give what `teacher` makes on average, as it
  /// `reads` them, of all that mean the same, before the norm, which is to be the teacher's.
  ///
  /// Kernel ridge regression over whole sentences, which count as often as `counts` says; phrasings that are not among them
  /// follow as far as this encoder finds them alike, and are then taken for the meaning they come nearest to. What the
  /// teacher tells apart within a meaning, which this encoder need not, would only make that harder: of the phrasings
  /// left out 0.90 instead of 0.85 came nearest to the right one.
  func imitate(
    _ teacher: TextEncoder, reading: EncodedSentences, hearing: EncodedSentences, counts: [Int], meanings: [String]
  ) {
    Tensor.withoutGradients {
      let said = teacher.project(teacher.features(reading)).rowValues
      let meant = Self.means(of: said, counts, by: meanings)
      let map = RidgeRegression(
        inputs: features(hearing).rowValues, outputs: meant, counts: counts, penalty: Self.penalty)
      project.weight.replace(with: map.weights)
      project.bias?.replace(with: map.offset)
      recall(teacher.norm(Tensor(meant.flatMap { $0 }, shape: [meant.count, meant[0].count])))
    }
  }

  /// Each row becomes the mean of those that share its meaning, which count as often as `counts` says.
  private static func means(of rows: [[Float]], _ counts: [Int], by meanings: [String]) -> [[Float]] {
    var sums: [String: (total: [Float], count: Float)] = [:]
    for (row, (count, meaning)) in zip(rows, zip(counts, meanings)) {
      let before = sums[meaning] ?? (Array(repeating: 0, count: row.count), 0)
      sums[meaning] = (zip(before.total, row).map { $0 + $1 * Float(count) }, before.count + Float(count))
    }
    return meanings.map { meaning in
      let (total, count) = sums[meaning]!
      return total.map { $0 / count }
    }
  }
}

extension Tensor {
  /// The rows of a matrix.
  fileprivate var rowValues: [[Float]] {
    let (values, width) = (values, shape[1])
    return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<($0 + width)]) }
  }
}
