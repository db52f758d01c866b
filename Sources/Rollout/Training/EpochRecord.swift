import Foundation
import Learning
import RehearsalCore

/// How an epoch went.
struct EpochRecord {
  var epoch: Int
  var step: Int
  var training: Losses
  var validation: Losses?
  /// In the loop, 0…1, where it was asked.
  var success: Double?

  var text: String {
    var line = String(
      format: "epoch %d: action loss %.4f, grounding %.3f, within 0.1: %.1f %%", epoch, training.action,
      training.grounding, training.within * 100)
    if let validation {
      line += String(
        format: "; held back: %.4f, %.3f, %.1f %%", validation.action, validation.grounding, validation.within * 100)
    }
    if let success { line += String(format: "; in the loop: %.1f %%", success * 100) }
    return line
  }

  var json: JSON {
    var members: [JSON.Member] = [
      .init("epoch", .integer(epoch)), .init("step", .integer(step)), .init("training", training.json),
    ]
    if let validation { members.append(.init("validation", validation.json)) }
    if let success { members.append(.init("success", .number(success))) }
    return .object(members)
  }

  init(epoch: Int, step: Int, training: Losses, validation: Losses?) {
    self.epoch = epoch
    self.step = step
    self.training = training
    self.validation = validation
  }

  init?(json: JSON) {
    guard let epoch = json["epoch"]?.asInt, let step = json["step"]?.asInt, let training = json["training"] else {
      return nil
    }
    self.init(
      epoch: epoch, step: step, training: Losses(json: training), validation: json["validation"].map(Losses.init(json:))
    )
    success = json["success"]?.asDouble
  }
}

extension Losses {
  var json: JSON {
    [
      "total": .number(total), "action": .number(action), "grounding": .number(grounding), "within": .number(within),
    ]
  }

  init(json: JSON) {
    self.init()
    total = json["total"]?.asDouble ?? .nan
    action = json["action"]?.asDouble ?? .nan
    grounding = json["grounding"]?.asDouble ?? .nan
    within = json["within"]?.asDouble ?? .nan
  }
}
