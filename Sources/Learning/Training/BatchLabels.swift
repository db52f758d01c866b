internal import RehearsalCore

/// Labels of what the instruction names.
struct GroundingTarget {
  /// By camera: a distribution over the cells around the place of each slot and of the hand, B × (slots + 1) × cells; zero
  /// where it is not in view.
  var cells: [Tensor]
  /// By camera: the places themselves, −1…1 from left to right and top to bottom: B × (slots + 1) × 2; zero likewise.
  var places: [Tensor]
  /// By camera: 1 where there is such a place: B × (slots + 1) × 1.
  var placed: [Tensor]
  /// By camera: 1 where the slot's body is in view: B × slots.
  var visible: [Tensor]
  /// B × slots·3, in units of `unit` metres.
  var offsets: Tensor
  /// 1 where the slot is filled, and in view of some camera: B × slots·3.
  var known: Tensor
  static let unit: Float = 0.25
}

/// Labels of what there is in a camera's picture, whatever the instruction names.
struct ThingTarget {
  var places: PicturePlaces
  /// 1 at the place's shape and at its colour: B × places × kinds. A place where there is nothing has no colour, a
  /// place left over has neither.
  var kinds: Tensor
  /// Labelled places.
  var count: Int

  /// Places in each picture where there is nothing.
  static let empty = 4
  /// How far from all things those are, in units where the picture spans −1…1.
  static let margin: Float = 0.25
}

/// Labels.
extension BatchMaker {
  func grounding(_ samples: [SampleAddress], _ changes: [PictureChange]) -> GroundingTarget? {
    guard let slots = demonstrations.first?.grounding?.slots else { return nil }
    var (offsets, known) = ([Float](), [Float]())
    var cells = [[Float]](repeating: [], count: interface.cameras.count)
    var (visible, places, placed) = (cells, cells, cells)
    for (sample, change) in zip(samples, changes) {
      let grounding = demonstrations[sample.demonstration].grounding
      func place(of thing: Int, in camera: Int) -> SIMD2<Float>? {
        guard let grounding, thing < grounding.filled || thing == slots else { return nil }
        let row = sample.step * (slots + 1) + thing
        return Self.seen(grounding.pixels[camera], row, change, in: interface.cameras[camera].size)
      }
      func label(_ place: SIMD2<Float>?, in camera: Int) {
        cells[camera] += Self.map(of: place, over: interface.cameras[camera].size)
        places[camera] += [place?.x ?? 0, place?.y ?? 0]
        placed[camera].append(place == nil ? 0 : 1)
      }
      for slot in 0..<slots {
        let isFilled = slot < grounding?.filled ?? 0
        var isSeen = false
        for camera in interface.cameras.indices {
          let place = place(of: slot, in: camera)
          isSeen = isSeen || place != nil
          visible[camera].append(place == nil ? 0 : 1)
          label(place, in: camera)
        }
        let first = (sample.step * slots + slot) * 3
        for axis in 0..<3 {
          offsets.append(isFilled ? (grounding?.offsets[first + axis] ?? 0) / GroundingTarget.unit : 0)
          known.append(isSeen ? 1 : 0)
        }
      }
      for camera in interface.cameras.indices { label(place(of: slots, in: camera), in: camera) }
    }
    let batch = samples.count
    return GroundingTarget(
      cells: cells.map { Tensor($0, shape: [batch, slots + 1, $0.count / (batch * (slots + 1))]) },
      places: places.map { Tensor($0, shape: [batch, slots + 1, 2]) },
      placed: placed.map { Tensor($0, shape: [batch, slots + 1, 1]) },
      visible: visible.map { Tensor($0, shape: [batch, slots]) }, offsets: Tensor(offsets, shape: [batch, slots * 3]),
      known: Tensor(known, shape: [batch, slots * 3]))
  }

  /// Where the picture shows row `row` of `pixels` now; nil if it does not.
  private static func seen(
    _ pixels: [Float], _ row: Int, _ change: PictureChange, in size: PictureSize
  ) -> SIMD2<Float>? {
    let place = SIMD2(pixels[row * 2], pixels[row * 2 + 1]) + change.shift(in: size)
    return abs(place.x) < 1 && abs(place.y) < 1 ? place : nil
  }

