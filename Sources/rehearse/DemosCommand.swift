import ArgumentParser
import Recording
import Rollout

struct DemosCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demos", abstract: "Write demonstrations of the scripted expert as training data (HDF5).",
    discussion: """
      Every episode is kept, failures too: `mask/success` and `mask/train` of the HDF5 file say which to learn from; \
      `mask/train` leaves out held-out phrasings. With --label, `expert_actions` beside `actions` says what the \
      labelling policy would have done in place of the one that drove (DAgger).
      """)

  @OptionGroup var options: RunOptions
  @Option(help: "Number of episodes.") var episodes: Int
  @Option(help: "Policy that demonstrates.") var policy = "scripted"
  @Option(help: "Policy whose answer to every step is stored as well, such as scripted.") var label: String?
  @Option(help: "Share, 0 to 1, of every episode's stretches (5 to 20 steps) that the labelling policy drives itself.")
  var expertShare = 0.0
  @Flag(inversion: .prefixedNo, help: "Store what the cameras see; without, `rehearse replay` draws it again.")
  var images = true

  func validate() throws {
    guard episodes > 0 else { throw ValidationError("--episodes must be at least 1, not \(episodes).") }
    guard (0...1).contains(expertShare) else {
      throw ValidationError("--expert-share must be from 0 to 1, not \(expertShare).")
    }
    guard label != nil || expertShare == 0 else { throw ValidationError("--expert-share needs --label.") }
  }

  func run() throws {
    let summary = try options.execute(
      episodes: episodes, policy: policy, kind: .demonstrations(images: images), labeller: label,
      expertShare: expertShare)
    print(summary.text(directory: options.out))
    if summary.total.invalid > 0 { throw ExitCode.someInvalid }
  }
}
