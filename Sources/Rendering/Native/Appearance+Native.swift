internal import CEmbree
internal import RehearsalCore

extension cembree_light {
  init(_ light: Light) {
    self.init()
    color = light.color.tuple
    softness = Float(light.softness)
    casts_shadow = light.castsShadow
    switch light.kind {
    case .directional(let direction):
      kind = Int32(CEMBREE_DIRECTIONAL)
      self.direction = direction.tuple
    case .point(let position):
      kind = Int32(CEMBREE_POINT)
      self.position = position.tuple
    case .spot(let position, let direction, let innerAngle, let outerAngle):
      kind = Int32(CEMBREE_SPOT)
      self.position = position.tuple
      self.direction = direction.tuple
      inner_angle = innerAngle
      outer_angle = outerAngle
    }
  }
}

extension cembree_material {
  init(_ material: Material) {
    self.init()
    color = material.color.tuple
    roughness = Float(material.roughness)
    specular = Float(material.specular)
    guard let texture = material.texture else { return }
    self.texture =
      switch texture.kind {
      case .checker: Int32(CEMBREE_CHECKER)
      case .noise: Int32(CEMBREE_NOISE)
      case .wood: Int32(CEMBREE_WOOD)
      case .stripes: Int32(CEMBREE_STRIPES)
      case .image: Int32(CEMBREE_IMAGE)
      }
    second_color = texture.secondColor.tuple
    texture_scale = Float(texture.scale)
    texture_seed = texture.seed
    image = Int32(texture.image)
  }
}

extension cembree_surroundings {
  init(_ appearance: Appearance) {
    self.init(
      ambient: appearance.ambient.tuple, zenith: appearance.background.zenith.tuple,
      horizon: appearance.background.horizon.tuple, nadir: appearance.background.nadir.tuple)
  }
}

extension cembree_view {
  init(_ camera: CameraModel, in state: SceneState, quality: RenderQuality) {
    self.init(
      world_from_camera: camera.worldFromCamera(in: state).tuple, fov_degrees: camera.fovDegrees,
      near_depth: camera.near, far_depth: camera.far, width: Int32(camera.width), height: Int32(camera.height),
      body: camera.body.map { Int32($0.rawValue) } ?? -1, samples_per_pixel: Int32(quality.samplesPerPixel),
      shadow_samples: Int32(quality.shadowSamples))
  }
}
