/// Saying what another text encoder says.
extension TextEncoder {
  /// On the weights of the projection: chosen by leaving out a quarter of the table's training phrasings at a time, whose
  /// vectors came equally near to what the teacher makes of them between 0.001 and 0.1.
  private static let penalty = 0.01

  /// Fits the projection so that the sentences as this encoder `hears` them give what `teacher` makes of the same ones
  /// as it `reads` them, both before the norm, which is to be the teacher's.
  ///
  /// Kernel ridge regression over whole sentences, which count as often as `counts` says; phrasings that are not among them
  /// follow as far as this encoder finds them alike, and are then taken for the sentences they come nearest to.
  func imitate(_ teacher: TextEncoder, reading: EncodedSentences, hearing: EncodedSentences, counts: [Int]) {
    Tensor.withoutGradients {
      let map = RidgeRegression(
        inputs: features(hearing).rowValues, outputs: teacher.project(teacher.features(reading)).rowValues,
        counts: counts, penalty: Self.penalty)
      project.weight.replace(with: map.weights)
      project.bias?.replace(with: map.offset)
      recall(teacher(reading))
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
