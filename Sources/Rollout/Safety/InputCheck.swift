import RehearsalCore

/// Whether an observation is what the policy was promised.
struct InputCheck {
  /// Width and height of every picture, in order.
  let pictures: [(width: Int, height: Int)]
  let proprioceptionCount: Int

  /// What the policy is shown in an episode; without a renderer, no pictures.
  init(plan: ExperimentPlan, setup: EpisodeSetup, draws: Bool) {
    pictures =
      draws ? plan.cameras.map { (setup.appearance.cameras[$0].width, setup.appearance.cameras[$0].height) } : []
    proprioceptionCount = ProprioceptionLayout(robot: setup.scene.robot).count
  }

  func check(_ observation: Observation) throws(PolicyFault) {
    guard observation.images.count == pictures.count else {
      throw .badInput("\(observation.images.count) pictures instead of \(pictures.count)")
    }
    for (index, (image, size)) in zip(observation.images, pictures).enumerated() {
      guard image.width == size.width, image.height == size.height, image.rgb.count == 3 * size.width * size.height
      else {
        throw .badInput(
          "picture \(index) is \(image.width)×\(image.height) with \(image.rgb.count) bytes instead of "
            + "\(size.width)×\(size.height) with \(3 * size.width * size.height)")
      }
    }
    let numbers = observation.proprioception
    guard numbers.count == proprioceptionCount else {
      throw .badInput("\(numbers.count) numbers of proprioception instead of \(proprioceptionCount)")
    }
    if let index = numbers.firstIndex(where: { !$0.isFinite }) {
      throw .badInput("number \(index) of proprioception is not finite")
    }
  }
}
