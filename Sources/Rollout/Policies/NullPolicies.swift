public import RehearsalCore

/// Asks for nothing: every element 0, so that base and arm hold still. A gripper's 0 is half open.
public final class ZeroPolicy: Policy {
  public let needsImages = false
  private var count = 0

  public init() {}

  public func beginEpisode(_ context: PolicyContext) { count = context.actionSpace.count }

  public func act(_ observation: Observation) -> ActionChunk { ActionChunk(Array(repeating: 0, count: count)) }
}

/// Draws every element uniformly from [−1, 1) at every step, from the episode's own stream.
public final class RandomPolicy: Policy {
  public let needsImages = false
  private var context: PolicyContext?

  public init() {}

  public func beginEpisode(_ context: PolicyContext) { self.context = context }

  public func act(_ observation: Observation) -> ActionChunk {
    guard var drawn = context else { preconditionFailure("act before beginEpisode") }
    let action = (0..<drawn.actionSpace.count).map { _ in drawn.random.uniform(-1, 1) }
    context = drawn
    return ActionChunk(action)
  }
}
