import RehearsalCore

extension EpisodeDraw {
  /// Factors on the size, mass and friction of the present free bodies.
  mutating func dynamics() {
    var sizes = stream(.size)
    var weights = stream(.dynamics)
    for body in plan.placements.flatMap(\.bodies) {
      let name = plan.scene.bodies[body].name
      // Drawn for absent bodies too, so that an object's draw does not depend on which others are there.
      let scale = plan.randomization.size?.sample(&sizes)
      let mass = plan.randomization.dynamics?.mass.sample(&weights)
      let friction = plan.randomization.dynamics?.friction.sample(&weights)
      guard setup.scene.bodies[body].isPresent else { continue }
      if let scale {
        setup.scene.bodies[body].resize(by: scale)
        note("\(name).size", scale)
      }
      if let mass {
        setup.scene.bodies[body].mass.mass *= mass
        setup.scene.bodies[body].mass.principalInertia *= mass
        note("\(name).massFactor", mass)
      }
      if let friction {
        setup.scene.bodies[body].surface.friction *= friction
        note("\(name).frictionFactor", friction)
      }
    }
  }
}

extension BodyModel {
  /// Makes the body `factor` times as large at the same density.
  mutating func resize(by factor: Double) {
    for index in shapes.indices {
      shapes[index].geometry = shapes[index].geometry.scaled(by: factor)
      shapes[index].bodyFromShape.position *= factor
    }
    let cube = factor * factor * factor
    mass.mass *= cube
    mass.principalInertia *= cube * factor * factor
    mass.bodyFromInertial.position *= factor
  }
}
