internal import RehearsalCore

extension SafetyPlan {
  /// `on`, `off`, or a mapping of the parts that differ from the default.
  init(_ reader: YAMLReader) {
    self.init()
    if reader.isScalar {
      if !reader.isOn { self = .off }
    } else {
      _ = reader.mapping { read($0) }
    }
  }

  private mutating func read(_ map: YAMLMapping) {
    checksInputs = map.child("inputs")?.isOn ?? true
    largestElement = map.child("outputs").map(Self.largestElement) ?? largestElement
    fallsBack = map.child("fallback")?.isOn ?? true
    emergencyStopFaults = map.child("emergencyStop").map(Self.faults) ?? emergencyStopFaults
    velocity = map.child("velocity").map(VelocityLimits.init) ?? velocity
    workspace = map.child("workspace").map(WorkspaceLimits.init) ?? workspace
  }

  /// `on`, `off` or `{limit: 10}`.
  private static func largestElement(_ reader: YAMLReader) -> Double? {
    let usual = SafetyPlan().largestElement
    if reader.isScalar { return reader.isOn ? usual : nil }
    return reader.mapping { $0.number("limit", .between(1, 1e6)) } ?? usual
  }

  /// `on`, `off` or a number of faults.
  private static func faults(_ reader: YAMLReader) -> Int? {
    if reader.plainNumber != nil { return reader.integer(1...1_000_000) }
    return reader.isOn ? SafetyPlan().emergencyStopFaults : nil
  }
}

extension SafetyPlan.VelocityLimits {
  /// `off`, one share of all top speeds, or `{base:, endEffector:}`.
  fileprivate init(_ reader: YAMLReader) {
    self.init()
    if reader.plainNumber != nil {
      let share = reader.number(Self.share)
      self.init(base: share, endEffector: share)
    } else if reader.isScalar {
      reader.requireOff()
    } else {
      _ = reader.mapping { map in
        base = map.number("base", Self.share, default: 1)
        endEffector = map.number("endEffector", Self.share, default: 1)
      }
    }
  }

  private static let share = NumberRange(minimum: 0, maximum: 1, excludesMinimum: true)
}

extension SafetyPlan.WorkspaceLimits {
  /// `off`, or `{endEffector: {minimum:, maximum:}, base: {minimum:, maximum:}}`.
  fileprivate init(_ reader: YAMLReader) {
    self.init()
    if reader.isScalar {
      reader.requireOff()
      return
    }
    _ = reader.mapping { map in
      endEffector = map.child("endEffector")?.corners(count: 3).map { low, high in
        BoundingBox(minimum: Vector3(low[0], low[1], low[2]), maximum: Vector3(high[0], high[1], high[2]))
      }
      base = map.child("base")?.corners(count: 2).map { low, high in
        SafetyPlan.KeepInRegion(minimum: SIMD2(low[0], low[1]), maximum: SIMD2(high[0], high[1]))
      }
    }
  }
}

extension YAMLReader {
  /// Whether `on` stands here, and not `off`; anything else is reported.
  fileprivate var isOn: Bool { choice(among: ["on", "off"]) == "on" }

  fileprivate func requireOff() { _ = choice(among: ["off"]) }

  /// `{minimum:, maximum:}`, each of so many numbers; nil, and reported, where a minimum is above its maximum.
  fileprivate func corners(count: Int) -> (low: [Double], high: [Double])? {
    let read = mapping { map in (low: map.numbers("minimum", count: count), high: map.numbers("maximum", count: count))
    }
    guard let read, !zip(read.low, read.high).contains(where: { $0 > $1 }) else {
      if read != nil { error("a minimum is above its maximum") }
      return nil
    }
    return read
  }
}
