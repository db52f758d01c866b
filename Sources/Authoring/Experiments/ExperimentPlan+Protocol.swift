internal import RehearsalCore

extension ExperimentPlan {
  /// XXH64 over everything that makes two numbers comparable, written canonically.
  ///
  /// Left out: name, seed, number of episodes, policy, baselines, recording, and cameras that no policy sees.
  var computedProtocolID: String {
    var (scene, appearance) = (scene, appearance)
    scene.cameras = cameras.map { self.scene.cameras[$0] }
    appearance.cameras = cameras.map { self.appearance.cameras[$0] }
    let parts: [String: Any] = [
      "scene": scene, "appearance": appearance, "placements": placements, "robotRegion": robotRegion as Any,
      "commands": commands, "facts": facts, "schedule": schedule, "phrasings": phrasings,
      "alreadySatisfied": alreadySatisfied, "actionSpace": actionSpace, "controlHz": controlHz, "physics": physics,
      "renderer": renderer, "quality": quality, "latencyTicks": latencyTicks,
      "executedActions": executedActions as Any, "randomization": randomization, "settleTicks": settleTicks,
    ]
    var hash = XXHash64()
    hash.update(CanonicalJSON.object(parts.mapValues(CanonicalJSON.init(reflecting:))).text)
    return hash.digest.hexadecimal
  }
}
