internal import RehearsalCore

extension ExperimentPlan {
  /// XXH64 over everything that makes two numbers comparable, written canonically.
  ///
  /// Left out: name, seed, number of episodes, policy, baselines, recording, and cameras that no policy sees.
  var computedProtocolID: String {
    var (scene, appearance) = (scene, appearance)
    scene.cameras = cameras.map { self.scene.cameras[$0] }
    appearance.cameras = cameras.map { self.appearance.cameras[$0] }
    var parts: [String: Any] = [
      "scene": scene, "appearance": appearance, "placements": placements, "robotRegion": robotRegion as Any,
      "commands": commands, "facts": facts, "schedule": schedule, "phrasings": phrasings,
      "alreadySatisfied": alreadySatisfied, "actionSpace": actionSpace, "controlHz": controlHz, "physics": physics,
      "renderer": renderer, "quality": quality, "latencyTicks": latencyTicks,
      "executedActions": executedActions as Any, "randomization": randomization, "settleTicks": settleTicks,
    ]
    // Only where there is one: a protocol without keeps the id that it had before there were any.
    if language != .given { parts["language"] = language }
    if let temporalEnsembling { parts["temporalEnsembling"] = temporalEnsembling }
    // The default changes nothing that a sound policy does: with it, ids are what they were before there was safety.
    if safety != SafetyPlan() { parts["safety"] = safety }
    var values = parts.mapValues(CanonicalJSON.init(reflecting:))
    // A factor that came after the first results: where it is absent, ids stay what they were.
    if randomization.actuation == nil, case .object(var factors) = values["randomization"] {
      factors["actuation"] = nil
      values["randomization"] = .object(factors)
    }
    var hash = XXHash64()
    hash.update(CanonicalJSON.object(values).text)
    return hash.digest.hexadecimal
  }
}
