/// A linear map with an offset, fitted to pairs by least squares with a penalty on its weights (Hoerl and Kennard, 1970).
///
/// Minimizes Σ w |W x + b − y|² + λ |W|² for weights w of mean 1. In closed form, hence the same on every machine up to rounding.
struct RidgeRegression {
  /// W: outputs × inputs, C order.
  let weights: [Float]
  /// b
  let offset: [Float]

  /// At least one pair, which counts as often as `counts` says, once at least; the `inputs` are equally long, and so
  /// are the `outputs`; λ is the `penalty`, above 0.
  init(inputs: [[Float]], outputs: [[Float]], counts: [Int], penalty: Double) {
    let shares = counts.map { Double($0) / Double(counts.reduce(0, +)) }
    let (meanInput, meanOutput) = (Self.mean(inputs, shares), Self.mean(outputs, shares))
    let roots = shares.map { ($0 * Double(counts.count)).squareRoot() }
    let x = zip(inputs, roots).map { row, root in zip(row, meanInput).map { root * (Double($0) - $1) } }
    let y = zip(outputs, roots).map { row, root in zip(row, meanOutput).map { root * (Double($0) - $1) } }
    // W = ((Xᵀ X + λ)⁻¹ Xᵀ Y)ᵀ: as many unknowns as inputs are long.
    let columns = meanInput.indices
    var gram = columns.map { [Double](repeating: 0, count: $0 + 1) }
    for row in x {
      for a in columns { for b in 0...a { gram[a][b] += row[a] * row[b] } }
    }
    for index in columns { gram[index][index] += penalty }
    let factor = Self.cholesky(gram)
    let rows = meanOutput.indices.map { output -> [Double] in
      var right = [Double](repeating: 0, count: columns.count)
      for (input, wanted) in zip(x, y) { for column in columns { right[column] += wanted[output] * input[column] } }
      return Self.solve(factor, right)
    }
    weights = rows.flatMap { $0.map(Float.init) }
    offset = zip(rows, meanOutput).map { Float($1 - Self.dot($0, meanInput)) }
  }

  private static func mean(_ rows: [[Float]], _ shares: [Double]) -> [Double] {
    var sum = [Double](repeating: 0, count: rows[0].count)
    for (row, share) in zip(rows, shares) { for column in sum.indices { sum[column] += share * Double(row[column]) } }
    return sum
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  /// The lower triangle L, row by row, of a symmetric positive definite matrix L Lᵀ, whose own is given.
  private static func cholesky(_ matrix: [[Double]]) -> [[Double]] {
    var lower: [[Double]] = []
    for (index, values) in matrix.enumerated() {
      var row: [Double] = []
      for column in 0..<index {
        var rest = values[column]
        for k in 0..<column { rest -= row[k] * lower[column][k] }
        row.append(rest / lower[column][column])
      }
      row.append((values[index] - dot(row, row)).squareRoot())
      lower.append(row)
    }
    return lower
  }

  /// x of L Lᵀ x = `right`.
  private static func solve(_ lower: [[Double]], _ right: [Double]) -> [Double] {
    var x = right
    for index in x.indices {
      for k in 0..<index { x[index] -= lower[index][k] * x[k] }
      x[index] /= lower[index][index]
    }
    for index in x.indices.reversed() {
      x[index] /= lower[index][index]
      for k in 0..<index { x[k] -= lower[index][k] * x[index] }
    }
    return x
  }
}
