public import RehearsalCore

/// What holds in the world as words such as `closed(drawer)`: decides which commands a chain may hold.
public struct SymbolicState: Hashable, Sendable {
  public private(set) var facts: Set<String>

  public init(facts: [String]) { self.facts = Set(facts.map(Self.tidy)) }

  /// Whether every required fact holds; one that starts with `!` must not hold. `*` stands for any argument.
  public func permits(_ command: CommandModel, arguments: [String: String]) -> Bool {
    command.requires.allSatisfy { requirement in
      let isNegated = requirement.hasPrefix("!")
      let pattern = Self.fill(isNegated ? String(requirement.dropFirst()) : requirement, arguments)
      return facts.contains { Self.matches($0, pattern) } != isNegated
    }
  }

  public mutating func apply(_ command: CommandModel, arguments: [String: String]) {
    for pattern in command.removes.map({ Self.fill($0, arguments) }) {
      facts = facts.filter { !Self.matches($0, pattern) }
    }
    facts.formUnion(command.adds.map { Self.fill($0, arguments) })
  }

  private static func tidy(_ fact: String) -> String { fact.filter { !$0.isWhitespace } }

  private static func fill(_ fact: String, _ arguments: [String: String]) -> String {
    arguments.keys.sorted().reduce(tidy(fact)) { $0.replacing("{\($1)}", with: arguments[$1]!) }
  }

  private static func matches(_ fact: String, _ pattern: String) -> Bool {
    let (a, b) = (parts(fact), parts(pattern))
    return a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || $1 == "*" }
  }

  private static func parts(_ fact: String) -> [Substring] { fact.split { "(),".contains($0) } }
}
