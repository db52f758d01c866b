import ArgumentParser
import Recording
import Rollout

struct DemosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demos", abstract: "Write demonstrations of the scripted expert as training data (HDF5).",
    discussion: """
      Every episode is kept, failures too: `mask/success` and `mask/train` of the HDF5 file say which to learn from; \
      `mask/train` leaves out held-out phrasings.
      """)

  @OptionGroup var options: RunOptions
  @Option(help: "Number of episodes.") var episodes: Int
  @Option(help: "Policy that demonstrates.") var policy = "scripted"
  @Flag(inversion: .prefixedNo, help: "Store what the cameras see; without, `rehearse replay` draws it again.")
  var images = true

  func validate() throws {
    guard episodes > 0 else { throw ValidationError("--episodes must be at least 1, not \(episodes).") }
  }

  func run() throws {
    let summary = try options.execute(episodes: episodes, policy: policy, kind: .demonstrations(images: images))
    print(summary.text(directory: options.out))
    if summary.total.invalid > 0 { throw ExitCode.someInvalid }
  }
}
