import ArgumentParser
import Recording
import RehearsalCore
import Rollout

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure control steps a second of an experiment's loop, without recording.")

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup var workers: WorkerOptions
  @Option(help: "Number of episodes. Default: as the experiment says.") var episodes: Int?
  @Option(help: "Policy, as of `run`, or vla-full-random. Default: as the experiment says.") var policy: String?
  @Flag(help: "Print JSON on standard output.") var json = false

  func run() throws {
    let benchmark = try Benchmark.measure(
      experiment: experiment.experiment, overrides: experiment.overrides, workers: workers.workers,
      episodes: episodes, policy: policy)
    print(json ? benchmark.json.text : benchmark.text)
  }
}

extension Benchmark {
  fileprivate var json: JSON {
    [
      "stepsPerSecond": .number(stepsPerSecond), "workers": .integer(workers),
      "millisecondsPerStep": [
        "physics": .number(millisecondsPerStep.physics), "render": .number(millisecondsPerStep.render),
        "policy": .number(millisecondsPerStep.policy), "record": .number(millisecondsPerStep.record),
      ], "stateHash": .text(stateHash.hexadecimal),
    ]
  }

  fileprivate var text: String {
    let parts = [
      ("physics", millisecondsPerStep.physics), ("render", millisecondsPerStep.render),
      ("policy", millisecondsPerStep.policy), ("record", millisecondsPerStep.record),
    ]
    let lines = parts.map { name, value in "  \(name): \((value * 1000).rounded() / 1000) ms" }
    return """
      \(Int(stepsPerSecond.rounded())) control steps/s with \(workers) workers (\(steps) steps); each, on its worker:
      \(lines.joined(separator: "\n"))
      state hash \(stateHash.hexadecimal)
      """
  }
}
