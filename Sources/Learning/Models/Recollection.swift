/// Replaces a vector by the mean of known ones that are like it, the more alike the more: what is heard for the first time
/// is taken for what it must be meant to say.
///
/// One step of a modern Hopfield network (Ramsauer et al., 2020). Begins as the identity.
struct Recollection {
  /// By how many times known vectors vary more than those that are taken for one. With a quarter of the table's training
  /// phrasings left out, from 10 to 40 ever fewer are misunderstood, beyond 40 hardly any more.
  private static let sharpness = 40.0

  /// count × width
  private let known: Tensor
  /// 1 trusts what is known alone, 0 leaves vectors as they are.
  private let trust: Tensor

  init(_ scope: ParameterScope, count: Int, width: Int) {
    known = scope.parameter("known", [count, width], .normal(0.05))
    trust = scope.parameter("trust", [1], .zeros)
  }

  /// Trusts `vectors`, count × width, from here on.
  func learn(_ vectors: Tensor) {
    known.replace(with: vectors.values)
    trust.replace(with: [1])
  }

  /// B × width
  func callAsFunction(_ vectors: Tensor) -> Tensor {
    let centred = known - known.mean(0, keepsDimensions: true)
    let variance = (centred * centred).sum() * (1 / Double(known.shape[0]))
    // Less |v|², which is the same for all of them.
    let nearness = vectors.linear(known, nil) * 2 - (known * known).sum(1)
    let recalled = (nearness / variance * Self.sharpness).softmax(-1).matmul(known)
    return vectors + (recalled - vectors) * trust
  }
}
