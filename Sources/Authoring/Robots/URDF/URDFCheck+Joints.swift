internal import RehearsalCore

extension URDFCheck {
  mutating func checkJoint(_ joint: XMLElement) {
    checkOrigin(of: joint)
    for end in ["parent", "child"] { checkEnd(end, of: joint) }
    let type = requireText("type", of: joint)
    switch type {
    case nil, "fixed": return
    case "revolute", "prismatic", "continuous": break
    case "floating", "planar":
      return report(
        joint, "joint \"\(joint.name)\" is \(type!), which is not supported; a robot's root can be floating")
    default:
      return report(
        joint,
        "joint \"\(joint.name)\" has the unknown type \"\(type!)\"; "
          + "known are fixed, revolute, continuous and prismatic")
    }
    if let axis = child(of: joint, "axis"), let xyz = numbers("xyz", of: axis, count: 3, isRequired: true),
      Vector3(xyz[0], xyz[1], xyz[2]).length < 1e-9
    {
      report(axis, "the axis of joint \"\(joint.name)\" has no length")
    }
    checkLimit(of: joint, isRequired: type != "continuous")
    for dynamics in children(of: joint, "dynamics") {
      for name in ["damping", "friction"] {
        let value = number(name, of: dynamics, isRequired: false)
        if let value, value < 0 { report(dynamics, "\(name) of joint \"\(joint.name)\" is negative") }
      }
    }
  }

  private mutating func checkEnd(_ end: String, of joint: XMLElement) {
    guard let element = child(of: joint, end) else {
      return report(joint, "joint \"\(joint.name)\" lacks a <\(end)>")
    }
    guard let link = requireText("link", of: element) else { return }
    if links[link] == nil { report(element, "joint \"\(joint.name)\": there is no link \"\(link)\"") }
  }

  private mutating func checkLimit(of joint: XMLElement, isRequired: Bool) {
    guard let limit = child(of: joint, "limit") else {
      if isRequired { report(joint, "joint \"\(joint.name)\" lacks a <limit>") }
      return
    }
    let lower = number("lower", of: limit, isRequired: false) ?? 0
    let upper = number("upper", of: limit, isRequired: false) ?? 0
    for name in ["effort", "velocity"] {
      if let value = number(name, of: limit), value < 0 {
        report(limit, "\(name) of joint \"\(joint.name)\" is negative")
      }
    }
    if isRequired && lower >= upper {
      report(limit, "joint \"\(joint.name)\": its lower limit \(lower) is not below its upper limit \(upper)")
    }
  }

  /// One root, one parent a link, no cycles.
  mutating func checkTree() {
    let jointElements = children(at: 0, "joint").map { elements[$0] }
    var parents: [String: (link: String, joint: XMLElement)] = [:]
    for joint in jointElements {
      guard let parent = child(of: joint, "parent")?.attribute("link")?.value, links[parent] != nil,
        let child = child(of: joint, "child")?.attribute("link")?.value, links[child] != nil
      else { continue }
      if let other = parents[child] {
        report(
          joint,
          "link \"\(child)\" is already the child of joint \"\(other.joint.name)\"; "
            + "a robot is a tree, without cycles")
      } else {
        parents[child] = (parent, joint)
      }
    }
    let inOrder = links.values.sorted().map { elements[$0] }
    let roots = inOrder.filter { parents[$0.name] == nil }
    for extra in roots.dropFirst() {
      report(extra, "link \"\(extra.name)\" is a second root beside \"\(roots[0].name)\"; join it to a parent")
    }
    reportCycles(inOrder, parents: parents.mapValues(\.link))
  }

  private mutating func reportCycles(_ inOrder: [XMLElement], parents: [String: String]) {
    var known: Set<String> = []
    for link in inOrder {
      var path: [String] = []
      var name: String? = link.name
      while let current = name, !known.contains(current), !path.contains(current) {
        path.append(current)
        name = parents[current]
      }
      if let closing = name, let start = path.firstIndex(of: closing) {
        let cycle = ([closing] + path[start...].reversed()).joined(separator: " → ")
        report(elements[links[closing]!], "links form a cycle: \(cycle)")
      }
      known.formUnion(path)
    }
  }

  mutating func checkMimics() {
    for index in children(at: 0, "joint") {
      let joint = elements[index]
      guard let mimic = child(of: joint, "mimic"), let leader = requireText("joint", of: mimic) else { continue }
      if let offset = number("offset", of: mimic, isRequired: false), offset != 0 {
        report(mimic, "joint \"\(joint.name)\": a mimic offset is not supported")
      }
      number("multiplier", of: mimic, isRequired: false)
      guard let leading = joints[leader] else {
        report(mimic, "joint \"\(joint.name)\" mimics \"\(leader)\", which does not exist")
        continue
      }
      if child(of: elements[leading], "mimic") != nil || elements[leading].attribute("type")?.value == "fixed" {
        report(mimic, "joint \"\(joint.name)\" mimics \"\(leader)\", which does not move by itself")
      }
    }
  }
}
