import Foundation
import Learning

/// Says now and then how far an epoch is, and when the training will be over.
struct EpochPace {
  let epoch: Int
  let epochs: Int
  let batchSize: Int
  private let begin = ContinuousClock.now
  private var spoken = ContinuousClock.now
  private var recent = (loss: 0.0, count: 0.0)

  init(epoch: Int, of epochs: Int, batchSize: Int) {
    self.epoch = epoch
    self.epochs = epochs
    self.batchSize = batchSize
  }

  /// A line every ten seconds and at the epoch's end; nil otherwise.
  mutating func line(_ batch: Int, of batches: Int, _ losses: Losses) -> String? {
    recent = (recent.loss + losses.action, recent.count + 1)
    guard spoken.secondsSince > 10 || batch == batches else { return nil }
    let pace = begin.secondsSince / Double(batch)
    let left = pace * Double(batches - batch + (epochs - epoch) * batches)
    defer { (spoken, recent) = (.now, (0, 0)) }
    return String(
      format: "epoch %d/%d, batch %d/%d: action loss %.4f, %.0f samples/s, %d min %02d s left", epoch, epochs, batch,
      batches, recent.loss / recent.count, Double(batchSize) / pace, Int(left) / 60, Int(left) % 60)
  }
}
