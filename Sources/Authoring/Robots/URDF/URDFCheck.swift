internal import RehearsalCore

/// Finds every fault of a URDF text at its place, so that an author sees them all at once; urdfdom stops at the first.
struct URDFCheck {
  let file: String
  let elements: [XMLElement]
  private(set) var diagnostics: [Diagnostic] = []
  /// The elements that define each link and joint, by name.
  private(set) var links: [String: Int] = [:]
  private(set) var joints: [String: Int] = [:]

  static func diagnostics(of elements: [XMLElement], file: String) -> [Diagnostic] {
    var check = URDFCheck(file: file, elements: elements)
    check.checkRobot()
    return check.diagnostics.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  init(file: String, elements: [XMLElement]) {
    self.file = file
    self.elements = elements
  }

  private mutating func checkRobot() {
    let root = elements[0]
    guard root.tag == "robot" else { return report(root, "expected <robot>, found <\(root.tag)>") }
    requireText("name", of: root)
    let materials = Set(children(of: root, "material").compactMap { $0.attribute("name")?.value })
    for link in children(of: root, "link") { checkShapes(of: link, materials: materials) }
    for link in children(of: root, "link") { checkInertial(of: link) }
    for material in children(of: root, "material") { checkMaterial(material) }
    links = define(children(at: 0, "link"))
    joints = define(children(at: 0, "joint"))
    _ = define(children(at: 0, "material"))
    if children(at: 0, "link").isEmpty { report(root, "a robot needs at least one <link>") }
    for joint in children(of: root, "joint") { checkJoint(joint) }
    checkTree()
    checkMimics()
  }

  /// Maps the names of the elements at `indices` to them, and reports missing and repeated names.
  private mutating func define(_ indices: [Int]) -> [String: Int] {
    var defined: [String: Int] = [:]
    for index in indices {
      let element = elements[index]
      guard let name = requireText("name", of: element) else { continue }
      if let first = defined[name] {
        report(element, "\(element.tag) \"\(name)\" is already defined in line \(elements[first].line)")
      } else {
        defined[name] = index
      }
    }
    return defined
  }
}

// MARK: - Reading elements

extension URDFCheck {
  func children(at index: Int, _ tag: String) -> [Int] {
    elements[index].children.filter { elements[$0].tag == tag }
  }

  func children(of element: XMLElement, _ tag: String) -> [XMLElement] {
    element.children.map { elements[$0] }.filter { $0.tag == tag }
  }

  func child(of element: XMLElement, _ tag: String) -> XMLElement? { children(of: element, tag).first }

  mutating func report(_ element: XMLElement, _ message: String) {
    diagnostics.append(Diagnostic(file: file, line: element.line, column: element.column, message: message))
  }

  mutating func report(_ attribute: XMLAttribute, _ message: String) {
    diagnostics.append(Diagnostic(file: file, line: attribute.line, column: attribute.column, message: message))
  }

  /// The non-empty value of an attribute that must be there.
  @discardableResult mutating func requireText(_ name: String, of element: XMLElement) -> String? {
    guard let attribute = element.attribute(name) else {
      report(element, "<\(element.tag)> lacks the attribute \"\(name)\"")
      return nil
    }
    guard !attribute.value.isEmpty else {
      report(attribute, "the attribute \"\(name)\" of <\(element.tag)> is empty")
      return nil
    }
    return attribute.value
  }

  /// `count` finite numbers in an attribute; nil, with a diagnostic, if it holds anything else.
  @discardableResult mutating func numbers(
    _ name: String, of element: XMLElement, count: Int, isRequired: Bool
  ) -> [Double]? {
    guard let attribute = element.attribute(name) else {
      if isRequired { report(element, "<\(element.tag)> lacks the attribute \"\(name)\"") }
      return nil
    }
    let words = attribute.value.split(whereSeparator: \.isWhitespace)
    guard words.count == count else {
      let expected = count == 1 ? "one number" : "\(count) numbers"
      report(attribute, "\(name) of <\(element.tag)>: expected \(expected), found \"\(attribute.value)\"")
      return nil
    }
    let values = words.compactMap { Double($0) }
    guard values.count == count, values.allSatisfy(\.isFinite) else {
      report(attribute, "\(name) of <\(element.tag)>: not a finite number in \"\(attribute.value)\"")
      return nil
    }
    return values
  }

  @discardableResult mutating func number(_ name: String, of element: XMLElement, isRequired: Bool = true) -> Double? {
    numbers(name, of: element, count: 1, isRequired: isRequired)?[0]
  }

  /// Checks the optional <origin> of an element.
  mutating func checkOrigin(of element: XMLElement) {
    guard let origin = child(of: element, "origin") else { return }
    numbers("xyz", of: origin, count: 3, isRequired: false)
    numbers("rpy", of: origin, count: 3, isRequired: false)
  }
}