  /// The four cells around a place; nothing for no place. Squared, as `VisionTower` reads maps, they have bilinear weights:
  /// their mean is the place.
  private static func map(of place: SIMD2<Float>?, over size: PictureSize) -> [Float] {
    var cells = [Float](repeating: 0, count: size.width / 4 * (size.height / 4))
    guard let place else { return cells }
    let corners = around(place, in: size).map { ($0.cell, $0.weight.squareRoot()) }
    let sum = corners.reduce(0) { $0 + $1.1 }
    for (cell, weight) in corners { cells[cell] = weight / sum }
    return cells
  }

  private static func around(_ place: SIMD2<Float>, in size: PictureSize) -> [(cell: Int, weight: Float)] {
    let (columns, rows) = (size.width / 4, size.height / 4)
    let x = min(max((place.x + 1) / 2 * Float(columns) - 0.5, 0), Float(columns - 1))
    let y = min(max((place.y + 1) / 2 * Float(rows) - 0.5, 0), Float(rows - 1))
    let (column, row) = (min(Int(x), columns - 2), min(Int(y), rows - 2))
    let (u, v) = (x - Float(column), y - Float(row))
    let first = row * columns + column
    return [
      (first, (1 - u) * (1 - v)), (first + 1, u * (1 - v)), (first + columns, (1 - u) * v),
      (first + columns + 1, u * v),
    ]
  }
}

/// What there is.
extension BatchMaker {
  /// Of every thing in view, and of some places where there is none.
  func things(
    _ samples: [SampleAddress], _ changes: [PictureChange], using random: inout SeedStream
  ) -> [ThingTarget] {
    guard kinds.count > 0 else { return [] }
    let most = samples.map { demonstrations[$0.demonstration].grounding?.things.count ?? 0 }.max() ?? 0
    let rows = most + ThingTarget.empty
    return interface.cameras.indices.map { camera in
      let size = interface.cameras[camera].size
      let cells = size.width / 4 * (size.height / 4)
      var indices = [Int](repeating: 0, count: samples.count * rows * 4)
      var weights = [Float](repeating: 0, count: samples.count * rows * 4)
      var labels = [Float](repeating: 0, count: samples.count * rows * kinds.count)
      var count = 0
      func label(_ row: Int, _ place: SIMD2<Float>, shape: Int, color: Int?) {
        for (corner, (cell, weight)) in Self.around(place, in: size).enumerated() {
          indices[row * 4 + corner] = row / rows * cells + cell
          weights[row * 4 + corner] = weight
        }
        labels[row * kinds.count + shape] = 1
        if let color { labels[row * kinds.count + kinds.shapes.count + color] = 1 }
        count += 1
      }
      for (index, (sample, change)) in zip(samples, changes).enumerated() {
        guard let things = demonstrations[sample.demonstration].grounding?.things else { continue }
        var found: [SIMD2<Float>] = []
        for (offset, thing) in things.enumerated() {
          guard let place = Self.seen(thing.pixels[camera], sample.step, change, in: size),
            let shape = kinds.shapes.firstIndex(of: thing.shape)
          else { continue }
          found.append(place)
          label(index * rows + offset, place, shape: shape, color: kinds.colors.firstIndex(of: thing.color))
        }
        for offset in 0..<ThingTarget.empty {
          let place = SIMD2(Float(random.uniform(-1, 1)), Float(random.uniform(-1, 1)))
          let isFree = found.allSatisfy { max(abs($0.x - place.x), abs($0.y - place.y)) > ThingTarget.margin }
          if isFree { label(index * rows + most + offset, place, shape: 0, color: nil) }
        }
      }
      return ThingTarget(
        places: PicturePlaces(
          cells: Tensor(indices: indices, shape: [indices.count]),
          weights: Tensor(weights, shape: [samples.count, rows, 4, 1])),
        kinds: Tensor(labels, shape: [samples.count, rows, kinds.count]), count: count)
    }
  }
}

extension ThingKinds {
  /// Those of all things in the demonstrations.
  init(of demonstrations: [Demonstration]) {
    let things = demonstrations.flatMap { $0.grounding?.things ?? [] }
    self.init()
    guard !things.isEmpty else { return }
    self.init(
      shapes: ["nothing"] + Set(things.map(\.shape)).sorted(), colors: Set(things.map(\.color)).sorted())
  }
}
