public import RehearsalCore

/// The line of `episodes.jsonl`; reading it back gives the same record.
extension EpisodeRecord {
  public var json: JSON {
    .object(
      [JSON.Member("episode", .integer(index))] + outcome.members + [
        JSON.Member("commands", .array(commands.map(\.json))), JSON.Member("steps", .integer(steps)),
        JSON.Member("stateHash", .text(stateHash.hexadecimal)),
        JSON.Member("sampled", .object(sampled.map { JSON.Member($0.name, $0.value.json) })),
        JSON.Member("degraded", degradedSteps.json), JSON.Member("safety", safety.json),
      ] + (meanConfidence.map { [JSON.Member("meanConfidence", .number($0))] } ?? []) + [
        JSON.Member("timing", timing.json)
      ])
  }

  init(json: JSON) throws(JSONMismatch) {
    let sampled = try json.member("sampled", \.asObject)
    self.init(
      index: try json.member("episode", \.asInt), outcome: try EpisodeOutcome(json: json),
      commands: try Self.each(json.member("commands", \.asArray)) { (json) throws(JSONMismatch) in
        try CommandResult(json: json)
      }, steps: try json.member("steps", \.asInt),
      stateHash: try json.member("stateHash") { $0.asText.flatMap(UInt64.init(hexadecimal:)) },
      sampled: try Self.each(sampled) { (member) throws(JSONMismatch) in
        Sample(member.name, try Sample.Value(json: member.value))
      }, degradedSteps: try DegradedSteps(json: json.member("degraded") { $0 }),
      // Journals from before there was safety have none of it, nor of the timings that came with it.
      safety: try json["safety"].map { json throws(JSONMismatch) in try SafetyCounts(json: json) } ?? SafetyCounts(),
      meanConfidence: try json["meanConfidence"] == nil ? nil : json.member("meanConfidence", \.asDouble),
      timing: try EpisodeTiming(json: json.member("timing") { $0 }))
  }

  private static func each<Element, Result>(
    _ elements: [Element], _ read: (Element) throws(JSONMismatch) -> Result
  ) throws(JSONMismatch) -> [Result] {
    var all: [Result] = []
    for element in elements { all.append(try read(element)) }
    return all
  }
}

extension UInt64 {
  /// The inverse of `hexadecimal`.
  init?(hexadecimal digits: String) {
    guard digits.utf8.count == 16 else { return nil }
    self.init(digits, radix: 16)
  }
}

extension CommandResult {
  var json: JSON {
    .object(
      [
        JSON.Member("command", .text(command)), JSON.Member("instruction", .text(instruction)),
        JSON.Member("heldOut", .bool(isHeldOut)), JSON.Member("outcome", .text(outcome)),
        JSON.Member("startTick", .integer(startTick)), JSON.Member("endTick", .integer(endTick)),
        JSON.Member("progress", .number(progress)),
      ] + (swap.map { [JSON.Member("swap", .text($0.rawValue))] } ?? []))
  }

  init(json: JSON) throws(JSONMismatch) {
    self.init(
      command: try json.member("command", \.asText), instruction: try json.member("instruction", \.asText),
      isHeldOut: try json.member("heldOut", \.asBool), outcome: try json.member("outcome", \.asText),
      startTick: try json.member("startTick", \.asInt), endTick: try json.member("endTick", \.asInt),
      progress: try json.member("progress", \.asDouble))
    if json["swap"] != nil { swap = try json.member("swap") { $0.asText.flatMap(SwapResult.init) } }
  }
}

extension Sample.Value {
  var json: JSON {
    switch self {
    case .number(let value): .number(value)
    case .numbers(let values): .array(values.map(JSON.number))
    case .text(let text): .text(text)
    }
  }

  init(json: JSON) throws(JSONMismatch) {
    if let text = json.asText {
      self = .text(text)
    } else if let number = json.asDouble {
      self = .number(number)
    } else if let numbers = json.asArray?.map(\.asDouble), !numbers.contains(nil) {
      self = .numbers(numbers.compactMap { $0 })
    } else {
      throw JSONMismatch(message: "a sampled value that is neither number, numbers nor text")
    }
  }
}

extension DegradedSteps {
  var json: JSON { ["actionClamped": .integer(actionClamped), "targetClamped": .integer(targetClamped)] }

  init(json: JSON) throws(JSONMismatch) {
    self.init()
    actionClamped = try json.member("actionClamped", \.asInt)
    targetClamped = try json.member("targetClamped", \.asInt)
  }
}

extension EpisodeTiming {
  var json: JSON {
    [
      "total": .number(total), "physics": .number(physics), "render": .number(render), "policy": .number(policy),
      "record": .number(record), "decisions": .array(decisions.map(JSON.number)), "deadline": .number(deadline),
      "slowdowns": .integer(slowdowns),
    ]
  }

  init(json: JSON) throws(JSONMismatch) {
    self.init()
    total = try json.member("total", \.asDouble)
    physics = try json.member("physics", \.asDouble)
    render = try json.member("render", \.asDouble)
    policy = try json.member("policy", \.asDouble)
    record = try json.member("record", \.asDouble)
    guard json["decisions"] != nil else { return }
    decisions = try json.member("decisions") { $0.asArray?.compactMap(\.asDouble) }
    deadline = try json.member("deadline", \.asDouble)
    slowdowns = try json.member("slowdowns", \.asInt)
  }
}
