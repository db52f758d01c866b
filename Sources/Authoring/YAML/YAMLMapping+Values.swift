internal import RehearsalCore

extension YAMLMapping {
  /// A required list of exactly `count` numbers.
  func numbers(_ key: String, count: Int, _ range: NumberRange = .any) -> [Double] {
    required(key)?.numbers(count: count, range) ?? Array(repeating: range.placeholder, count: count)
  }

  func numbers(_ key: String, count: Int, _ range: NumberRange = .any, default value: [Double]) -> [Double] {
    child(key)?.numbers(count: count, range) ?? value
  }

  /// A required `[x, y, z]`.
  func vector(_ key: String, _ range: NumberRange = .any) -> Vector3 {
    let v = numbers(key, count: 3, range)
    return Vector3(v[0], v[1], v[2])
  }

  func vector(_ key: String, _ range: NumberRange = .any, default value: Vector3) -> Vector3 {
    child(key) == nil ? value : vector(key, range)
  }

  /// `position: [x, y, z]` and `rollPitchYawDegrees: [r, p, y]` or `yawDegrees`, all optional, of this mapping.
  func pose() -> Pose {
    let position = vector("position", default: .zero)
    let yaw = child("yawDegrees")
    let rpy = vector("rollPitchYawDegrees", default: Vector3(0, 0, yaw?.number() ?? 0)) * (.pi / 180)
    if let yaw, has("rollPitchYawDegrees") { yaw.error("cannot stand beside rollPitchYawDegrees") }
    return Pose(position: position, orientation: Quaternion(roll: rpy.x, pitch: rpy.y, yaw: rpy.z))
  }

  /// A required colour: a name, `[r, g, b]` or `"#rrggbb"`; see `YAMLReader.color`.
  func color(_ key: String) -> Color { required(key)?.color ?? .white }

  func color(_ key: String, default value: Color) -> Color { child(key)?.color ?? value }

  /// A number, `{uniform: [low, high]}`, `{normal: [mean, sd]}` or `{choice: [..]}`.
  func distribution(_ key: String, _ range: NumberRange = .any, default value: Distribution) -> Distribution {
    child(key)?.distribution(range) ?? value
  }

  /// A required distribution.
  func distribution(_ key: String, _ range: NumberRange = .any) -> Distribution {
    required(key)?.distribution(range) ?? .constant(range.placeholder)
  }

  /// A whole number or `[least, most]`.
  func countRange(_ key: String, _ range: ClosedRange<Int>, default value: ClosedRange<Int>) -> ClosedRange<Int> {
    guard let reader = child(key) else { return value }
    if reader.isScalar {
      let count = reader.integer(range)
      return count...count
    }
    let bounds = reader.elements.map { $0.integer(range) }
    if bounds.count == 2, bounds[0] <= bounds[1] { return bounds[0]...bounds[1] }
    if reader.isSequence { reader.error("expected a whole number or [least, most]") }
    return value
  }
}

extension YAMLReader {
  func numbers(count: Int, _ range: NumberRange = .any) -> [Double] {
    let values = elements.map { $0.number(range) }
    if values.count == count { return values }
    if isSequence { error("expected \(count) numbers, found \(values.count)") }
    return Array(repeating: range.placeholder, count: count)
  }

  func distribution(_ range: NumberRange = .any) -> Distribution {
    if isScalar { return .constant(number(range)) }
    let read = mapping { map -> Distribution? in
      let (uniform, normal, choice) = (map.child("uniform"), map.child("normal"), map.child("choice"))
      guard [uniform, normal, choice].compactMap({ $0 }).count == 1 else { return nil }
      if let uniform { return uniform.uniform(range) }
      if let normal { return normal.normal(range) }
      return choice?.choices(range)
    }
    if let distribution = read ?? nil { return distribution }
    if isMapping, read != nil {
      error("expected a number, {uniform: [low, high]}, {normal: [mean, sd]} or {choice: [..]}")
    }
    return .constant(range.placeholder)
  }

  private func uniform(_ range: NumberRange) -> Distribution {
    let bounds = numbers(count: 2, range)
    if bounds[0] <= bounds[1] { return .uniform(bounds[0], bounds[1]) }
    error("the lower bound \(bounds[0].written) is above the upper bound \(bounds[1].written)")
    return .constant(bounds[0])
  }

  private func normal(_ range: NumberRange) -> Distribution {
    let values = numbers(count: 2)
    if values[1] < 0 {
      error("the standard deviation must be at least 0")
      return .constant(values[0])
    }
    let distribution = Distribution.normal(mean: values[0], standardDeviation: values[1])
    let bounds = distribution.bounds
    if !range.contains(bounds.lowerBound) || !range.contains(bounds.upperBound) {
      error("\(range.requirement), up to three standard deviations from the mean")
    }
    return distribution
  }

  private func choices(_ range: NumberRange) -> Distribution {
    let values = elements.map { $0.number(range) }
    if !values.isEmpty { return .choice(values) }
    if isSequence { error("expected at least one number") }
    return .constant(range.placeholder)
  }

  /// Linear RGB from a `NamedColor`, from `[r, g, b]` or from `"#rrggbb"`, both sRGB.
  var color: Color {
    if isSequence {
      let v = numbers(count: 3, .fraction)
      return Color(sRGB: v[0], v[1], v[2])
    }
    guard let text else { return .white }
    if let named = NamedColor(rawValue: text) { return named.color }
    if text.hasPrefix("#"), text.utf8.count == 7, let bits = UInt32(text.dropFirst(), radix: 16) {
      let channel = { (shift: UInt32) in Double(bits >> shift & 255) / 255 }
      return Color(sRGB: channel(16), channel(8), channel(0))
    }
    let names = NamedColor.allCases.map(\.rawValue)
    error("\"\(text)\" is no colour: use [r, g, b], \"#rrggbb\" or a name\(suggestion(for: text, among: names))")
    return .white
  }
}
