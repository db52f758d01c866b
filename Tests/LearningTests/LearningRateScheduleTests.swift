import Learning
import RehearsalCore
import Testing

@Suite("Learning rates as PyTorch's schedulers give them") struct LearningRateScheduleTests {
  static let schedules: [(name: String, schedule: TrainingPlan.Schedule)] = [
    ("restarts", schedule(.cosineRestarts(period: 1000, growth: 2, minimumRate: 0.01))),
    ("linear", schedule(.constant, .linear, steps: 10)),
    ("constant", schedule(.constant, .constant(0.25), steps: 10)),
  ]

  private static func schedule(
    _ kind: TrainingPlan.Schedule.Kind, _ warmUp: TrainingPlan.Schedule.WarmUp = .linear, steps: Int = 0
  ) -> TrainingPlan.Schedule {
    var schedule = TrainingPlan.Schedule()
    (schedule.kind, schedule.warmUp, schedule.warmUpSteps) = (kind, warmUp, steps)
    return schedule
  }

  @Test("at the first step, around warm-up's end and around restarts", arguments: schedules.indices)
  func factors(_ index: Int) throws {
    let (name, schedule) = Self.schedules[index]
    let steps = try Reference.tensor("schedule/steps").values.map { Int($0) }
    let factors = try Reference.tensor("schedule/\(name)").values
    for (step, factor) in zip(steps, factors) {
      #expect(abs(Float(schedule.rate(atStep: step, top: 1)) - factor) < 1e-6, "\(name) at step \(step)")
    }
  }
}
