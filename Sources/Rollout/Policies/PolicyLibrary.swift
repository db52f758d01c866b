import Learning
public import RehearsalCore

/// The policies that come with Rehearsal, by the names that experiments and command lines use.
public enum PolicyLibrary {
  /// In the order in which help lists them.
  public static let names = ["scripted", "visual-servo", "zero", "random"]

  /// The policy called `name`, new and belonging to the calling thread; `expert` is another name for `scripted`.
  public static func make(name: String) throws -> any Policy {
    if name.hasPrefix("vla:") { return try NetworkPolicy(PolicyCheckpoint(path: String(name.dropFirst(4)))) }
    switch name {
    case "scripted", "expert": return ScriptedExpert()
    case "visual-servo": return VisualServo()
    case "zero": return ZeroPolicy()
    case "random": return RandomPolicy()
    // Not among `names`: it serves only to measure how fast the loop is with it.
    case "vla-full-random": return RandomFullPolicy()
    default:
      throw RehearsalError(
        .mismatch, "there is no policy called `\(name)`",
        remedy: "use one of \(names.joined(separator: ", ")), or vla:CHECKPOINT")
    }
  }
}
