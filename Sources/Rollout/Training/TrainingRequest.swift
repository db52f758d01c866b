internal import Authoring
internal import Learning
public import RehearsalCore

/// What `rehearse train` is asked for.
public struct TrainingRequest: Sendable {
  public var plan: TrainingPlan
  public var output: String
  public var provenance: RunRequest.Provenance

  public init(_ plan: TrainingPlan, output: String, provenance: RunRequest.Provenance) {
    self.plan = plan
    self.output = output
    self.provenance = provenance
  }

  func path(_ name: String) -> String { "\(output)/\(name)" }

  /// Where the best policy is: the latest one, unless success in the loop was ever measured.
  func bestPolicy(isRated: Bool) -> String { path(isRated ? "policy.safetensors" : "latest.safetensors") }

  /// What the policy is to meet.
  func interface() throws -> PolicyInterface {
    PolicyInterface(
      try ExperimentLoader.load(path: plan.experiment, overrides: plan.evaluation?.overrides ?? []).plan)
  }

  /// The run that measures `policy`'s success in the loop after `epoch`.
  func evaluation(_ evaluation: TrainingPlan.Evaluation, after epoch: Int, policy: String) -> RunRequest {
    var request = RunRequest(
      experiment: plan.experiment, workers: evaluation.workers, output: path("evaluations/epoch_\(epoch)"),
      provenance: provenance)
    request.overrides = evaluation.overrides
    request.episodes = evaluation.episodes
    request.seed = evaluation.seed
    request.policy = policy
    request.resumes = true
    request.kind = .demonstrations(images: false)
    return request
  }

  /// The run in which `policy` drives and the expert labels, for the `round`th time.
  func rollouts(_ rollouts: TrainingPlan.Rollouts, round: Int, policy: String) -> RunRequest {
    var request = RunRequest(
      experiment: plan.experiment, workers: plan.evaluation?.workers ?? 1, output: rolloutPath(round),
      provenance: provenance)
    // Or words that are held out would be learned.
    request.overrides = rollouts.overrides + ["phrasings=train"]
    request.episodes = rollouts.episodes
    request.seed = rollouts.seed + UInt64(round)
    request.policy = policy
    request.resumes = true
    request.kind = .demonstrations(images: true)
    request.labeller = "scripted"
    request.expertShare = rollouts.expertShare
    return request
  }

  func rolloutPath(_ round: Int) -> String { path("rollouts/round_\(round)") }
}
