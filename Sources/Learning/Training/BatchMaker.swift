internal import RehearsalCore

/// One step, that has a picture, of one demonstration.
struct SampleAddress: Hashable {
  var demonstration: Int
  var step: Int
}

/// What the network is shown and what it should answer.
struct Batch {
  /// By camera, B × 3 × H × W, centred on 0.
  var pictures: [Tensor]
  /// B × own motion; nil where the policy does without.
  var ownMotion: Tensor?
  /// The hand's axes in the robot's frame in rows, B × 3 × 3; nil for a robot without one.
  var hand: Tensor?
  /// Row of each sample's instruction in the table of instructions.
  var instructions: [Int]
  /// B × chunk × actions
  var actions: Tensor
  /// 1 where the demonstration reaches that far and its actions hold: B × chunk × 1
  var reach: Tensor
  var grounding: GroundingTarget?
  /// By camera; empty where nothing is to be told apart.
  var things: [ThingTarget]
}

/// Gathers samples into tensors; changes some of the pictures. A pure function of its arguments.
struct BatchMaker {
  let demonstrations: [Demonstration]
  let interface: PolicyInterface
  let normalization: Normalization?
  let instructions: [String: Int]
  let chunk: Int
  let kinds: ThingKinds
  /// Share of a batch's samples whose pictures are changed.
  let augmentedShare: Double

  func batch(_ samples: [SampleAddress], augments: Bool, random: inout SeedStream) -> Batch {
    let changes = samples.indices.map {
      augments && isChanged($0) ? PictureChange(using: &random) : PictureChange()
    }
    return Batch(
      pictures: interface.cameras.indices.map { pictures($0, samples, changes) },
      ownMotion: normalization.map { ownMotion(samples, $0) }, hand: hand(samples),
      instructions: samples.map { instructions[demonstrations[$0.demonstration].instruction]! },
      actions: actions(samples), reach: reach(samples), grounding: grounding(samples, changes),
      things: things(samples, changes, using: &random))
  }

  /// Spread evenly, so that of every batch the share is exact.
  private func isChanged(_ sample: Int) -> Bool {
    (Double(sample + 1) * augmentedShare).rounded(.down) > (Double(sample) * augmentedShare).rounded(.down)
  }

  private func pictures(_ camera: Int, _ samples: [SampleAddress], _ changes: [PictureChange]) -> Tensor {
    let size = interface.cameras[camera].size
    let count = size.width * size.height * 3
    let colors = [Float](unsafeUninitializedCapacity: samples.count * count) { target, written in
      for (row, sample) in samples.enumerated() {
        let destination = UnsafeMutableBufferPointer(rebasing: target[(row * count)..<((row + 1) * count)])
        demonstrations[sample.demonstration].pictures[camera].withUnsafeBytes { all in
          let look = sample.step / demonstrations[sample.demonstration].stride
          let source = UnsafeRawBufferPointer(rebasing: all[(look * count)..<((look + 1) * count)])
          changes[row].write(source, to: destination, size)
        }
      }
      written = samples.count * count
    }
    return Tensor(colors, shape: [samples.count, size.height, size.width, 3]).permuted(0, 3, 1, 2)
  }

  private func ownMotion(_ samples: [SampleAddress], _ normalization: Normalization) -> Tensor {
    let count = normalization.mean.count
    let rows = samples.flatMap { sample in
      demonstrations[sample.demonstration].ownMotion[(sample.step * count)..<((sample.step + 1) * count)]
    }
    return Tensor(normalization.applied(to: rows), shape: [samples.count, count])
  }

  private func hand(_ samples: [SampleAddress]) -> Tensor? {
    let own = OwnMotion(layout: interface.proprioception, controlHz: interface.controlHz)
    var axes: [Float] = []
    for sample in samples {
      let row = demonstrations[sample.demonstration].ownMotion[
        (sample.step * own.count)..<((sample.step + 1) * own.count)]
      guard let hand = own.handAxes(in: row) else { return nil }
      axes += hand
    }
    return Tensor(axes, shape: [samples.count, 3, 3])
  }

  /// The next `chunk` actions; beyond the end the last one again, which `reach` takes out of the loss.
  private func actions(_ samples: [SampleAddress]) -> Tensor {
    let width = interface.actionCount
    var values: [Float] = []
    values.reserveCapacity(samples.count * chunk * width)
    for sample in samples {
      let demonstration = demonstrations[sample.demonstration]
      for ahead in 0..<chunk {
        let step = min(sample.step + ahead, demonstration.steps - 1)
        values += demonstration.actions[(step * width)..<((step + 1) * width)]
      }
    }
    return Tensor(values, shape: [samples.count, chunk, width])
  }

  private func reach(_ samples: [SampleAddress]) -> Tensor {
    let values: [Float] = samples.flatMap { sample in
      let demonstration = demonstrations[sample.demonstration]
      let left = demonstration.steps - sample.step
      let reached = demonstration.lookahead.isEmpty ? left : min(left, demonstration.lookahead[sample.step])
      return (0..<chunk).map { Float($0 < reached ? 1 : 0) }
    }
    return Tensor(values, shape: [samples.count, chunk, 1])
  }
}
