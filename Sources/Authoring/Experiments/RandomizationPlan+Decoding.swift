internal import RehearsalCore

extension RandomizationPlan {
  /// Sets the factor called `factor` to what `reader` holds.
  mutating func set(_ factor: String, from reader: YAMLReader) {
    switch factor {
    case "distractors": distractors = Self.count(reader)
    case "size": size = reader.distribution(.between(0.2, 5))
    case "lighting": lighting = reader.mapping(Lighting.init)
    case "colour": colour = reader.mapping(Colour.init)
    case "texture": texture = reader.mapping(TextureChoice.init)
    case "background": background = reader.mapping(BackgroundChoice.init)
    case "camera": camera = reader.mapping(CameraShift.init)
    case "robot": robot = reader.mapping(RobotShift.init)
    case "dynamics": dynamics = reader.mapping(Dynamics.init)
    case "image": image = reader.mapping(ImageJitter.init)
    case "actuation": actuation = reader.mapping(Actuation.init)
    default: preconditionFailure("no factor \(factor)")
    }
  }

  private static func count(_ reader: YAMLReader) -> ClosedRange<Int> {
    if reader.isScalar {
      let count = reader.integer(0...100)
      return count...count
    }
    let bounds = reader.elements.map { $0.integer(0...100) }
    if bounds.count == 2, bounds[0] <= bounds[1] { return bounds[0]...bounds[1] }
    reader.error("expected a whole number or [least, most]")
    return 0...0
  }
}

extension RandomizationPlan.Lighting {
  fileprivate init(_ map: YAMLMapping) {
    self.init(
      count: map.countRange("count", 1...8, default: 1...1),
      azimuthDegrees: map.distribution("azimuthDegrees", .between(-360, 360)),
      elevationDegrees: map.distribution("elevationDegrees", .between(1, 90)),
      temperatureKelvin: map.distribution("temperatureKelvin", .between(1000, 15000)),
      intensity: map.distribution("intensity", .notNegative), ambient: map.distribution("ambient", .notNegative))
  }
}

extension RandomizationPlan.Colour {
  fileprivate init(_ map: YAMLMapping) {
    self.init(
      objectHueDegrees: map.distribution("objectHueDegrees", .between(-15, 15)),
      objectSaturation: map.distribution("objectSaturation", .notNegative),
      objectValue: map.distribution("objectValue", .notNegative),
      sceneryHueDegrees: map.distribution("sceneryHueDegrees", .between(0, 360)),
      scenerySaturation: map.distribution("scenerySaturation", .fraction),
      sceneryValue: map.distribution("sceneryValue", .fraction))
  }
}

extension RandomizationPlan.TextureChoice {
  fileprivate init(_ map: YAMLMapping) {
    self.init(
      sceneryProbability: map.number("sceneryProbability", .fraction),
      objectProbability: map.number("objectProbability", .fraction), scale: map.distribution("scale", .positive))
  }
}

extension RandomizationPlan.BackgroundChoice {
  fileprivate init(_ map: YAMLMapping) {
    self.init(saturation: map.distribution("saturation", .fraction), value: map.distribution("value", .fraction))
  }
}

extension RandomizationPlan.CameraShift {
  fileprivate init(_ map: YAMLMapping) {
    self.init(
      position: map.distribution("position", .between(-1, 1)),
      rotationDegrees: map.distribution("rotationDegrees", .between(-90, 90)),
      fovDegrees: map.distribution("fovDegrees", .between(-30, 30)))
  }
}

extension RandomizationPlan.RobotShift {
  fileprivate init(_ map: YAMLMapping) {
    self.init(
      position: map.distribution("position", .between(-2, 2)),
      yawDegrees: map.distribution("yawDegrees", .between(-180, 180)),
      armJoints: map.distribution("armJoints", .between(-0.5, 0.5)))
  }
}

extension RandomizationPlan.Dynamics {
  fileprivate init(_ map: YAMLMapping) {
    self.init(mass: map.distribution("mass", .positive), friction: map.distribution("friction", .positive))
  }
}

extension RandomizationPlan.ImageJitter {
  fileprivate init(_ map: YAMLMapping) {
    self.init()
    brightness = map.distribution("brightness", .notNegative, default: brightness)
    gain = map.distribution("gain", .notNegative, default: gain)
    contrast = map.distribution("contrast", .notNegative, default: contrast)
    saturation = map.distribution("saturation", .notNegative, default: saturation)
    hueTurns = map.distribution("hueTurns", .between(-0.5, 0.5), default: hueTurns)
    gamma = map.distribution("gamma", .positive, default: gamma)
    grayscaleProbability = map.number("grayscaleProbability", .fraction, default: 0)
    rotationDegrees = map.distribution("rotationDegrees", .between(-180, 180), default: rotationDegrees)
    noise = map.distribution("noise", .notNegative, default: noise)
    blurPixels = map.distribution("blurPixels", .notNegative, default: blurPixels)
    shadowProbability = map.number("shadowProbability", .fraction, default: 0)
    shadowFactor = map.distribution("shadowFactor", .fraction, default: shadowFactor)
  }
}

extension RandomizationPlan.Actuation {
  fileprivate init(_ map: YAMLMapping) {
    self.init(
      burstProbability: map.number("burstProbability", .fraction),
      burstTicks: map.countRange("burstTicks", 1...1000, default: 1...1), magnitude: map.number("magnitude", .fraction))
  }
}
