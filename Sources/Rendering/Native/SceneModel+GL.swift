internal import CGL
internal import RehearsalCore

// What the OpenGL shim is given, in its own structures.
extension SceneModel {
  /// The shapes to draw: visible, of present bodies.
  var shapesForGL: [cgl_shape] {
    var result: [cgl_shape] = []
    for (body, model) in bodies.enumerated() where model.isPresent {
      for shape in model.shapes where shape.isVisible { result.append(cgl_shape(shape, body: body)) }
    }
    return result
  }
}

extension cgl_shape {
  init(_ shape: ShapeModel, body: Int) {
    self.init()
    self.body = Int32(body)
    material = Int32(shape.material.rawValue)
    body_from_shape = shape.bodyFromShape.tuple
    switch shape.geometry {
    case .box(let size):
      kind = Int32(CGL_BOX)
      self.size = size.tuple
    case .sphere(let radius):
      kind = Int32(CGL_SPHERE)
      size = (radius, 0, 0)
    case .cylinder(let radius, let length):
      kind = Int32(CGL_CYLINDER)
      size = (radius, length, 0)
    case .cone(let radius, let length):
      kind = Int32(CGL_CONE)
      size = (radius, length, 0)
    case .capsule(let radius, let length):
      kind = Int32(CGL_CAPSULE)
      size = (radius, length, 0)
    case .plane(let drawnSize):
      kind = Int32(CGL_PLANE)
      size = (drawnSize, 0, 0)
    case .mesh(let id, let scale):
      kind = Int32(CGL_MESH)
      mesh = Int32(id.rawValue)
      size = scale.tuple
    }
  }
}

extension cgl_light {
  init(_ light: Light) {
    self.init()
    color = light.color.tuple
    softness = Float(light.softness)
    casts_shadow = light.castsShadow
    switch light.kind {
    case .directional(let direction):
      kind = Int32(CGL_DIRECTIONAL)
      self.direction = direction.tuple
    case .point(let position):
      kind = Int32(CGL_POINT)
      self.position = position.tuple
    case .spot(let position, let direction, let innerAngle, let outerAngle):
      kind = Int32(CGL_SPOT)
      self.position = position.tuple
      self.direction = direction.tuple
      inner_angle = innerAngle
      outer_angle = outerAngle
    }
  }
}

extension cgl_material {
  init(_ material: Material) {
    self.init()
    color = material.color.tuple
    roughness = Float(material.roughness)
    specular = Float(material.specular)
    guard let texture = material.texture else { return }
    self.texture =
      switch texture.kind {
      case .checker: Int32(CGL_CHECKER)
      case .noise: Int32(CGL_NOISE)
      case .wood: Int32(CGL_WOOD)
      case .stripes: Int32(CGL_STRIPES)
      case .image: Int32(CGL_IMAGE)
      }
    second_color = texture.secondColor.tuple
    texture_scale = Float(texture.scale)
    texture_seed = texture.seed
    image = Int32(texture.image)
  }
}

extension cgl_surroundings {
  init(_ appearance: Appearance) {
    self.init(
      ambient: appearance.ambient.tuple, zenith: appearance.background.zenith.tuple,
      horizon: appearance.background.horizon.tuple, nadir: appearance.background.nadir.tuple)
  }
}

extension cgl_view {
  init(_ camera: CameraModel, in state: SceneState, channels: ImageChannels) {
    self.init(
      world_from_camera: camera.worldFromCamera(in: state).tuple, fov_degrees: camera.fovDegrees,
      near_depth: camera.near, far_depth: camera.far, width: Int32(camera.width), height: Int32(camera.height),
      channels: Int32(channels.rawValue))
  }
}
