internal import Foundation
internal import RehearsalCore

/// Finds a way over the ground that keeps its distance from what stands there: A* on a grid, then shortened.
struct GroundPlanner {
  typealias Point = SIMD2<Double>

  let obstacles: [Outline]
  /// The robot's radius plus what it should keep off.
  let clearance: Double
  private let cell = 0.06

  init(obstacles: [Outline], clearance: Double) {
    self.obstacles = obstacles
    self.clearance = clearance
  }

  /// Corner points from `start` (left out) to the first place found where `isGoal`; `aim` guides the search. Empty
  /// if there is none within `extent` metres of the straight way.
  func path(from start: Point, aim: Point, extent: Double = 1.5, isGoal: (Point) -> Bool) -> [Point] {
    let low = pointwiseMin(start, aim) - extent
    let size = pointwiseMax(start, aim) + extent - low
    var search = GridSearch(columns: Int(size.x / cell) + 1, rows: Int(size.y / cell) + 1)
    let columns = search.columns
    func point(_ index: Int) -> Point {
      low + Point(Double(index % columns) + 0.5, Double(index / columns) + 0.5) * cell
    }
    let first = search.index(of: (start - low) / cell)
    let found = search.run(
      from: first, cost: { 1 + crowding(point($0)) },
      estimate: { max(length(point($0) - aim) - 2, 0) / cell }, isGoal: { isGoal(point($0)) })
    return shortened(start, found.dropFirst().map(point))
  }

  /// How little the place is liked: 0 well off everything, large where the robot would touch.
  private func crowding(_ point: Point) -> Double {
    let gap = distance(point) - clearance
    return gap < 0 ? 30 - 200 * gap : max(0, 1 - gap / 0.1) * 2
  }

  /// Free space around the robot if it stood there; negative where it would stand too close to something.
  func gap(at point: Point) -> Double { distance(point) - clearance }

  private func distance(_ point: Point) -> Double {
    obstacles.reduce(.infinity) { min($0, $1.distance(from: point)) }
  }

  private func shortened(_ start: Point, _ points: [Point]) -> [Point] {
    var corners: [Point] = []
    var from = start
    var index = 0
    while index < points.count {
      var next = index
      while next + 1 < points.count && isClear(from, points[next + 1]) { next += 1 }
      corners.append(points[next])
      from = points[next]
      index = next + 1
    }
    return corners
  }

  /// Whether the robot keeps its distance all along a straight line.
  func isClear(_ a: Point, _ b: Point) -> Bool {
    let steps = max(Int(length(b - a) / (cell / 2)), 1)
    return (0...steps).allSatisfy { distance(a + (b - a) * (Double($0) / Double(steps))) >= clearance }
  }
}

func length(_ v: SIMD2<Double>) -> Double { (v.x * v.x + v.y * v.y).squareRoot() }

/// Shortest paths over a grid of eight neighbours. Ties are broken by cell index, so that results are reproducible.
private struct GridSearch {
  let columns: Int
  let rows: Int
  private var best: [Double]
  private var previous: [Int]
  private var queue: [(priority: Double, index: Int)] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    best = Array(repeating: .infinity, count: columns * rows)
    previous = Array(repeating: -1, count: columns * rows)
  }

  func index(of position: SIMD2<Double>) -> Int {
    let column = min(max(Int(position.x), 0), columns - 1)
    return min(max(Int(position.y), 0), rows - 1) * columns + column
  }

  /// The cells from `start` to the first goal taken from the queue; empty if there is none.
  mutating func run(
    from start: Int, cost: (Int) -> Double, estimate: (Int) -> Double, isGoal: (Int) -> Bool
  ) -> [Int] {
    best[start] = 0
    push(start, estimate(start))
    while let (priority, index) = pop() {
      if priority > best[index] + estimate(index) + 1e-9 { continue }
      if isGoal(index) { return way(to: index) }
      let factor = cost(index)
      for (neighbour, distance) in neighbours(of: index) {
        let length = best[index] + distance * factor
        guard length < best[neighbour] - 1e-9 else { continue }
        best[neighbour] = length
        previous[neighbour] = index
        push(neighbour, length + estimate(neighbour))
      }
    }
    return []
  }

  private func way(to goal: Int) -> [Int] {
    var cells = [goal]
    while previous[cells.last!] >= 0 { cells.append(previous[cells.last!]) }
    return cells.reversed()
  }

  private func neighbours(of index: Int) -> [(Int, Double)] {
    let (column, row) = (index % columns, index / columns)
    var found: [(Int, Double)] = []
    for dy in -1...1 {
      for dx in -1...1 where (dx != 0 || dy != 0) && (0..<columns).contains(column + dx) {
        guard (0..<rows).contains(row + dy) else { continue }
        found.append(((row + dy) * columns + column + dx, dx != 0 && dy != 0 ? 1.41421356 : 1))
      }
    }
    return found
  }

  private static func isBefore(_ a: (priority: Double, index: Int), _ b: (priority: Double, index: Int)) -> Bool {
    a.priority != b.priority ? a.priority < b.priority : a.index < b.index
  }

  private mutating func push(_ index: Int, _ priority: Double) {
    queue.append((priority, index))
    var child = queue.count - 1
    while child > 0, Self.isBefore(queue[child], queue[(child - 1) / 2]) {
      queue.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> (Double, Int)? {
    guard let top = queue.first else { return nil }
    let last = queue.removeLast()
    guard !queue.isEmpty else { return (top.priority, top.index) }
    queue[0] = last
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < queue.count {
        if Self.isBefore(queue[child], queue[smallest]) { smallest = child }
      }
      if smallest == parent { return (top.priority, top.index) }
      queue.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
