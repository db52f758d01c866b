/// The network that Rehearsal trains and ships: a tower for each camera, a text encoder, proprioception, one decoder.
public struct SmallPolicy {
  public struct Configuration: Hashable, Sendable {
    /// Sides of their pictures are multiples of 8.
    public var cameras: [PolicyInterface.Camera]
    /// Numbers of proprioception and motion together; 0 where the policy is to do without.
    public var proprioceptionCount: Int
    public var actionCount: Int
    /// Features of each cell of a picture, a multiple of 16 for speed.
    public var width: Int
    /// Consecutive actions that one look decides.
    public var chunk: Int
    /// Chunks between which one look chooses; 1 for a single answer, the mean of what may be right.
    public var hypotheses: Int
    public var text: TextConfiguration
    /// Named things that auxiliary losses ask for: the slots of a command.
    public var slots: Int
    /// What auxiliary losses ask it to tell apart; nothing for a network that is not asked.
    public var kinds: ThingKinds

    public init(
      cameras: [PolicyInterface.Camera], proprioceptionCount: Int, actionCount: Int, width: Int, chunk: Int,
      hypotheses: Int = 1, text: TextConfiguration, slots: Int = 2, kinds: ThingKinds = ThingKinds()
    ) {
      self.cameras = cameras
      self.proprioceptionCount = proprioceptionCount
      self.actionCount = actionCount
      self.width = width
      self.chunk = chunk
      self.hypotheses = hypotheses
      self.text = text
      self.slots = slots
      self.kinds = kinds
    }
  }

  public let configuration: Configuration
  public static let languageWidth = 128
  private static let hiddenWidth = 512

  public let text: TextEncoder
  private let towers: [VisionTower]
  private let gather: Linear
  private let gatherStyle: Modulation
  private let offsetReader: Linear
  private let handEyes: [(geometry: HandEye, trust: Linear)?]
  private let visibilityReaders: [Linear]
  private let kindReaders: [Linear]
  private let reason: Linear
  private let reasonStyle: Modulation
  private let decide: Linear
  private let decideStyle: Modulation
  private let actionDecoder: Linear
  private let alternatives: (deviations: Linear, choice: Linear)?
  private let confidenceHead: Linear

  public init(_ scope: ParameterScope, _ configuration: Configuration) {
    self.configuration = configuration
    let (z, h) = (Self.languageWidth, Self.hiddenWidth)
    text = TextEncoder(scope["text"], configuration.text, outputWidth: z)
    towers = configuration.cameras.enumerated().map {
      VisionTower(scope["towers"][$0], $1.size, fineWidth: configuration.width, languageWidth: z)
    }
    let seen = towers.reduce(0) { $0 + $1.outputCount }
    gather = Linear(scope["gather"], seen + configuration.proprioceptionCount + z, h)
    gatherStyle = Modulation(scope["gatherStyle"], z, h)
    offsetReader = Linear(scope["offsets"], h, 3 * configuration.slots)
    handEyes = configuration.cameras.enumerated().map { index, camera in
      camera.mount.map {
        let geometry = HandEye($0, size: camera.size, unit: Double(GroundingTarget.unit))
        return (geometry, Linear(scope["handEyes"][index], h, configuration.slots))
      }
    }
    visibilityReaders = towers.indices.map {
      Linear(scope["visibility"][$0], configuration.width * configuration.slots, configuration.slots)
    }
    let kinds = configuration.kinds.count
    kindReaders =
      kinds == 0 ? [] : towers.indices.map { Linear(scope["kinds"][$0], configuration.width, kinds) }
    reason = Linear(scope["reason"], h + 3 * configuration.slots + configuration.proprioceptionCount, h)
    reasonStyle = Modulation(scope["reasonStyle"], z, h)
    decide = Linear(scope["decide"], h, h / 2)
    decideStyle = Modulation(scope["decideStyle"], z, h / 2)
    actionDecoder = Linear(scope["actions"], h / 2, configuration.chunk * configuration.actionCount)
    let hypotheses = configuration.hypotheses
    alternatives =
      hypotheses == 1
      ? nil
      : (
        Linear(
          scope["deviations"], h / 2, hypotheses * configuration.chunk * configuration.actionCount,
          weight: .normal(0.005)),
        Linear(scope["choice"], h / 2, hypotheses)
      )
    confidenceHead = Linear(scope["confidence"], h / 2, 1)
  }

  public struct Output {
    /// B × chunk × actions, each in (−1, 1).
    public var actions: Tensor
    /// What `actions` were chosen among, B × hypotheses × chunk × actions, and the logits of the choice, B × hypotheses;
    /// nil where there is no choice.
    var hypotheses: (actions: Tensor, choice: Tensor)?
    /// Logit of how sure the policy is that its first action is within 0.1 of the expert's: B × 1.
    public var confidence: Tensor
    /// Where the named things are from the robot's point of view: B × slots·3, in units of `offsetUnit` metres.
    public var offsets: Tensor
    /// By camera: logits over the cells of the fine grid, B × (slots, then the hand) × cells.
    public var sightings: [Tensor]
    /// By camera: where those are taken to be, −1…1 from left to right and top to bottom: B × (slots, then the hand) × 2.
    public var places: [Tensor]
    /// By camera: logits of whether the named things are in the picture, B × slots.
    public var visibilities: [Tensor]
    /// By camera: what is in the fine grid's cells, B × cells × features, for `kinds`.
    var cells: [Tensor]
  }

