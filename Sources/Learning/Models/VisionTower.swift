/// Sees one camera's picture with an instruction in mind: where the things are that the words name, and what is there.
///
/// A small convolutional network at a quarter and an eighth of the picture's size, steered by the instruction through
/// feature-wise linear modulation (FiLM, Perez et al., 2018). The instruction asks for `maps` directions among the
/// finer grid's features (dot-product attention, Vaswani et al., 2017); of each softmax map it reads the mean position
/// (spatial softmax, Levine et al., 2016), and of the first `attended` also the mean feature; both of the map squared
/// and normalized again, since a little doubt spread over the far side of a picture would move a mean by centimetres.
struct VisionTower {
  private static let widths = (stem: 16, coarse: 64)
  static let maps = 12
  static let attended = 6
  /// The power that maps are raised to before they are read.
  private static let decisiveness = 2.0

  /// Features of the finer grid's cells.
  private let fineWidth: Int

  /// Numbers that describe a picture.
  var outputCount: Int { Self.maps * 2 + Self.attended * fineWidth + Self.widths.coarse }

  private let stem: Convolution
  private let reduce: Convolution
  private let fine: Convolution
  private let fineStyle: Modulation
  private let coarse: [Convolution]
  private let coarseStyles: [Modulation]
  private let lateral: Convolution
  private let merge: Convolution
  private let mergeStyle: Modulation
  private let query: Linear
  /// Cells' x, then their y: 2 × cells.
  private let places: Tensor

  /// For pictures of one size, a multiple of 8 either way.
  init(_ scope: ParameterScope, _ picture: PictureSize, fineWidth f: Int, languageWidth: Int) {
    let w = Self.widths
    fineWidth = f
    places = Self.grid((picture.height + 3) / 4, (picture.width + 3) / 4)
    stem = Convolution(scope["stem"], 3, w.stem, size: 5, stride: 2)
    reduce = Convolution(scope["reduce"], w.stem, f, size: 3, stride: 2)
    fine = Convolution(scope["fine"], f, f, size: 3)
    fineStyle = Modulation(scope["fineStyle"], languageWidth, f)
    coarse = (0..<3).map {
      Convolution(scope["coarse"][$0], $0 == 0 ? f : w.coarse, w.coarse, size: 3, stride: $0 == 0 ? 2 : 1)
    }
    coarseStyles = (0..<2).map { Modulation(scope["coarseStyle"][$0], languageWidth, w.coarse) }
    lateral = Convolution(scope["lateral"], w.coarse, f, size: 1)
    merge = Convolution(scope["merge"], f, f, size: 3)
    mergeStyle = Modulation(scope["mergeStyle"], languageWidth, f)
    query = Linear(scope["query"], languageWidth, Self.maps * f, weight: .normal(0.01))
  }

  struct Sight {
    /// B × outputCount
    var features: Tensor
    /// Logits of the maps over the fine grid: B × maps × cells.
    var logits: Tensor
    /// What is there, before the instruction chooses: B × cells × fine.
    var cells: Tensor
  }

  /// `picture` is B × 3 × H × W, centred on 0; `language` B × languageWidth. The convolutions work in the number format of
  /// the picture.
  func callAsFunction(_ picture: Tensor, _ language: Tensor) -> Sight {
    let batch = picture.shape[0]
    var x = reduce(stem(picture.channelsLast()).relu()).relu()
    x = fineStyle(fine(x), language).relu() + x
    let (height, width) = (x.shape[2], x.shape[3])
    var y = coarse[0](x).relu()
    for (convolution, style) in zip(coarse[1...], coarseStyles) { y = style(convolution(y), language).relu() + y }
    let up = lateral(y).upsampled(toHeight: height, width: width) + x
    let cells = Self.rows(mergeStyle(merge(up), language).relu())
    let sought = query(language).reshaped(batch, Self.maps, fineWidth).permuted(0, 2, 1)
    let logits = cells.matmul(sought).permuted(0, 2, 1)
    let weights = (logits * Self.decisiveness).softmax(-1)
    // A product and a sum: libtorch multiplies stacks of matrices one after the other.
    let means = (weights.reshaped(batch, Self.maps, 1, -1) * places).sum(-1)
    let things = weights.slice(1, from: 0, count: Self.attended).matmul(cells)
    let whole = y.mean(2, 3).float()
    return Sight(
      features: Tensor.concatenated(
        [means.reshaped(batch, Self.maps * 2), things.reshaped(batch, Self.attended * fineWidth), whole],
        along: 1),
      logits: logits, cells: Self.rows(up))
  }

  /// B × C × H × W becomes B × cells × C.
  private static func rows(_ x: Tensor) -> Tensor {
    let shape = x.shape
    return x.permuted(0, 2, 3, 1).reshaped(shape[0], shape[2] * shape[3], shape[1]).float()
  }

  /// Cells' x, then their y, −1…1 from left to right and from top to bottom: 2 × cells.
  private static func grid(_ height: Int, _ width: Int) -> Tensor {
    func middle(_ index: Int, _ count: Int) -> Float { 2 * (Float(index) + 0.5) / Float(count) - 1 }
    let x = (0..<height * width).map { middle($0 % width, width) }
    let y = (0..<height * width).map { middle($0 / width, height) }
    return Tensor(x + y, shape: [2, height * width])
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
    let (a, b) = ((scale(condition) + 1).typed(like: x), shift(condition).typed(like: x))
    guard x.rank == 4 else { return x * a + b }
    let shape = [a.shape[0], a.shape[1], 1, 1]
    return x * a.reshaped(to: shape) + b.reshaped(to: shape)
  }
}
