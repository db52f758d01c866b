import RehearsalCore

@testable import Learning

/// Demonstrations whose actions follow from the words and the picture's brightness.
enum Synthetic {
  static let interface = PolicyInterface(
    robot: "rover", actionSpace: "baseTwist", actionCount: 2, controlHz: 10,
    cameras: [.init(name: "front", size: PictureSize(width: 16, height: 16))],
    proprioception: ProprioceptionLayout(fields: [.init(name: "robot0_base_twist", count: 2)]))

  static let instructions = ["go left", "go right"]
  static let brightnesses: [UInt8] = [10, 40, 70, 100, 150, 180, 210, 240]

  /// What is to be done at this brightness.
  static func action(_ instruction: String, _ brightness: UInt8) -> [Float] {
    [instruction == "go left" ? 0.6 : -0.6, (Float(brightness) / 255 * 2 - 1) * 0.8]
  }

  static func picture(_ brightness: UInt8) -> [UInt8] { Array(repeating: brightness, count: 16 * 16 * 3) }

  /// Every instruction at every brightness, sixteen steps each.
  static var demonstrations: [Demonstration] {
    instructions.flatMap { instruction in
      brightnesses.map { demonstration(instruction, $0, steps: 16) }
    }
  }

  static func demonstration(_ instruction: String, _ brightness: UInt8, steps: Int) -> Demonstration {
    Demonstration(
      episode: "\(instruction)/\(brightness)", command: "go", instruction: instruction, meaning: instruction,
      steps: steps,
      pictures: [(0..<steps).flatMap { _ in picture(brightness) }],
      ownMotion: (0..<(steps * 5)).map { Float($0 % 7) / 10 },
      actions: (0..<steps).flatMap { _ in action(instruction, brightness) }, grounding: nil)
  }

  /// Mean squared error of answering the mean of all actions, always.
  static var lossOfTheMean: Double {
    let actions = demonstrations.map { $0.actions[..<2].map(Double.init) }
    let count = Double(actions.count)
    return (0..<2).reduce(0) { sum, element in
      let values = actions.map { $0[element] }
      let mean = values.reduce(0, +) / count
      return sum + values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / count / 2
    }
  }

  /// Chunks of 4, batches of 16; nothing is held back.
  static func plan(epochs: Int, augmentedShare: Double) -> TrainingPlan {
    var plan = TrainingPlan(
      name: "synthetic", demonstrations: [.init(.run, path: "/nowhere")], experiment: "/nowhere", epochs: epochs)
    plan.model.chunk = 4
    plan.batchSize = 16
    plan.validationShare = 0
    plan.augmentedShare = augmentedShare
    return plan
  }

  /// On one thread, so that sums are added in one order.
  static func trainer(epochs: Int = 2, augmentedShare: Double = 0.5) throws -> Trainer {
    Compute.use(threads: 1)
    return try Trainer(
      plan(epochs: epochs, augmentedShare: augmentedShare), interface: interface, demonstrations: demonstrations)
  }

  static func observation(_ instruction: String, _ brightness: UInt8) -> Observation {
    Observation(
      tick: 0, instruction: instruction,
      images: [CameraImage(width: 16, height: 16, rgb: picture(brightness))], proprioception: [0, 0.1])
  }
}
