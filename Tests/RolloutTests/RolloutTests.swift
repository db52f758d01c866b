import Testing

@Suite("Rollout") struct RolloutTests {}