  /// Logits of what is at places of a camera's pictures, B × places × `ThingKinds.count`: of the shapes, then of the
  /// colours.
  func kinds(_ camera: Int, _ output: Output, at places: PicturePlaces) -> Tensor {
    let (cells, shape) = (output.cells[camera], places.weights.shape)
    let corners = cells.reshaped(-1, cells.shape[2]).rows(places.cells).reshaped(shape[0], shape[1], 4, -1)
    return kindReaders[camera]((corners * places.weights).sum(2))
  }

  /// `pictures` by camera, B × 3 × H × W centred on 0; `language` B × languageWidth; `proprioception` B × count,
  /// normalized; `hand` with its axes in the robot's frame in rows, B × 3 × 3, of a robot that has one.
  public func callAsFunction(
    _ pictures: [Tensor], language z: Tensor, proprioception: Tensor?, hand: Tensor? = nil
  ) -> Output {
    let sights = zip(towers, pictures).map { $0($1, z) }
    let own = proprioception.map { [$0] } ?? []
    let all = Tensor.concatenated(sights.map(\.features) + own + [z], along: 1)
    let gathered = gatherStyle(gather(all), z).relu()
    let slots = configuration.slots
    let places = sights.map { $0.features.slice(1, from: 0, count: (slots + 1) * 2).reshaped(-1, slots + 1, 2) }
    let offsets = offsets(gathered, places, hand)
    let reasoned = reasonStyle(reason(Tensor.concatenated([gathered, offsets] + own, along: 1)), z).relu()
    let decided = decideStyle(decide(reasoned), z).relu()
    let hypotheses = hypotheses(decided)
    return Output(
      actions: hypotheses.map(Self.likeliest)
        ?? actionDecoder(decided).tanh().reshaped(-1, configuration.chunk, configuration.actionCount),
      hypotheses: hypotheses, confidence: confidenceHead(decided), offsets: offsets,
      sightings: sights.map { $0.logits.slice(1, from: 0, count: slots + 1) },
      places: places,
      visibilities: zip(sights, visibilityReaders).map { sight, reader in
        let attended = sight.features.slice(
          1, from: VisionTower.maps * 2, count: configuration.width * slots)
        return reader(attended)
      },
      cells: sights.map(\.cells))
  }

  /// Each deviates from a common answer, so that all of them are of use from the start.
  private func hypotheses(_ decided: Tensor) -> (actions: Tensor, choice: Tensor)? {
    guard let alternatives else { return nil }
    let (chunk, width, count) = (configuration.chunk, configuration.actionCount, configuration.hypotheses)
    let common = actionDecoder(decided).reshaped(-1, 1, chunk * width)
    let actions = (common + alternatives.deviations(decided).reshaped(-1, count, chunk * width)).tanh()
    return (actions.reshaped(-1, count, chunk, width), alternatives.choice(decided))
  }

  private static func likeliest(_ actions: Tensor, _ choice: Tensor) -> Tensor {
    let (batch, count) = (choice.shape[0], choice.shape[1])
    let logits = choice.detached().values
    let rows = (0..<batch).map { row in
      row * count + (0..<count).max { logits[row * count + $0] < logits[row * count + $1] }!
    }
    let (chunk, width) = (actions.shape[2], actions.shape[3])
    return actions.reshaped(-1, chunk, width).rows(Tensor(indices: rows, shape: [batch]))
  }

  /// As learned; their level part from where cameras on the hand see things, as far as those are to be trusted.
  private func offsets(_ gathered: Tensor, _ places: [Tensor], _ hand: Tensor?) -> Tensor {
    let slots = configuration.slots
    let learned = offsetReader(gathered).reshaped(-1, slots, 3)
    guard let hand else { return learned.reshaped(-1, slots * 3) }
    let heights = learned.slice(2, from: 2, count: 1)
    var level = learned.slice(2, from: 0, count: 2)
    for (places, handEye) in zip(places, handEyes) {
      guard let handEye else { continue }
      let seen = handEye.geometry(places, heights: heights, hand: hand)
      level = level + (seen - level) * handEye.trust(gathered).sigmoid().reshaped(-1, slots, 1)
    }
    return Tensor.concatenated([level, heights], along: 2).reshaped(-1, slots * 3)
  }
}

/// Places between the cells of the fine grids of B pictures.
struct PicturePlaces {
  /// The four cells around each, counted through all the pictures: B · places · 4.
  var cells: Tensor
  /// B × places × 4 × 1
  var weights: Tensor
}

/// Shapes and colours of things, as scenes label them; the first shape is that of places where there is nothing.
public struct ThingKinds: Hashable, Sendable {
  public var shapes: [String] = []
  public var colors: [String] = []

  public init() {}

  public init(shapes: [String], colors: [String]) {
    self.shapes = shapes
    self.colors = colors
  }

  public var count: Int { shapes.count + colors.count }
}

/// Pixels of a picture.
public struct PictureSize: Hashable, Sendable {
  public var width: Int
  public var height: Int
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}
