import Foundation
import RehearsalCore
import TestSupport

@testable import Authoring

/// The repository's own robot of this name.
func ownRobot(_ name: String) throws -> RobotFragment {
  try RobotLoader.load(directory: ownRobots.appendingPathComponent(name).path)
}

let ownRobots = URL(filePath: packageRoot).appending(path: "Assets/robots")

extension ArticulationFragment {
  /// Every body's pose in the root's frame at the given joint positions; joints not named are at 0.
  func poses(at positions: [JointID: Double]) -> [Pose] {
    var copy = self
    for id in joints.indices.map({ JointID($0) }) { copy.joints[id].home = positions[id] ?? 0 }
    copy.placeBodies()
    return copy.bodies.map(\.worldFromBody)
  }

  /// A frame of a URDF link in the root's frame.
  func rootFromFrame(_ name: String, at positions: [JointID: Double]) -> Pose {
    let frame = frame(named: name)!
    return poses(at: positions)[frame.body.rawValue] * frame.bodyFromFrame
  }
}

extension Vector3 {
  func isNear(_ other: Vector3, within tolerance: Double) -> Bool { (self - other).length <= tolerance }
}

/// A folder that is gone when this is.
final class ScratchFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("rehearsal-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult func write(_ text: String, to name: String) throws -> String {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    return url.path
  }
}

/// The diagnostics of a load that must fail, with the scratch folder's path taken out.
func reported(in folder: ScratchFolder, _ body: () throws -> some Any) -> String {
  do {
    _ = try body()
    return "no error"
  } catch {
    return "\(error)".replacingOccurrences(of: folder.path + "/", with: "")
  }
}
