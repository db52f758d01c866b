import ArgumentParser
import Rollout

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Simulate and draw every episode of a run again and compare every bit.")

  @Argument(help: ArgumentHelp("The run's directory.", valueName: "run")) var directory: String
  @OptionGroup var workers: WorkerOptions
  @OptionGroup var device: DeviceOptions

  func run() throws {
    var printer = ProgressPrinter()
    let verification = try RunVerification.of(runAt: directory, workers: workers.workers, gpu: device.gpu) {
      printer.show($0)
    }
    printer.end()
    for finding in verification.differing {
      let whose = finding.baseline.map { "baseline \($0), " } ?? ""
      print("\(whose)episode \(finding.episode) \(finding.verdict.text)")
    }
    let same = verification.findings.count - verification.differing.count
    print("\(same) of \(verification.findings.count) episodes are identical to the bit")
    if !verification.differing.isEmpty { throw ExitCode.internalError }
  }
}

extension EpisodeVerdict {
  fileprivate var text: String {
    switch self {
    case .identical: "is identical"
    case .differs(let tick): "differs \(tick.map { "at step \($0)" } ?? "before the first step")"
    case .unrepeatable(let reason): "could not be run again: \(reason)"
    }
  }
}
