import ArgumentParser
import Recording
import Rollout

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run an experiment's episodes and score its policy beside its baselines.")

  @OptionGroup var options: RunOptions
  @Option(help: "Number of episodes. Default: as the experiment says.") var episodes: Int?
  @Option(help: "Policy: \(PolicyLibrary.names.joined(separator: ", ")). Default: as the experiment says.")
  var policy: String?
  @Flag(help: "Print the summary as JSON on standard output.") var json = false

  func validate() throws {
    if let episodes, episodes < 1 { throw ValidationError("--episodes must be at least 1, not \(episodes).") }
  }

  func run() throws {
    let summary = try options.execute(episodes: episodes, policy: policy, kind: .evaluation)
    print(json ? summary.json.prettyText : summary.text(directory: options.out))
    if summary.total.invalid > 0 { throw ExitCode.someInvalid }
  }
}
