import ArgumentParser
import Rollout

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Compare a policy's answers with recorded demonstrations, without simulating.",
    discussion: """
      Mean squared and absolute error, cosine similarity, share within 0.1, coverage of the action space and mean \
      confidence, by command and by dimension. A low error is no success: for that, `rehearse run`.
      """)

  @Argument(help: "Directory of a run with pictures (`rehearse demos`), best one that was not trained on.")
  var demonstrations: String
  @Option(help: "Policy that sees pictures, such as vla:CHECKPOINT.") var policy: String
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let metrics = try OfflineMetrics.of(policy: policy, demonstrationsAt: demonstrations)
    print(json ? metrics.json.prettyText : metrics.text)
  }
}
