internal import RehearsalCore

extension EpisodeOutcome {
  /// `outcome`, and where it has one: `reason`, `message`, and `detail` with the reason's numbers.
  var members: [JSON.Member] {
    let kind = JSON.Member("outcome", .text(self.kind))
    switch self {
    case .success, .timeLimit: return [kind]
    case .invalid(let reason): return [kind, JSON.Member("reason", .text(reason))]
    case .failure(let reason):
      let rest = reason.detail.map { [JSON.Member("detail", $0)] } ?? []
      return [kind, JSON.Member("reason", .text(reason.name)), JSON.Member("message", .text(reason.message))] + rest
    }
  }

  init(json: JSON) throws(JSONMismatch) {
    switch try json.member("outcome", \.asText) {
    case "success": self = .success
    case "timeLimit": self = .timeLimit
    case "invalid": self = .invalid(reason: try json.member("reason", \.asText))
    case "failure": self = .failure(try FailureReason(json: json))
    case let other: throw JSONMismatch(message: "unknown outcome \"\(other)\"")
    }
  }
}

extension EpisodeOutcome.FailureReason {
  var detail: JSON? {
    switch self {
    case .policyThrew(let message): ["message": .text(message)]
    case .policyReturnedNonFinite(let index): ["index": .integer(index)]
    case .policyReturnedWrongShape(let expected, let got): ["expected": .integer(expected), "got": .integer(got)]
    case .policyReturnedOversize(let index): ["index": .integer(index)]
    case .policyHung(let seconds): ["afterSeconds": .number(seconds)]
    case .emergencyStop(let faults): ["afterFaults": .integer(faults)]
    case .robotLost, .targetLost: nil
    }
  }

  init(json: JSON) throws(JSONMismatch) {
    let detail = json["detail"] ?? .null
    switch try json.member("reason", \.asText) {
    case "policyThrew": self = .policyThrew(message: try detail.member("message", \.asText))
    case "policyReturnedNonFinite": self = .policyReturnedNonFinite(index: try detail.member("index", \.asInt))
    case "policyReturnedWrongShape":
      self = .policyReturnedWrongShape(
        expected: try detail.member("expected", \.asInt), got: try detail.member("got", \.asInt))
    case "policyReturnedOversize": self = .policyReturnedOversize(index: try detail.member("index", \.asInt))
    case "policyHung": self = .policyHung(afterSeconds: try detail.member("afterSeconds", \.asDouble))
    case "emergencyStop": self = .emergencyStop(afterFaults: try detail.member("afterFaults", \.asInt))
    case "robotLost": self = .robotLost
    case "targetLost": self = .targetLost
    case let other: throw JSONMismatch(message: "unknown failure reason \"\(other)\"")
    }
  }
}
