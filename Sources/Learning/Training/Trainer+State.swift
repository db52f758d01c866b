internal import Foundation
public import RehearsalCore

/// Saving and continuing.
extension Trainer {
  /// Writes the policy as it would be used: averaged weights.
  public func writePolicy(to path: String) throws {
    try PolicyCheckpoint.write(description, average.averages, to: path)
  }

  /// Writes everything that the next step depends on, and `notes` of the caller.
  public func writeState(to path: String, notes: JSON) throws {
    let averages = average.averages.map { NamedTensor("average." + $0.name, $0.tensor) }
    let state: JSON = [
      "epoch": .integer(epoch), "step": .integer(optimizer.step), "notes": notes, "policy": description.json,
    ]
    try SafetensorsFile.write(
      path, tensors: (store.all + averages + optimizer.moments).map(\.stored), metadata: ["training": state.text])
  }

  /// Continues where `writeState` left off; returns its notes. Throws if the state is that of another training.
  public func resume(from path: String) throws -> JSON {
    let saved = try SavedTraining(path: path)
    guard saved.policy == description.json else { throw SavedTraining.damaged(path) }
    let averages = average.averages.map { NamedTensor("average." + $0.name, $0.tensor) }
    let all = store.all + averages + optimizer.moments
    guard Set(all.map(\.name)) == Set(saved.file.names) else { throw SavedTraining.damaged(path) }
    for target in all {
      guard saved.file.shape(of: target.name) == target.tensor.shape else { throw SavedTraining.damaged(path) }
      target.tensor.replace(with: try saved.file.floats(target.name))
    }
    epoch = saved.epoch
    optimizer.resume(atStep: saved.step)
    return saved.notes
  }
}
