internal import RehearsalCore

/// One articulation made of one or more URDF files, each later one bolted to a link of those before it.
struct URDFAssembly {
  struct Part {
    var file: String
    /// Nil for the first.
    var parentLink: String?
    var parentFromPart = Pose.identity
  }

  let fragment: ArticulationFragment
  /// Every file that was read, in order.
  let sourceFiles: [String]

  /// Nil if there are faults, which `log` then holds.
  init?(parts: [Part], rootIsFixed: Bool, log: DiagnosticLog) {
    var assets = URDFAssets()
    var sources: [URDFSource] = []
    for part in parts {
      if let source = URDFSource.read(part.file, assets: &assets, log: log) { sources.append(source) }
    }
    guard sources.count == parts.count else { return nil }
    var whole = URDFTree(sources[0], assets: assets)
    for (part, source) in zip(parts, sources).dropFirst() {
      whole.attach(
        URDFTree(source, assets: assets), to: part.parentLink ?? "", parentFromPart: part.parentFromPart, log: log)
    }
    guard log.isEmpty else { return nil }
    var builder = FragmentBuilder(tree: whole, rootIsFixed: rootIsFixed)
    builder.build(log: log)
    guard log.isEmpty else { return nil }
    sourceFiles = sources.map(\.file) + assets.files
    fragment = ArticulationFragment(
      name: sources[0].description.name, rootIsFixed: rootIsFixed, bodies: builder.bodies, joints: builder.joints,
      jointEfforts: builder.efforts, materials: builder.materials, meshes: assets.meshes, images: assets.images,
      frames: builder.frames, sourceFiles: sourceFiles)
  }
}

/// Links and joints of one or more URDFs, with the file that each came from and its shapes' meshes found.
struct URDFTree {
  struct Link {
    var link: URDFLink
    var source: URDFSource
    var shapes: [ShapeModel]
  }

  var links: [Link]
  var joints: [URDFJoint]
  var materials: [Material] = []
  private var sources: [URDFSource]

  init(_ source: URDFSource, assets: URDFAssets) {
    sources = [source]
    joints = source.description.joints
    materials = source.description.materials.map { Material($0, of: source.file, assets: assets) }
    links = source.description.links.map { Link(link: $0, source: source, shapes: []) }
    let plain = MaterialID(materials.count)
    for index in links.indices {
      links[index].shapes = links[index].link.shapes.map { shape in
        ShapeModel(shape, plain: plain) { assets.mesh($0, of: source.file)! }
      }
    }
    let isPlainUsed = links.contains { $0.shapes.contains { $0.material == plain } }
    if isPlainUsed { materials.append(Material(name: "plain", color: Color(0.5, 0.5, 0.5))) }
  }

  /// The only link that is nobody's child.
  var root: Int { Set(links.indices).subtracting(joints.map(\.child)).first! }

  /// Bolts `part` to the link `parentLink`.
  mutating func attach(_ part: URDFTree, to parentLink: String, parentFromPart: Pose, log: DiagnosticLog) {
    let source = part.sources[0]
    guard let parent = links.firstIndex(where: { $0.link.name == parentLink }) else {
      let known = links.map(\.link.name)
      log.report(
        Diagnostic(
          file: source.file, line: 0, column: 0,
          message: "there is no link \"\(parentLink)\" to attach it to" + suggestion(for: parentLink, among: known)))
      return
    }
    reportClashes(with: part, log: log)
    let (firstLink, firstJoint) = (links.count, joints.count)
    let materialIDs = part.materials.map { material in
      // Parts that name a colour alike share it.
      if let same = materials.firstIndex(of: material) { return MaterialID(same) }
      materials.append(material)
      return MaterialID(materials.count - 1)
    }
    joints.append(
      URDFJoint(
        name: "\(source.description.name)_attachment", kind: .fixed, parent: parent, child: firstLink + part.root,
        parentFromJoint: parentFromPart, axis: .unitX, lower: 0, upper: 0, effort: 0, velocity: 0, damping: 0,
        friction: 0))
    joints += part.joints.map { joint in
      var joint = joint
      joint.parent += firstLink
      joint.child += firstLink
      joint.mimic?.joint += firstJoint + 1
      return joint
    }
    links += part.links.map { link in
      var link = link
      for index in link.shapes.indices {
        link.shapes[index].material = materialIDs[link.shapes[index].material.rawValue]
      }
      return link
    }
    sources += part.sources
  }

  private func reportClashes(with part: URDFTree, log: DiagnosticLog) {
    let source = part.sources[0]
    for link in part.links where links.contains(where: { $0.link.name == link.link.name }) {
      log.report(source.diagnostic("link", link.link.name, "another part has a link \"\(link.link.name)\" too"))
    }
    for joint in part.joints where joints.contains(where: { $0.name == joint.name }) {
      log.report(source.diagnostic("joint", joint.name, "another part has a joint \"\(joint.name)\" too"))
    }
  }
}

extension Material {
  fileprivate init(_ material: URDFMaterial, of file: String, assets: URDFAssets) {
    let color = Color(sRGB: material.red, material.green, material.blue)
    self.init(name: material.name, color: color)
    guard !material.textureFile.isEmpty, let image = assets.image(material.textureFile, of: file) else { return }
    // urdfdom leaves a textured material without a colour black, which would hide the picture.
    if color == .black { self.color = .white }
    texture = Texture(kind: .image, scale: 1, image: image)
  }
}

extension ShapeModel {
  fileprivate init(_ shape: URDFShape, plain: MaterialID, mesh: (String) -> MeshID) {
    let geometry: Geometry =
      switch shape.geometry {
      case .box(let size): .box(size: size)
      case .sphere(let radius): .sphere(radius: radius)
      case .cylinder(let radius, let length): .cylinder(radius: radius, length: length)
      case .mesh(let file, let scale): .mesh(mesh(file), scale: scale)
      }
    self.init(
      geometry: geometry, bodyFromShape: shape.linkFromShape,
      material: shape.material.map { MaterialID($0) } ?? plain, isVisible: shape.isVisual, collides: !shape.isVisual)
  }
}
