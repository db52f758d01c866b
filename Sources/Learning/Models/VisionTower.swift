/// Sees one camera's picture with an instruction in mind: where the things are that the words name, and what is there.
///
/// A small convolutional network at a quarter and an eighth of the picture's size, steered by the instruction through
/// feature-wise linear modulation (FiLM, Perez et al., 2018). Of `maps` softmax maps over the finer grid it reads the
/// mean position (spatial softmax, Levine et al., 2016), and of the first `attended` also the mean feature.
struct VisionTower {
  static let widths = (stem: 16, fine: 32, coarse: 64)
  static let maps = 12
  static let attended = 6

  /// Numbers that describe a picture.
  static let outputCount = maps * 2 + attended * widths.fine + widths.coarse

  private let stem: Convolution
  private let reduce: Convolution
  private let fine: Convolution
  private let fineStyle: Modulation
  private let coarse: [Convolution]
  private let coarseStyles: [Modulation]
  private let lateral: Convolution
  private let merge: Convolution
  private let mergeStyle: Modulation
  private let mapper: Convolution

  init(_ scope: ParameterScope, languageWidth: Int) {
    let w = Self.widths
    stem = Convolution(scope["stem"], 3, w.stem, size: 5, stride: 2)
    reduce = Convolution(scope["reduce"], w.stem, w.fine, size: 3, stride: 2)
    fine = Convolution(scope["fine"], w.fine, w.fine, size: 3)
    fineStyle = Modulation(scope["fineStyle"], languageWidth, w.fine)
    coarse = (0..<3).map {
      Convolution(scope["coarse"][$0], $0 == 0 ? w.fine : w.coarse, w.coarse, size: 3, stride: $0 == 0 ? 2 : 1)
    }
    coarseStyles = (0..<2).map { Modulation(scope["coarseStyle"][$0], languageWidth, w.coarse) }
    lateral = Convolution(scope["lateral"], w.coarse, w.fine, size: 1)
    merge = Convolution(scope["merge"], w.fine, w.fine, size: 3)
    mergeStyle = Modulation(scope["mergeStyle"], languageWidth, w.fine)
    mapper = Convolution(scope["mapper"], w.fine, Self.maps, size: 1, weight: .normal(0.05))
  }

  struct Sight {
    /// B × outputCount
    var features: Tensor
    /// Logits of the maps over the fine grid: B × maps × cells.
    var logits: Tensor
  }

  /// `picture` is B × 3 × H × W, centred on 0, H and W multiples of 8; `language` B × languageWidth.
  func callAsFunction(_ picture: Tensor, _ language: Tensor) -> Sight {
    let batch = picture.shape[0]
    var x = reduce(stem(picture.channelsLast()).relu()).relu()
    x = fineStyle(fine(x), language).relu() + x
    let (height, width) = (x.shape[2], x.shape[3])
    var y = coarse[0](x).relu()
    for (convolution, style) in zip(coarse[1...], coarseStyles) { y = style(convolution(y), language).relu() + y }
    let up = lateral(y).upsampled(toHeight: height, width: width) + x
    let z = mergeStyle(merge(up), language).relu()
    let logits = mapper(z).reshaped(batch, Self.maps, height * width)
    let weights = logits.softmax(-1)
    let places = weights.matmul(Self.grid(height, width)).reshaped(batch, Self.maps * 2)
    let cells = z.permuted(0, 2, 3, 1).reshaped(batch, height * width, Self.widths.fine)
    let things = weights.slice(1, from: 0, count: Self.attended).matmul(cells)
    let whole = y.mean(2, 3)
    return Sight(
      features: Tensor.concatenated(
        [places, things.reshaped(batch, Self.attended * Self.widths.fine), whole], along: 1),
      logits: logits)
  }

  /// Cells' x and y, −1…1 from left to right and from top to bottom: cells × 2.
  private static func grid(_ height: Int, _ width: Int) -> Tensor {
    var values: [Float] = []
    for row in 0..<height {
      for column in 0..<width {
        values.append(2 * (Float(column) + 0.5) / Float(width) - 1)
        values.append(2 * (Float(row) + 0.5) / Float(height) - 1)
      }
    }
    return Tensor(values, shape: [height * width, 2])
  }
}

/// Scales and shifts each channel by what another vector says (FiLM, Perez et al., 2018); begins as the identity.
struct Modulation {
  private let scale: Linear
  private let shift: Linear

  init(_ scope: ParameterScope, _ inputs: Int, _ channels: Int) {
    scale = Linear(scope["scale"], inputs, channels, weight: .normal(0.02))
    shift = Linear(scope["shift"], inputs, channels, weight: .normal(0.02))
  }

  /// `x` is B × C or B × C × H × W; `condition` B × inputs.
  func callAsFunction(_ x: Tensor, _ condition: Tensor) -> Tensor {
    let (a, b) = (scale(condition) + 1, shift(condition))
    guard x.rank == 4 else { return x * a + b }
    let shape = [a.shape[0], a.shape[1], 1, 1]
    return x * a.reshaped(to: shape) + b.reshaped(to: shape)
  }
}
