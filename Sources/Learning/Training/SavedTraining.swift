public import RehearsalCore

/// A training's state as `Trainer.writeState` wrote it: what it says of itself, its tensors unread.
public struct SavedTraining {
  /// Epochs that are complete.
  public let epoch: Int
  public let step: Int
  /// Of the caller of `writeState`.
  public let notes: JSON
  let policy: JSON
  let file: SafetensorsFile

  /// Throws if there is no state at `path`.
  public init(path: String) throws {
    file = try SafetensorsFile(path: path)
    guard let text = file.metadata["training"], let state = try? JSON(parsing: Array(text.utf8)),
      let epoch = state["epoch"]?.asInt, let step = state["step"]?.asInt, let notes = state["notes"],
      let policy = state["policy"]
    else { throw Self.damaged(path) }
    (self.epoch, self.step, self.notes, self.policy) = (epoch, step, notes, policy)
  }

  static func damaged(_ path: String) -> RehearsalError {
    RehearsalError(
      .malformed, "\(path) is not the state of this training",
      remedy: "choose another --out, or remove it and start again")
  }

  /// Whether `plan`, for this interface, is at its end here, as far as can be told without its demonstrations.
  public func completes(_ plan: TrainingPlan, interface: PolicyInterface) -> Bool {
    guard epoch >= plan.epochs, let saved = try? PolicyDescription(json: policy) else { return false }
    let (model, network) = (plan.model, saved.configuration)
    return saved.interface == interface && network.width == model.width && network.chunk == model.chunk
      && network.hypotheses == model.hypotheses && (network.proprioceptionCount > 0) == model.proprioception
      && (network.text == .miniLM) == (model.text == .minilm)
  }
}
