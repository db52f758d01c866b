internal import RehearsalCore

/// Everything about a trained policy but its weights: what a checkpoint's metadata says.
public struct PolicyDescription: Hashable, Sendable {
  public var interface: PolicyInterface
  public var configuration: SmallPolicy.Configuration
  /// Of `OwnMotion`.
  public var normalization: Normalization
  /// Of the text encoder that is trained from scratch; empty for others.
  public var vocabulary: [String]

  public init(
    interface: PolicyInterface, configuration: SmallPolicy.Configuration, normalization: Normalization,
    vocabulary: [String]
  ) {
    self.interface = interface
    self.configuration = configuration
    self.normalization = normalization
    self.vocabulary = vocabulary
  }

  /// Encodes instructions as the policy's text encoder wants them; `source` is where the vocabulary is from, for errors.
  func sentenceEncoder(source: String = "the vocabulary") throws -> any SentenceEncoder {
    switch configuration.text {
    case .scratch: WordPieceSentences(vocabulary: try WordPieceVocabulary(tokens: vocabulary, source: source))
    case .miniLM: try MiniLMSentences()
    }
  }

  static let metadataKey = "rehearsal"
  private static let formatVersion = 2
  private static let model = "small"

  var json: JSON {
    [
      "formatVersion": .integer(Self.formatVersion), "model": .text(Self.model),
      "robot": .text(interface.robot), "actionSpace": .text(interface.actionSpace),
      "actionCount": .integer(interface.actionCount), "controlHz": .integer(interface.controlHz),
      "cameras": .array(
        interface.cameras.map {
          .object(
            [
              JSON.Member("name", .text($0.name)), JSON.Member("width", .integer($0.size.width)),
              JSON.Member("height", .integer($0.size.height)),
            ] + ($0.mount.map { [JSON.Member("mount", $0.json)] } ?? []))
        }),
      "proprioception": .array(
        interface.proprioception.fields.map { ["name": .text($0.name), "count": .integer($0.count)] }),
      "proprioceptionCount": .integer(configuration.proprioceptionCount), "width": .integer(configuration.width),
      "chunk": .integer(configuration.chunk), "hypotheses": .integer(configuration.hypotheses),
      "slots": .integer(configuration.slots), "text": .text(configuration.text == .miniLM ? "minilm" : "scratch"),
      "mean": .array(normalization.mean.map { .number(Double($0)) }),
      "deviation": .array(normalization.deviation.map { .number(Double($0)) }),
      "vocabulary": .array(vocabulary.map(JSON.text)),
      "shapes": .array(configuration.kinds.shapes.map(JSON.text)),
      "colors": .array(configuration.kinds.colors.map(JSON.text)),
    ]
  }

  init(json: JSON) throws(JSONMismatch) {
    let version = try json.member("formatVersion", \.asInt)
    guard version == Self.formatVersion else {
      throw JSONMismatch(message: "format version \(version); this program reads \(Self.formatVersion)")
    }
    let model = try json.member("model", \.asText)
    guard model == Self.model else { throw JSONMismatch(message: "a model called \"\(model)\"") }
    var cameras: [PolicyInterface.Camera] = []
    for camera in try json.member("cameras", \.asArray) {
      let size = PictureSize(width: try camera.member("width", \.asInt), height: try camera.member("height", \.asInt))
      guard (8...1024).contains(size.width), (8...1024).contains(size.height) else {
        throw JSONMismatch(message: "a camera of \(size.width)×\(size.height)")
      }
      cameras.append(
        PolicyInterface.Camera(
          name: try camera.member("name", \.asText), size: size,
          mount: try camera["mount"].map { mount throws(JSONMismatch) in try CameraMount(json: mount) }))
    }
    var fields: [ProprioceptionLayout.Field] = []
    for field in try json.member("proprioception", \.asArray) {
      fields.append(
        ProprioceptionLayout.Field(name: try field.member("name", \.asText), count: try field.bounded("count", 1...256))
      )
    }
    interface = PolicyInterface(
      robot: try json.member("robot", \.asText), actionSpace: try json.member("actionSpace", \.asText),
      actionCount: try json.bounded("actionCount", 1...64), controlHz: try json.bounded("controlHz", 1...1000),
      cameras: cameras, proprioception: ProprioceptionLayout(fields: fields))
    vocabulary = try json.member("vocabulary", \.asArray).compactMap(\.asText)
    let text: TextConfiguration =
      try json.member("text", \.asText) == "minilm" ? .miniLM : .scratch(vocabularySize: vocabulary.count)
    configuration = SmallPolicy.Configuration(
      cameras: cameras, proprioceptionCount: try json.bounded("proprioceptionCount", 0...256),
      actionCount: interface.actionCount, width: try json.bounded("width", 1...1024),
      chunk: try json.bounded("chunk", 1...100),
      hypotheses: json["hypotheses"] == nil ? 1 : try json.bounded("hypotheses", 1...64), text: text,
      slots: try json.bounded("slots", 1...VisionTower.attended),
      kinds: ThingKinds(
        shapes: try json.member("shapes", \.asArray).compactMap(\.asText),
        colors: try json.member("colors", \.asArray).compactMap(\.asText)))
    normalization = Normalization(
      mean: try json.numbers("mean"), deviation: try json.numbers("deviation"))
    let own = OwnMotion(layout: interface.proprioception, controlHz: interface.controlHz).count
    guard normalization.mean.count == own, normalization.deviation.count == own,
      [0, own].contains(configuration.proprioceptionCount), !normalization.deviation.contains(where: { !($0 > 0) })
    else { throw JSONMismatch(message: "the normalization does not fit the robot's \(own) numbers") }
  }
}

extension CameraMount {
  fileprivate var json: JSON {
    let (p, q) = (handFromCamera.position, handFromCamera.orientation)
    return [
      "position": .array([p.x, p.y, p.z].map(JSON.number)),
      "orientation": .array([q.x, q.y, q.z, q.w].map(JSON.number)), "fovDegrees": .number(fovDegrees),
    ]
  }

  fileprivate init(json: JSON) throws(JSONMismatch) {
    let (p, q) = (try json.doubles("position"), try json.doubles("orientation"))
    let fov = try json.member("fovDegrees", \.asDouble)
    guard p.count == 3, q.count == 4, abs(q.reduce(0) { $0 + $1 * $1 } - 1) < 1e-6, fov > 0, fov < 180 else {
      throw JSONMismatch(message: "a camera's mount is none")
    }
    self.init(
      handFromCamera: Pose(
        position: Vector3(p[0], p[1], p[2]), orientation: Quaternion(x: q[0], y: q[1], z: q[2], w: q[3])),
      fovDegrees: fov)
  }
}

extension JSON {
  fileprivate func bounded(_ key: String, _ range: ClosedRange<Int>) throws(JSONMismatch) -> Int {
    let value = try member(key, \.asInt)
    guard range.contains(value) else { throw JSONMismatch(message: "\(key) is \(value)") }
    return value
  }

  fileprivate func numbers(_ key: String) throws(JSONMismatch) -> [Float] {
    let numbers = try doubles(key).map(Float.init)
    guard numbers.allSatisfy(\.isFinite) else {
      throw JSONMismatch(message: "\(key) holds something that is no number")
    }
    return numbers
  }

  fileprivate func doubles(_ key: String) throws(JSONMismatch) -> [Double] {
    let values = try member(key, \.asArray)
    let numbers = values.compactMap(\.asDouble)
    guard numbers.count == values.count, numbers.allSatisfy(\.isFinite) else {
      throw JSONMismatch(message: "\(key) holds something that is no number")
    }
    return numbers
  }
}
