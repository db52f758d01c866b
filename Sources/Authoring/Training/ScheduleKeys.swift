internal import RehearsalCore

/// The keys of a training's `schedule`.
struct ScheduleKeys {
  private enum Kind: String, CaseIterable { case cosineRestarts, constant }
  private enum WarmUp: String, CaseIterable { case linear, constant }

  let schedule: TrainingPlan.Schedule

  init(_ map: YAMLMapping, learningRate: Double) {
    var schedule = TrainingPlan.Schedule()
    schedule.kind = Self.kind(map, learningRate: learningRate)
    schedule.warmUpSteps = map.integer("warmupSteps", 0...10_000_000, default: schedule.warmUpSteps)
    schedule.warmUp = Self.warmUp(map)
    self.schedule = schedule
  }

  private static func kind(_ map: YAMLMapping, learningRate: Double) -> TrainingPlan.Schedule.Kind {
    let kind: Kind = map.choice("kind", default: .cosineRestarts)
    let period = map.integer("T0", 1...10_000_000, default: 1000)
    let growth = map.integer("Tmult", 1...100, default: 2)
    let minimumRate = map.number("minimumRate", .between(0, learningRate), default: 0)
    if kind == .cosineRestarts { return .cosineRestarts(period: period, growth: growth, minimumRate: minimumRate) }
    for key in ["T0", "Tmult", "minimumRate"] where map.has(key) {
      map.error(key, "a constant schedule has none")
    }
    return .constant
  }

  private static func warmUp(_ map: YAMLMapping) -> TrainingPlan.Schedule.WarmUp {
    let kind: WarmUp = map.choice("warmup", default: .linear)
    // The default of PyTorch's ConstantLR.
    let factor = map.number("warmupFactor", .fraction, default: 1.0 / 3)
    if kind == .constant { return .constant(factor) }
    if map.has("warmupFactor") { map.error("warmupFactor", "only a constant warm-up has one") }
    return .linear
  }
}
