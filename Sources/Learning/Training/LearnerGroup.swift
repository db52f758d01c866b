internal import Foundation

/// Learns from the shares of a batch side by side, each on a core of its own.
///
/// A batch is shared out the same way however many threads there are, and the gradients are added in the order of the
/// shares, so the number of threads changes the speed and no bit of the result. It is also faster than one batch whose
/// operations are spread over the cores: small shares stay in the cores' caches, and no core waits for another after each
/// operation.
final class LearnerGroup {
  /// Samples of a share.
  private static let shareSize = 32

  let threads: Int
  /// One for each share, all of the same weights, each with gradients of its own; the first is the one that is trained.
  private let learners: [Learner]

  private struct Learner {
    let network: SmallPolicy
    let store: ParameterStore
  }

  init(_ network: SmallPolicy, _ store: ParameterStore, batchSize: Int, threads: Int) {
    self.threads = threads
    let others = stride(from: Self.shareSize, to: batchSize, by: Self.shareSize).map { _ in
      let shared = ParameterStore(sharing: store)
      return Learner(network: SmallPolicy(ParameterScope(shared), network.configuration), store: shared)
    }
    learners = [Learner(network: network, store: store)] + others
  }

  /// The samples of a batch, at most as many as the group was made for, as they are shared out.
  func shares<Sample>(of samples: ArraySlice<Sample>) -> [[Sample]] {
    stride(from: samples.startIndex, to: samples.endIndex, by: Self.shareSize).map {
      Array(samples[$0..<min($0 + Self.shareSize, samples.endIndex)])
    }
  }

  /// Leaves in the first network the gradient of the mean loss over all samples of the `shares`; returns the mean.
  ///
  /// `measure` is called on several threads.
  func learn(
    _ shares: [Batch], _ measure: (SmallPolicy, Batch) -> (loss: Tensor, losses: Losses)
  ) -> Losses {
    let count = Double(shares.reduce(0) { $0 + $1.instructions.count })
    let weights = shares.map { Double($0.instructions.count) / count }
    var losses = [Losses](repeating: Losses(), count: shares.count)
    losses.withUnsafeMutableBufferPointer { losses in
      // A share belongs to one thread, and so does all that it writes.
      nonisolated(unsafe) let (losses, shares, measure, learners) = (losses, shares, measure, learners)
      let threads = min(threads, shares.count)
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        Compute.use(threads: 1)
        for share in stride(from: thread, to: shares.count, by: threads) {
          let (loss, parts) = measure(learners[share].network, shares[share])
          (loss * weights[share]).backward()
          losses[share] = parts
        }
      }
    }
    collectGradients(from: learners[1..<shares.count])
    return zip(losses, weights).reduce(into: Losses()) { $0.add($1.0, weight: $1.1) }
  }

  private func collectGradients(from others: ArraySlice<Learner>) {
    for other in others {
      learners[0].store.parameters.addGradients(of: other.store.parameters)
      other.store.parameters.clearGradients()
    }
  }
}
