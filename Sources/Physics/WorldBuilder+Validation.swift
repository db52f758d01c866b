import RehearsalCore

extension WorldBuilder {
  /// Rejects what Bullet would take without a word and simulate wrongly.
  func validate(_ settings: PhysicsSettings) throws {
    precondition(
      start.worldFromBody.count == scene.bodies.count && start.jointPositions.count == scene.joints.count,
      "a start of \(start.worldFromBody.count) bodies and \(start.jointPositions.count) joints "
        + "for a scene of \(scene.bodies.count) and \(scene.joints.count)")
    guard settings.physicsHz > 0, settings.solverIterations > 0 else {
      throw fault(
        "physics at \(settings.physicsHz) Hz with \(settings.solverIterations) iterations", "use positive numbers")
    }
    for id in scene.bodyIDs where scene.bodies[id].isPresent { try validate(id) }
    for (joint, position) in zip(scene.joints, start.jointPositions) where !position.isFinite {
      throw fault("joint \(joint.name) starts at \(position)", "start joints at finite positions")
    }
    for articulation in scene.articulations { try validate(articulation) }
  }

  private func validate(_ id: BodyID) throws {
    let body = scene.bodies[id]
    let pose = start.worldFromBody[id]
    let norm = pose.orientation
    let squaredNorm = norm.x * norm.x + norm.y * norm.y + norm.z * norm.z + norm.w * norm.w
    guard pose.position.isFinite, abs(squaredNorm - 1) < 1e-3 else {
      throw fault("body \(body.name) starts at a pose that is not a rigid transform", "check its position and rotation")
    }
    let isBolted = scene.articulations.contains { $0.rootIsFixed && $0.links[0] == id }
    guard body.motion != .fixed, !isBolted else { return }
    let inertia = body.mass.principalInertia
    guard body.mass.mass > 0, body.mass.mass.isFinite, inertia.isFinite, inertia.min() > 0 else {
      throw fault(
        "body \(body.name) moves but has mass \(body.mass.mass) kg and inertia \(inertia) kg·m²",
        "give it a positive mass and inertia")
    }
    for shape in body.shapes where shape.collides {
      if case .plane = shape.geometry {
        throw fault("body \(body.name) moves but has the shape of a plane", "use a box, or fix it")
      }
    }
  }

  private func validate(_ articulation: ArticulationModel) throws {
    for id in articulation.joints {
      let joint = scene.joints[id]
      guard abs(joint.axis.length - 1) < 1e-6 else {
        throw fault("the axis of joint \(joint.name) has length \(joint.axis.length)", "give it length 1")
      }
      if let mimic = joint.mimic, !articulation.joints.contains(mimic.joint) {
        throw fault(
          "joint \(joint.name) mimics \(scene.joints[mimic.joint].name), a joint of another articulation",
          "mimic a joint of the same one")
      }
    }
  }

  private func fault(_ message: String, _ remedy: String) -> RehearsalError {
    RehearsalError(.malformed, message, remedy: remedy)
  }
}
