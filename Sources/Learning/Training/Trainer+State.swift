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
    let file = try SafetensorsFile(path: path)
    let damaged = RehearsalError(
      .malformed, "\(path) is not the state of this training",
      remedy: "choose another --out, or remove it and start again")
    guard let text = file.metadata["training"], let state = try? JSON(parsing: Array(text.utf8)),
      let epoch = state["epoch"]?.asInt, let step = state["step"]?.asInt, let notes = state["notes"],
      state["policy"] == description.json
    else { throw damaged }
    let averages = average.averages.map { NamedTensor("average." + $0.name, $0.tensor) }
    let all = store.all + averages + optimizer.moments
    guard Set(all.map(\.name)) == Set(file.names) else { throw damaged }
    for target in all {
      guard file.shape(of: target.name) == target.tensor.shape else { throw damaged }
      target.tensor.replace(with: try file.floats(target.name))
    }
    self.epoch = epoch
    optimizer.resume(atStep: step)
    return notes
  }
}
