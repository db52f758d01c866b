/// Six equations of a symmetric positive definite matrix, built up from outer products and solved in place.
struct SymmetricSystem {
  /// Row-major; only the lower triangle is kept.
  private var matrix = [Double](repeating: 0, count: 36)
  private var factor = [Double](repeating: 0, count: 36)

  /// Sets the matrix to `damping` times the identity.
  mutating func reset(damping: Double) {
    for index in 0..<36 { matrix[index] = index % 7 == 0 ? damping : 0 }
  }

  /// Adds the outer product of `v` with itself.
  mutating func add(_ v: SIMD8<Double>) {
    for row in 0..<6 {
      for column in 0...row { matrix[row * 6 + column] += v[row] * v[column] }
    }
  }

  /// Factors the matrix (Cholesky) for `solve`.
  mutating func factorize() {
    for row in 0..<6 {
      for column in 0...row {
        var sum = matrix[row * 6 + column]
        for k in 0..<column { sum -= factor[row * 6 + k] * factor[column * 6 + k] }
        // The damping keeps the diagonal positive; the floor only absorbs rounding.
        factor[row * 6 + column] =
          row == column ? max(sum, 1e-18).squareRoot() : sum / factor[column * 6 + column]
      }
    }
  }

  /// x with matrix · x = `right`; the last two lanes are unused.
  func solve(_ right: SIMD8<Double>) -> SIMD8<Double> {
    var x = right
    for row in 0..<6 {
      var sum = x[row]
      for k in 0..<row { sum -= factor[row * 6 + k] * x[k] }
      x[row] = sum / factor[row * 7]
    }
    for row in (0..<6).reversed() {
      var sum = x[row]
      for k in (row + 1)..<6 { sum -= factor[k * 6 + row] * x[k] }
      x[row] = sum / factor[row * 7]
    }
    return x
  }
}
