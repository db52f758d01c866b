internal import RehearsalCore

extension SceneBuilder {
  /// Reads the file's `materials`: names and how they look.
  mutating func readMaterials(_ reader: YAMLReader?) {
    guard let reader else { return }
    let read = reader.mapping { map in
      // By name: the order of keys in the file must not matter.
      map.entries.sorted { $0.name < $1.name }.map { name, value in
        (name, value.mapping { Self.material(named: name, $0) })
      }
    }
    for (name, material) in read ?? [] {
      if let material { namedMaterials[name] = add(material) }
    }
  }

  private static func material(named name: String, _ map: YAMLMapping) -> Material {
    Material(
      name: name, color: map.color("color"), roughness: map.number("roughness", .fraction, default: 0.6),
      specular: map.number("specular", .fraction, default: 0.3), texture: map.child("texture").flatMap(texture))
  }

  private static func texture(_ reader: YAMLReader) -> Texture? {
    reader.mapping { map in
      let kind: Texture.Kind = map.choice("kind")
      if kind == .image { map.error("kind", "image textures come with robots and meshes; use another pattern here") }
      return Texture(
        kind: kind, secondColor: map.color("secondColor"), scale: map.number("scale", .positive),
        seed: UInt32(map.integer("seed", 0...Int(UInt32.max), default: 0)))
    }
  }

  /// The material that `material: name` or `color: …` of a shape asks for, or `fallback` where it asks for none.
  ///
  /// With `owner`, the material is the owner's own copy, so that its colour can change without any other's.
  mutating func material(of map: YAMLMapping, owner: String?, fallback: MaterialID?) -> MaterialID {
    let (named, color) = (map.child("material"), map.child("color"))
    if named != nil, let color { color.error("cannot stand beside material") }
    if let named, let name = named.text {
      guard let shared = namedMaterials[name] else {
        let known = namedMaterials.keys.sorted()
        named.error("there is no material \"\(name)\"\(suggestion(for: name, among: known))")
        return MaterialID(0)
      }
      return owner.map { copy(scene.materials[shared], for: $0) } ?? shared
    }
    if let color { return copy(Material(name: color.node.string ?? "color", color: color.color), for: owner ?? "") }
    if let fallback { return fallback }
    map.reader.error("needs a material or a color")
    return MaterialID(0)
  }

  private mutating func copy(_ material: Material, for owner: String) -> MaterialID {
    var copy = material
    copy.name = owner.isEmpty ? material.name : "\(owner).\(material.name)"
    if let index = scene.materials.firstIndex(of: copy) { return MaterialID(index) }
    return add(copy)
  }
}
