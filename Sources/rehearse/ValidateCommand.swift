import ArgumentParser
import Rollout

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Check an experiment and everything it refers to, and draw its first episodes.")

  @OptionGroup var experiment: ExperimentOptions

  func run() throws {
    let report = try ExperimentCheck.of(experiment: experiment.experiment, overrides: experiment.overrides)
    print(report)
  }
}
