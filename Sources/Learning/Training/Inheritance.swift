/// Which parts of a network began with the weights of a trained policy, and which began fresh.
public struct Inheritance: Hashable, Sendable {
  /// The policy's file.
  public let source: String
  /// Modules, such as `towers`, all of whose tensors were taken over; or single tensors of others.
  public let taken: [String]
  /// Likewise, those fitted to say what the policy's text encoder said.
  public let fitted: [String]
  /// Likewise, those that owe it nothing.
  public let fresh: [String]

  /// `taken` and `fitted` are some of the tensors' `names`.
  init(source: String, taken: [String], fitted: [String], of names: [String]) {
    let owed = Set(taken + fitted)
    let others = names.filter { !owed.contains($0) }
    self.source = source
    self.taken = Self.modules(of: taken, apartFrom: fitted + others)
    self.fitted = Self.modules(of: fitted, apartFrom: taken + others)
    fresh = Self.modules(of: others, apartFrom: taken + fitted)
  }

  /// For people, on one line.
  public var text: String {
    let fitted = fitted.isEmpty ? "" : "; fitted to its text encoder is \(fitted.joined(separator: ", "))"
    let fresh = fresh.isEmpty ? "nothing" : fresh.joined(separator: ", ")
    return "starting from \(source): taken over are \(taken.joined(separator: ", "))\(fitted); fresh is \(fresh)"
  }

  /// The largest modules that hold tensors of `names` and none of `others`.
  private static func modules(of names: [String], apartFrom others: [String]) -> [String] {
    var found: [String] = []
    for name in names {
      let parts = name.split(separator: ".")
      let prefixes = (1..<parts.count).map { parts[..<$0].joined(separator: ".") }
      let module = prefixes.first { prefix in !others.contains { $0.hasPrefix(prefix + ".") } } ?? name
      if !found.contains(module) { found.append(module) }
    }
    return found
  }
}
