internal import CScene
internal import RehearsalCore

extension cscene_light {
  init(_ light: Light) {
    self.init()
    color = light.color.tuple
    softness = Float(light.softness)
    casts_shadow = light.castsShadow
    switch light.kind {
    case .directional(let direction):
      kind = Int32(CSCENE_DIRECTIONAL)
      self.direction = direction.tuple
    case .point(let position):
      kind = Int32(CSCENE_POINT)
      self.position = position.tuple
    case .spot(let position, let direction, let innerAngle, let outerAngle):
      kind = Int32(CSCENE_SPOT)
      self.position = position.tuple
      self.direction = direction.tuple
      inner_angle = innerAngle
      outer_angle = outerAngle
    }
  }
}

extension cscene_material {
  init(_ material: Material) {
    self.init()
    color = material.color.tuple
    roughness = Float(material.roughness)
    specular = Float(material.specular)
    guard let texture = material.texture else { return }
    self.texture =
      switch texture.kind {
      case .checker: Int32(CSCENE_CHECKER)
      case .noise: Int32(CSCENE_NOISE)
      case .wood: Int32(CSCENE_WOOD)
      case .stripes: Int32(CSCENE_STRIPES)
      case .image: Int32(CSCENE_IMAGE)
      }
    second_color = texture.secondColor.tuple
    texture_scale = Float(texture.scale)
    texture_seed = texture.seed
    image = Int32(texture.image)
  }
}

extension cscene_surroundings {
  init(_ appearance: Appearance) {
    self.init(
      ambient: appearance.ambient.tuple, zenith: appearance.background.zenith.tuple,
      horizon: appearance.background.horizon.tuple, nadir: appearance.background.nadir.tuple)
  }
}
