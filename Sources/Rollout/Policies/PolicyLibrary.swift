import Foundation
import Learning
public import RehearsalCore

/// The policies that come with Rehearsal, by the names that experiments and command lines use.
public enum PolicyLibrary {
  /// In the order in which help lists them.
  public static let names = ["scripted", "visual-servo", "zero", "random"]

  /// The policy called `name`, new and belonging to the calling thread; `expert` is another name for `scripted`.
  public static func make(name: String) throws -> any Policy {
    if let path = checkpoint(of: name) {
      return isFolder(path) ? try FullNetworkPolicy(folder: path) : try NetworkPolicy(PolicyCheckpoint(path: path))
    }
    switch name {
    case "scripted", "expert": return ScriptedExpert()
    case "visual-servo": return VisualServo()
    case "zero": return ZeroPolicy()
    case "random": return RandomPolicy()
    // Not among `names`: it serves only to measure how fast the loop is with it.
    case "vla-full-random": return FullNetworkPolicy()
    default:
      throw RehearsalError(
        .mismatch, "there is no policy called `\(name)`",
        remedy: "use one of \(names.joined(separator: ", ")), vla:CHECKPOINT, or vla:FOLDER of a full-size policy")
    }
  }

  /// Tells two checkpoints of one path apart; nil for a policy that has none.
  static func digest(of name: String) throws -> String? {
    guard let path = checkpoint(of: name) else { return nil }
    var hash = XXHash64()
    let files = isFolder(path) ? FullNetworkPolicy.files.map { path + "/" + $0 } : [path]
    for file in files {
      try Data(contentsOf: URL(filePath: file), options: .mappedIfSafe).withUnsafeBytes { hash.update($0) }
    }
    return hash.digest.hexadecimal
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  private static func checkpoint(of name: String) -> String? {
    name.hasPrefix("vla:") ? String(name.dropFirst(4)) : nil
  }
}
