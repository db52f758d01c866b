import Foundation
import RehearsalCore

extension EpisodeDraw {
  /// Lights, colours, textures, background and cameras.
  mutating func appearance() {
    let kinds = MaterialKinds(plan: plan)
    if let lighting = plan.randomization.lighting { light(lighting) }
    if let colour = plan.randomization.colour { paint(colour, kinds) }
    if let texture = plan.randomization.texture { texturize(texture, kinds) }
    if let background = plan.randomization.background { sky(background) }
    if let camera = plan.randomization.camera { moveCameras(camera) }
  }

  /// Which materials belong to things that are spoken of, and which to scenery; the robot's own stay as they are.
  private struct MaterialKinds {
    var objects: [MaterialID] = []
    var scenery: [MaterialID] = []

    init(plan: ExperimentPlan) {
      let robot = Set(plan.scene.robotBodies)
      let robotMaterials = Set(robot.flatMap { plan.scene.bodies[$0].shapes.map(\.material) })
      let free = Set(plan.placements.flatMap(\.bodies))
      for body in plan.scene.bodyIDs where !robot.contains(body) {
        let isObject = free.contains(body) || plan.scene.bodies[body].label != nil
        for material in plan.scene.bodies[body].shapes.map(\.material) where !robotMaterials.contains(material) {
          if isObject, !objects.contains(material) { objects.append(material) }
          if !isObject, !scenery.contains(material) { scenery.append(material) }
        }
      }
      scenery.removeAll(where: objects.contains)
    }
  }

  private mutating func light(_ factor: RandomizationPlan.Lighting) {
    var draw = stream(.lighting)
    let authored = plan.appearance.lights
    let total = authored.reduce(0.0) { $0 + max($1.color.red, $1.color.green, $1.color.blue) }
    let count = draw.integer(in: factor.count)
    let intensity = factor.intensity.sample(&draw)
    setup.appearance.lights = []
    for number in 0..<count {
      let azimuth = factor.azimuthDegrees.sample(&draw)
      let elevation = factor.elevationDegrees.sample(&draw)
      let kelvin = factor.temperatureKelvin.sample(&draw)
      // The first light is the strongest: several equal ones wash out every shadow.
      let share = number == 0 ? (count == 1 ? 1 : 0.65) : 0.35 / Double(count - 1)
      let (a, e) = (azimuth * .pi / 180, elevation * .pi / 180)
      let direction = Vector3(-cos(e) * cos(a), -cos(e) * sin(a), -sin(e))
      setup.appearance.lights.append(
        Light(
          kind: .directional(direction: direction),
          color: Light.blackBody(kelvin: kelvin) * (total * intensity * share),
          castsShadow: true, softness: authored.first?.softness ?? 0))
      note("lights[\(number)]", [azimuth, elevation, kelvin])
    }
    let ambient = factor.ambient.sample(&draw)
    setup.appearance.ambient = setup.appearance.ambient * ambient
    note("lights.intensity", intensity)
    note("lights.ambient", ambient)
  }

  private mutating func paint(_ factor: RandomizationPlan.Colour, _ kinds: MaterialKinds) {
    var draw = stream(.colour)
    for material in kinds.objects {
      let (hue, saturation, value) = setup.appearance.materials[material].color.hsv
      let color = Color(
        hueDegrees: hue + factor.objectHueDegrees.sample(&draw),
        saturation: min(saturation * factor.objectSaturation.sample(&draw), 1),
        value: min(value * factor.objectValue.sample(&draw), 1))
      set(color, of: material)
    }
    for material in kinds.scenery {
      let color = Color(
        hueDegrees: factor.sceneryHueDegrees.sample(&draw), saturation: factor.scenerySaturation.sample(&draw),
        value: factor.sceneryValue.sample(&draw))
      let old = setup.appearance.materials[material].color
      set(color, of: material)
      if let second = setup.appearance.materials[material].texture?.secondColor {
        // The pattern keeps its contrast against the new colour.
        let ratio = (second.hsv.value + 0.02) / (old.hsv.value + 0.02)
        let hsv = color.hsv
        setup.appearance.materials[material].texture?.secondColor = Color(
          hueDegrees: hsv.hueDegrees, saturation: hsv.saturation, value: min(hsv.value * ratio, 1))
      }
    }
  }

  private mutating func set(_ color: Color, of material: MaterialID) {
    setup.appearance.materials[material].color = color
    note("\(plan.appearance.materials[material].name).color", [color.red, color.green, color.blue])
  }

  private mutating func texturize(_ factor: RandomizationPlan.TextureChoice, _ kinds: MaterialKinds) {
    var draw = stream(.texture)
    let patterns: [Texture.Kind] = [.checker, .noise, .wood, .stripes]
    for (materials, probability, contrast) in [
      (kinds.objects, factor.objectProbability, 0.25), (kinds.scenery, factor.sceneryProbability, 0.55),
    ] {
      for material in materials {
        let applies = draw.unit() < probability
        let kind = patterns[draw.index(below: patterns.count)]
        let scale = factor.scale.sample(&draw)
        let seed = UInt32(truncatingIfNeeded: draw.next())
        guard applies else { continue }
        let second = setup.appearance.materials[material].color * (1 - contrast)
        setup.appearance.materials[material].texture = Texture(
          kind: kind, secondColor: second, scale: scale, seed: seed)
        note("\(plan.appearance.materials[material].name).texture", "\(kind.rawValue) \(scale)")
      }
    }
  }

  private mutating func sky(_ factor: RandomizationPlan.BackgroundChoice) {
    var draw = stream(.background)
    func color() -> Color {
      Color(
        hueDegrees: draw.uniform(0, 360), saturation: factor.saturation.sample(&draw),
        value: factor.value.sample(&draw))
    }
    setup.appearance.background = Background(zenith: color(), horizon: color(), nadir: color())
    let horizon = setup.appearance.background.horizon
    note("background.horizon", [horizon.red, horizon.green, horizon.blue])
  }

  private mutating func moveCameras(_ factor: RandomizationPlan.CameraShift) {
    var draw = stream(.camera)
    for id in plan.cameras {
      let camera = setup.appearance.cameras[id]
      let reach = camera.body == nil ? 1 : RandomizationPlan.CameraShift.onboardShare
      let moved =
        Vector3(factor.position.sample(&draw), factor.position.sample(&draw), factor.position.sample(&draw)) * reach
      let turned = (0..<3).map { _ in factor.rotationDegrees.sample(&draw) * .pi / 180 }
      let widened = factor.fovDegrees.sample(&draw)
      let shift = Pose(
        position: moved, orientation: Quaternion(roll: turned[0], pitch: turned[1], yaw: turned[2]))
      setup.appearance.cameras[id].parentFromCamera = camera.parentFromCamera * shift
      setup.appearance.cameras[id].fovDegrees = camera.fovDegrees + widened
      note("\(camera.name).shift", [moved.x, moved.y, moved.z] + turned + [widened])
    }
  }
}
