import ArgumentParser
import Recording
import Rollout

struct LanguageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "language", abstract: "Measure how far a policy follows words: given, swapped, held out, blank.",
    discussion: """
      The same episodes run four times, in --out/given, swapped, heldout and blank, each a run that `rehearse verify` \
      and `rehearse replay` take. Swapped words name another object that is present; the policy is then judged by \
      what it heard.
      """)

  @OptionGroup var options: RunOptions
  @Option(help: "Number of episodes of each. Default: as the experiment says.") var episodes: Int?
  @Option(help: "Policy: \(PolicyLibrary.names.joined(separator: ", ")). Default: as the experiment says.")
  var policy: String?
  @Flag(help: "Print the summary as JSON on standard output.") var json = false

  func validate() throws {
    if let episodes, episodes < 1 { throw ValidationError("--episodes must be at least 1, not \(episodes).") }
  }

  func run() throws {
    let study = try LanguageStudy(options.request(episodes: episodes, policy: policy, kind: .evaluation))
    var printer = ProgressPrinter()
    let summary = try study.execute { intervention, progress in
      printer.show(progress, of: "\(intervention.rawValue), ")
    }
    printer.end()
    print(json ? summary.json.prettyText : summary.text(directory: options.out))
    if summary.invalid > 0 { throw ExitCode.someInvalid }
  }
}
