internal import RehearsalCore

// What every renderer asks of what it is given.
extension SceneModel {
  /// Throws `RehearsalError` if a mesh, material or image that the scene or `appearance` names is not there.
  func check(_ appearance: Appearance) throws {
    for body in bodies {
      for shape in body.shapes where !appearance.materials.indices.contains(shape.material.rawValue) {
        throw RehearsalError(
          .mismatch, "body \"\(body.name)\" has material \(shape.material.rawValue) of \(appearance.materials.count)",
          remedy: "pass an appearance made for this scene")
      }
      for case .mesh(let id, _) in body.shapes.map(\.geometry) where !meshes.indices.contains(id.rawValue) {
        throw RehearsalError(
          .mismatch, "body \"\(body.name)\" has mesh \(id.rawValue) of \(meshes.count)",
          remedy: "add the mesh to the scene")
      }
    }
    for material in appearance.materials {
      guard let texture = material.texture, texture.kind == .image else { continue }
      guard images.indices.contains(texture.image) else {
        throw RehearsalError(
          .mismatch, "material \"\(material.name)\" has image \(texture.image) of \(images.count)",
          remedy: "add the image to the scene")
      }
    }
  }

  /// Throws `RehearsalError` if `camera` is nowhere in `state`.
  func check(_ camera: CameraModel, in state: SceneState, _ quality: RenderQuality) throws {
    precondition([1, 4, 9, 16].contains(quality.samplesPerPixel), "\(quality.samplesPerPixel) samples a pixel")
    precondition(quality.shadowSamples > 0, "\(quality.shadowSamples) shadow samples")
    precondition(camera.width > 0 && camera.height > 0, "a camera of \(camera.width)×\(camera.height) pixels")
    guard camera.worldFromCamera(in: state).position.isFinite else {
      throw RehearsalError(
        .mismatch, "camera \"\(camera.name)\" is nowhere: its pose is not finite", remedy: "check its mount")
    }
  }

  /// Fills `poses` with x y z qx qy qz qw of each body; throws if `state` is of another scene or not finite.
  func copyPoses(of state: SceneState, into poses: inout [Double]) throws {
    guard state.worldFromBody.count == bodies.count else {
      throw RehearsalError(
        .mismatch, "the state has \(state.worldFromBody.count) bodies, scene \"\(name)\" \(bodies.count)",
        remedy: "load the scene that the state belongs to")
    }
    poses.removeAll(keepingCapacity: true)
    for (body, pose) in state.worldFromBody.enumerated() {
      let (p, q) = (pose.position, pose.orientation)
      guard (p.x + p.y + p.z + q.x + q.y + q.z + q.w).isFinite else {
        throw RehearsalError(
          .mismatch, "body \"\(bodies[body].name)\" is nowhere: its pose is not finite",
          remedy: "end the episode as invalid")
      }
      poses.append(p.x)
      poses.append(p.y)
      poses.append(p.z)
      poses.append(q.x)
      poses.append(q.y)
      poses.append(q.z)
      poses.append(q.w)
    }
  }

  /// The error of a camera that is fixed to the world and lies inside a body.
  func cameraInside(_ body: Int, _ camera: CameraModel) -> RehearsalError {
    RehearsalError(
      .mismatch, "camera \"\(camera.name)\" lies inside body \"\(bodies[body].name)\"",
      remedy: "move the camera, or fix it to that body if the body is its housing")
  }
}
