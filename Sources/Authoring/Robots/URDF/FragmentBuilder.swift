internal import RehearsalCore

/// Turns links and joints into bodies: links on fixed joints become part of their parents.
struct FragmentBuilder {
  private let tree: URDFTree
  private let rootIsFixed: Bool
  private(set) var bodies: [BodyModel] = []
  private(set) var joints: [JointModel] = []
  private(set) var efforts: [Double] = []
  private(set) var frames: [FrameModel] = []
  private(set) var materials: [Material]
  private var inertias: [InertiaSum] = []
  /// The first link of each body.
  private var firstLinks: [Int] = []
  /// Index into `joints` of each joint of the tree that moves.
  private var jointIDs: [Int: JointID] = [:]

  init(tree: URDFTree, rootIsFixed: Bool) {
    self.tree = tree
    self.rootIsFixed = rootIsFixed
    materials = tree.materials
  }

  mutating func build(log: DiagnosticLog) {
    startBody(tree.root)
    for (index, joint) in tree.joints.enumerated() {
      guard let mimic = joint.mimic, let follower = jointIDs[index], let leader = jointIDs[mimic.joint] else {
        continue
      }
      joints[follower].mimic = JointModel.Mimic(joint: leader, multiplier: mimic.multiplier)
    }
    finishBodies(log: log)
  }

  private mutating func startBody(_ link: Int) {
    bodies.append(BodyModel(name: tree.links[link].link.name, motion: .link, shapes: []))
    inertias.append(InertiaSum())
    firstLinks.append(link)
    add(link, to: bodies.count - 1, bodyFromLink: .identity)
  }

  /// Adds a link and everything behind it, depth first, so that parents come before children.
  private mutating func add(_ index: Int, to body: Int, bodyFromLink: Pose) {
    let link = tree.links[index]
    frames.append(FrameModel(name: link.link.name, body: BodyID(body), bodyFromFrame: bodyFromLink))
    addShapes(link.shapes, to: body, bodyFromLink: bodyFromLink)
    if let inertial = link.link.inertial {
      inertias[body].add(
        mass: inertial.mass, bodyFromInertial: bodyFromLink * inertial.linkFromInertial, inertia: inertial.inertia)
    }
    for (jointIndex, joint) in tree.joints.enumerated() where joint.parent == index {
      switch joint.kind {
      case .fixed: add(joint.child, to: body, bodyFromLink: bodyFromLink * joint.parentFromJoint)
      case .moving(let kind):
        jointIDs[jointIndex] = JointID(joints.count)
        joints.append(
          JointModel(
            joint, kind: kind, parent: BodyID(body), child: BodyID(bodies.count), bodyFromParent: bodyFromLink))
        efforts.append(joint.effort)
        startBody(joint.child)
      }
    }
  }

  /// A drawn shape and a colliding one that coincide become one.
  private mutating func addShapes(_ shapes: [ShapeModel], to body: Int, bodyFromLink: Pose) {
    var drawn = shapes.filter(\.isVisible)
    var collisionOnly: [ShapeModel] = []
    for shape in shapes where shape.collides {
      let twin = drawn.firstIndex {
        !$0.collides && $0.geometry == shape.geometry && $0.bodyFromShape == shape.bodyFromShape
      }
      if let twin { drawn[twin].collides = true } else { collisionOnly.append(shape) }
    }
    bodies[body].shapes += (drawn + collisionOnly).map { shape in
      var shape = shape
      shape.bodyFromShape = bodyFromLink * shape.bodyFromShape
      return shape
    }
  }

  private mutating func finishBodies(log: DiagnosticLog) {
    for index in bodies.indices {
      let properties = inertias[index].properties
      bodies[index].mass = properties
      guard index > 0 || !rootIsFixed else { continue }
      if properties.mass <= 0 {
        let link = tree.links[firstLinks[index]]
        let message = "link \"\(link.link.name)\" moves but has no mass; give it an <inertial>"
        log.report(link.source.diagnostic("link", link.link.name, message))
      }
    }
  }
}

extension JointModel {
  fileprivate init(_ joint: URDFJoint, kind: Kind, parent: BodyID, child: BodyID, bodyFromParent: Pose) {
    let limits = kind == .continuous ? nil : joint.lower...joint.upper
    self.init(
      name: joint.name, kind: kind, parent: parent, child: child,
      parentFromJoint: bodyFromParent * joint.parentFromJoint, axis: joint.axis.normalized, limits: limits,
      damping: joint.damping, friction: joint.friction,
      home: limits.map { min(max(0, $0.lowerBound), $0.upperBound) } ?? 0)
    // URDFs in the wild write 0 where they mean that no limit is known.
    if joint.velocity > 0 { maxVelocity = joint.velocity }
  }
}
