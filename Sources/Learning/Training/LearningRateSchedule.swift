internal import Foundation
public import RehearsalCore

extension TrainingPlan.Schedule {
  /// The learning rate at `step`, 0 at the first, where the optimizer's own is `top`.
  public func rate(atStep step: Int, top: Double) -> Double {
    guard step < warmUpSteps else { return annealed(step - warmUpSteps, top) }
    switch warmUp {
    case .constant(let share): return top * share
    case .linear: return top * Double(step + 1) / Double(warmUpSteps + 1)
    }
  }

  private func annealed(_ step: Int, _ top: Double) -> Double {
    guard case .cosineRestarts(var period, let growth, let least) = kind else { return top }
    var step = step
    while step >= period {
      step -= period
      period *= growth
    }
    return least + (top - least) * (1 + cos(.pi * Double(step) / Double(period))) / 2
  }
}
