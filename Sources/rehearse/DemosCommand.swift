import ArgumentParser
import Recording
import Rollout

struct DemosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demos", abstract: "Write demonstrations of the scripted expert as training data (HDF5).",
    discussion: "Only phrasings of the train split are used, unless the experiment says otherwise.")

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup var workers: WorkerOptions

  @Option(help: "Number of episodes.") var episodes: Int
  @Option(help: "Root of all random streams. Default: as the experiment says.") var seed: UInt64?
  @Option(help: "Policy that demonstrates.") var policy = "scripted"
  @Option(help: "New directory for the data.") var out: String
  @Flag(inversion: .prefixedNo, help: "Store what the cameras see; without, `rehearse replay` draws it again.")
  var images = true
  @Flag(help: "Continue in --out where it was interrupted.") var resume = false

  func validate() throws {
    guard episodes > 0 else { throw ValidationError("--episodes must be at least 1, not \(episodes).") }
  }

  func run() throws {
    var request = RunRequest(
      experiment: experiment.experiment, workers: workers.workers, output: out, provenance: .current)
    request.overrides = experiment.overrides
    request.episodes = episodes
    request.seed = seed
    request.policy = policy
    request.resumes = resume
    request.kind = .demonstrations(images: images)
    let experimentRun = try ExperimentRun(request)
    var printer = ProgressPrinter()
    let summary = try experimentRun.execute { printer.show($0) }
    printer.end()
    print(summary.text(directory: out))
    if summary.total.invalid > 0 { throw ExitCode.someInvalid }
  }
}
