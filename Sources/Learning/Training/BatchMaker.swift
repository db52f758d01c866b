internal import RehearsalCore

/// One step of one demonstration.
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
  /// Row of each sample's instruction in the table of instructions.
  var instructions: [Int]
  /// B × chunk × actions
  var actions: Tensor
  /// 1 where the demonstration reaches that far: B × chunk × 1
  var reach: Tensor
  var grounding: GroundingTarget?
}

/// Labels of the auxiliary losses.
struct GroundingTarget {
  /// By camera: a distribution over the cells around the place of each slot and of the hand, B × (slots + 1) × cells; zero
  /// where it is not in view.
  var cells: [Tensor]
  /// By camera: 1 where the slot's body is in view: B × slots.
  var visible: [Tensor]
  /// B × slots·3, in units of `unit` metres.
  var offsets: Tensor
  /// 1 where the slot is filled, and in view of some camera: B × slots·3.
  var known: Tensor
  /// 1 where the slot is filled: B × slots.
  var filled: Tensor
  static let unit: Float = 0.25
}

/// Gathers samples into tensors; changes half of the pictures. A pure function of its arguments.
struct BatchMaker {
  let demonstrations: [Demonstration]
  let interface: PolicyInterface
  let normalization: Normalization?
  let instructions: [String: Int]
  let chunk: Int
  /// Share of the pictures that are changed.
  let augmentedShare: Double

  func batch(_ samples: [SampleAddress], augments: Bool, random: inout SeedStream) -> Batch {
    let changes = samples.map { _ in
      augments && random.unit() < augmentedShare ? PictureChange(using: &random) : PictureChange()
    }
    return Batch(
      pictures: interface.cameras.indices.map { pictures($0, samples, changes) },
      ownMotion: normalization.map { ownMotion(samples, $0) },
      instructions: samples.map { instructions[demonstrations[$0.demonstration].instruction]! },
      actions: actions(samples), reach: reach(samples), grounding: grounding(samples, changes))
  }

  private func pictures(_ camera: Int, _ samples: [SampleAddress], _ changes: [PictureChange]) -> Tensor {
    let size = interface.cameras[camera].size
    let count = size.width * size.height * 3
    var bytes = [UInt8](repeating: 0, count: samples.count * count)
    bytes.withUnsafeMutableBytes { target in
      for (row, sample) in samples.enumerated() {
        let destination = UnsafeMutableRawBufferPointer(rebasing: target[(row * count)..<((row + 1) * count)])
        demonstrations[sample.demonstration].pictures[camera].withUnsafeBytes { all in
          let source = UnsafeRawBufferPointer(rebasing: all[(sample.step * count)..<((sample.step + 1) * count)])
          changes[row].copy(source, to: destination, size)
        }
      }
    }
    let raw = Tensor(bytes: bytes, shape: [samples.count, size.height * size.width, 3]).float()
    return PictureChange.recolored(raw, changes).reshaped(samples.count, size.height, size.width, 3).permuted(
      0, 3, 1, 2)
  }

  private func ownMotion(_ samples: [SampleAddress], _ normalization: Normalization) -> Tensor {
    let count = normalization.mean.count
    let rows = samples.flatMap { sample in
      demonstrations[sample.demonstration].ownMotion[(sample.step * count)..<((sample.step + 1) * count)]
    }
    return Tensor(normalization.applied(to: rows), shape: [samples.count, count])
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
      (0..<chunk).map { sample.step + $0 < demonstrations[sample.demonstration].steps ? 1 : 0 }
    }
    return Tensor(values, shape: [samples.count, chunk, 1])
  }
}

/// Labels.
extension BatchMaker {
  private func grounding(_ samples: [SampleAddress], _ changes: [PictureChange]) -> GroundingTarget? {
    guard let slots = demonstrations.first?.grounding?.slots else { return nil }
    var (offsets, known, filled) = ([Float](), [Float](), [Float]())
    var cells = [[Float]](repeating: [], count: interface.cameras.count)
    var visible = cells
    for (sample, change) in zip(samples, changes) {
      let grounding = demonstrations[sample.demonstration].grounding
      func place(of thing: Int, in camera: Int) -> SIMD2<Float>? {
        guard let grounding, thing < grounding.filled || thing == slots else { return nil }
        let first = (sample.step * (slots + 1) + thing) * 2
        let pixel = SIMD2(grounding.pixels[camera][first], grounding.pixels[camera][first + 1])
        let moved = pixel + change.shift(in: interface.cameras[camera].size)
        return abs(moved.x) < 1 && abs(moved.y) < 1 ? moved : nil
      }
      for slot in 0..<slots {
        let isFilled = slot < grounding?.filled ?? 0
        var isSeen = false
        for camera in interface.cameras.indices {
          let place = place(of: slot, in: camera)
          isSeen = isSeen || place != nil
          visible[camera].append(place == nil ? 0 : 1)
          cells[camera] += Self.spread(place, over: interface.cameras[camera].size)
        }
        let first = (sample.step * slots + slot) * 3
        for axis in 0..<3 {
          offsets.append(isFilled ? (grounding?.offsets[first + axis] ?? 0) / GroundingTarget.unit : 0)
          known.append(isSeen ? 1 : 0)
        }
        filled.append(isFilled ? 1 : 0)
      }
      for camera in interface.cameras.indices {
        cells[camera] += Self.spread(place(of: slots, in: camera), over: interface.cameras[camera].size)
      }
    }
    let batch = samples.count
    return GroundingTarget(
      cells: cells.map { Tensor($0, shape: [batch, slots + 1, $0.count / (batch * (slots + 1))]) },
      visible: visible.map { Tensor($0, shape: [batch, slots]) }, offsets: Tensor(offsets, shape: [batch, slots * 3]),
      known: Tensor(known, shape: [batch, slots * 3]), filled: Tensor(filled, shape: [batch, slots]))
  }

  /// Bilinear weights of the four cells around a place.
  private static func spread(_ place: SIMD2<Float>?, over size: PictureSize) -> [Float] {
    let (columns, rows) = (size.width / 4, size.height / 4)
    var cells = [Float](repeating: 0, count: columns * rows)
    guard let place else { return cells }
    let x = min(max((place.x + 1) / 2 * Float(columns) - 0.5, 0), Float(columns - 1))
    let y = min(max((place.y + 1) / 2 * Float(rows) - 0.5, 0), Float(rows - 1))
    let (column, row) = (min(Int(x), columns - 2), min(Int(y), rows - 2))
    let (u, v) = (x - Float(column), y - Float(row))
    cells[row * columns + column] = (1 - u) * (1 - v)
    cells[row * columns + column + 1] = u * (1 - v)
    cells[(row + 1) * columns + column] = (1 - u) * v
    cells[(row + 1) * columns + column + 1] = u * v
    return cells
  }
}
