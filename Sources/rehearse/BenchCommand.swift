import ArgumentParser
import Recording
import RehearsalCore
import Rollout

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure control steps a second of an experiment's loop, without recording.")

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup var workers: WorkerOptions
  @OptionGroup var device: DeviceOptions
  @Option(help: "Number of episodes. Default: as the experiment says.") var episodes: Int?
  @Option(help: "Policy, as of `run`, or vla-full-random. Default: as the experiment says.") var policy: String?
  @Option(help: "Renderer: \(RendererKind.names). Default: as the experiment says.") var renderer: String?
  @Flag(help: "Print JSON on standard output.") var json = false

  func run() throws {
    let benchmark = try Benchmark.measure(
      experiment: experiment.experiment,
      overrides: experiment.overrides + (renderer.map { ["renderer=\($0)"] } ?? []), workers: workers.workers,
      episodes: episodes, policy: policy, gpu: device.gpu)
    print(json ? benchmark.json.text : benchmark.text)
  }
}

extension RendererKind {
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Benchmark {
  fileprivate var json: JSON {
    [
      "stepsPerSecond": .number(stepsPerSecond), "workers": .integer(workers),
      "millisecondsPerStep": [
        "physics": .number(millisecondsPerStep.physics), "render": .number(millisecondsPerStep.render),
        "policy": .number(millisecondsPerStep.policy), "record": .number(millisecondsPerStep.record),
      ], "renderer": .text(renderer), "stateHash": .text(stateHash.hexadecimal),
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
      drawn by \(renderer)
      state hash \(stateHash.hexadecimal)
      """
  }
}
