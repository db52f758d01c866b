import ArgumentParser
import Recording
import Rollout

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run an experiment's episodes and score its policy beside its baselines.")

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup var workers: WorkerOptions

  @Option(help: "Number of episodes. Default: as the experiment says.") var episodes: Int?
  @Option(help: "Root of all random streams. Default: as the experiment says.") var seed: UInt64?
  @Option(help: "Policy: \(PolicyLibrary.names.joined(separator: ", ")). Default: as the experiment says.")
  var policy: String?
  @Option(help: "New directory for the results.") var out: String
  @Flag(help: "Continue the run in --out where it was interrupted.") var resume = false
  @Flag(help: "Print the summary as JSON on standard output.") var json = false

  func validate() throws {
    if let episodes, episodes < 1 { throw ValidationError("--episodes must be at least 1, not \(episodes).") }
  }

  func run() throws {
    var request = RunRequest(
      experiment: experiment.experiment, workers: workers.workers, output: out, provenance: .current)
    request.overrides = experiment.overrides
    request.episodes = episodes
    request.seed = seed
    request.policy = policy
    request.resumes = resume
    let experimentRun = try ExperimentRun(request)
    var printer = ProgressPrinter()
    let summary = try experimentRun.execute { printer.show($0) }
    printer.end()
    print(json ? summary.json.prettyText : summary.text(directory: out))
    if summary.total.invalid > 0 { throw ExitCode.someInvalid }
  }
}
