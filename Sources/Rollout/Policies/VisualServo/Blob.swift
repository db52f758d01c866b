internal import RehearsalCore

/// A connected patch of one colour in a picture.
struct Blob: Hashable {
  var area = 0
  var minX = Int.max
  var maxX = -1
  var minY = Int.max
  var maxY = -1
  /// Sums of pixel columns, over all, over the upper and over the lower half of the rows.
  var sumX = 0
  /// Pixels in each row, from `minY` on.
  var rowWidths: [Int] = []

  var width: Int { maxX - minX + 1 }
  var height: Int { maxY - minY + 1 }
  var centerX: Double { Double(sumX) / Double(area) + 0.5 }
  /// Share of its bounding box that it fills.
  var fill: Double { Double(area) / Double(width * height) }

  /// Mean width of its top quarter as a share of that of its bottom quarter.
  var taper: Double {
    let quarter = max(rowWidths.count / 4, 1)
    let (top, bottom) = (rowWidths.prefix(quarter), rowWidths.suffix(quarter))
    return Double(top.reduce(0, +)) / Double(max(bottom.reduce(0, +), 1))
  }

  /// How like a silhouette it is, 0…1: boxes and cylinders fill their frame, balls lack its corners, cones its top.
  func likeness(to silhouette: TargetWords.Silhouette) -> Double {
    let aspect = Double(height) / Double(width)
    let middle = rowWidths[rowWidths.count / 2]
    let bulge = Double(2 * middle) / Double(max(rowWidths.first! + rowWidths.last!, 1))
    switch silhouette {
    case .cone: return taper < 0.55 ? 1 : 0
    case .ball: return taper > 0.55 && bulge > 1.35 && fill < 0.87 ? 1 : 0.1
    case .box: return taper > 0.55 && fill > 0.8 ? (aspect < 1.25 ? 1 : 0.6) : 0.2
    case .cylinder: return taper > 0.55 && fill > 0.8 ? (aspect > 1.15 ? 1 : 0.6) : 0.2
    }
  }

  /// The connected patches of `mask` (row-major, 4-neighbours) with at least `minimumArea` pixels, largest first.
  static func find(in mask: [Bool], width: Int, height: Int, minimumArea: Int) -> [Blob] {
    var isOpen = mask
    var blobs: [Blob] = []
    var stack: [Int] = []
    for seed in mask.indices where isOpen[seed] {
      isOpen[seed] = false
      stack.append(seed)
      var members: [Int] = []
      while let index = stack.popLast() {
        members.append(index)
        let (x, y) = (index % width, index / width)
        let neighbours = [
          x > 0 ? index - 1 : -1, x + 1 < width ? index + 1 : -1, y > 0 ? index - width : -1,
          y + 1 < height ? index + width : -1,
        ]
        for next in neighbours where next >= 0 && isOpen[next] {
          isOpen[next] = false
          stack.append(next)
        }
      }
      if members.count >= minimumArea { blobs.append(Blob(members, width: width)) }
    }
    return blobs.sorted { ($0.area, -$0.minX) > ($1.area, -$1.minX) }
  }

  private init(_ members: [Int], width: Int) {
    area = members.count
    for index in members {
      let (x, y) = (index % width, index / width)
      (minX, maxX, minY, maxY) = (min(minX, x), max(maxX, x), min(minY, y), max(maxY, y))
      sumX += x
    }
    rowWidths = Array(repeating: 0, count: maxY - minY + 1)
    for index in members { rowWidths[index / width - minY] += 1 }
  }
}
