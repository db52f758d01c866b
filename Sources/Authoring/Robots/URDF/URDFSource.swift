internal import Foundation
internal import RehearsalCore

/// One URDF file that was read without a fault, with the places of its elements for later faults.
struct URDFSource {
  var file: String
  var description: URDFDescription
  private var places: [String: (line: Int, column: Int)]

  static let maximumBytes = 16 << 20

  /// Reads and checks a URDF; nil if it has faults, which `log` then holds. Its meshes and pictures go to `assets`.
  static func read(_ file: String, assets: inout URDFAssets, log: DiagnosticLog) -> URDFSource? {
    let fail = { (line: Int, column: Int, message: String) in
      log.report(Diagnostic(file: file, line: line, column: column, message: message))
    }
    do {
      let text = try text(of: file)
      log.noteRead(file)
      let elements = try xmlElements(of: text)
      var faults = URDFCheck.diagnostics(of: elements, file: file)
      faults += assets.load(elements, of: file)
      faults.forEach(log.report)
      guard faults.isEmpty else { return nil }
      return URDFSource(file: file, description: try urdfDescription(of: text), elements: elements)
    } catch let error as XMLSyntaxError {
      fail(error.line, error.column, "malformed XML: \(error.message)")
    } catch let error as NativeError {
      fail(0, 0, "urdfdom: \(error.message)")
    } catch {
      fail(0, 0, (error as? RehearsalError)?.message ?? "\(error)")
    }
    return nil
  }

  private init(file: String, description: URDFDescription, elements: [XMLElement]) {
    self.file = file
    self.description = description
    places = [:]
    var order: [String: Int] = [:]
    for (index, element) in elements.enumerated() where element.parent == 0 {
      places["\(element.tag) \(element.name)"] = (element.line, element.column)
      if element.tag == "joint" { order[element.name] = index }
    }
    // urdfdom sorts by name; the author's order decides the order of links and joints.
    self.description.reorderJoints { order[$0]! < order[$1]! }
  }

  /// A fault of the link or joint of this name.
  func diagnostic(_ tag: String, _ name: String, _ message: String) -> Diagnostic {
    let place = places["\(tag) \(name)"] ?? (0, 0)
    return Diagnostic(file: file, line: place.line, column: place.column, message: message)
  }

  private static func text(of file: String) throws(RehearsalError) -> String {
    try requireFile(file, kind: "URDF")
    guard let data = FileManager.default.contents(atPath: file) else {
      throw RehearsalError(.unreadable, "cannot be read", remedy: "check its permissions")
    }
    guard data.count <= maximumBytes else {
      throw RehearsalError(.malformed, "has more than \(maximumBytes >> 20) MiB", remedy: "shorten it")
    }
    guard let text = String(data: data, encoding: .utf8), !text.utf8.contains(0) else {
      throw RehearsalError(.malformed, "is not UTF-8 text", remedy: "save it as UTF-8")
    }
    return text
  }
}

extension URDFDescription {
  /// Sorts the joints by their names' order and keeps mimic references right.
  mutating func reorderJoints(by precedes: (String, String) -> Bool) {
    let order = joints.indices.sorted { precedes(joints[$0].name, joints[$1].name) }
    var newIndex = [Int](repeating: 0, count: joints.count)
    for (new, old) in order.enumerated() { newIndex[old] = new }
    joints = order.map { old in
      var joint = joints[old]
      if let leader = joint.mimic?.joint { joint.mimic?.joint = newIndex[leader] }
      return joint
    }
  }
}
